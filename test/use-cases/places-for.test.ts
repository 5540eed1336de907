import type { Conversation } from "../../src/domain/chat-event.ts";
import { CONSOLE, type RouteChoice, type Routing } from "../../src/domain/routing.ts";
import { placesFor } from "../../src/use-cases/places-for.ts";

const slack = (id: string): Conversation => ({ platform: "slack", id });
const teams = (id: string): Conversation => ({ platform: "teams", id });
const platform = (name: string, place?: string) => ({
	name,
	defaultConversation: () => (place === undefined ? undefined : { platform: name, id: place }),
});
const all = [platform("web-console", "console"), platform("slack", "general"), platform("teams", "19:first")];
const choice = (channels: readonly Conversation[], secret = false): RouteChoice => ({
	channels,
	onCall: {},
	private: secret,
	reason: "",
	unknown: [],
});
const empty: Routing = { channels: [], routes: [], defaultChannels: [] };
const places = (parts: Partial<Parameters<typeof placesFor>[0]>) =>
	placesFor({ platforms: all, routing: empty, choices: [choice([])], shown: [], ...parts });

describe("the places of an incident", () => {
	it("are each platform's own place where nothing is configured", () => {
		expect(places({})).toEqual([CONSOLE, slack("general"), teams("19:first")]);
	});

	it("are no platform's own place where something is configured for that platform, though not for this", () => {
		const routing: Routing = {
			...empty,
			channels: [{ name: "ops", charts: "dark", conversations: [slack("C1")] }],
		};
		expect(places({ routing, choices: [choice([CONSOLE])] })).toEqual([CONSOLE, teams("19:first")]);
		const byPlace = { ...empty, defaultChannels: ["slack:C1"] };
		expect(places({ routing: byPlace })).toEqual([CONSOLE, teams("19:first")]);
	});

	it("name each place once, and the console always", () => {
		expect(places({ choices: [choice([slack("C1"), CONSOLE])], shown: [slack("C1"), slack("C2")] })).toEqual([
			CONSOLE,
			slack("C1"),
			slack("general"),
			teams("19:first"),
			slack("C2"),
		]);
	});

	it("are only those of private routes where one of several is private", () => {
		const choices = [choice([slack("C1")]), choice([slack("C2")], true)];
		expect(places({ choices })).toEqual([CONSOLE, slack("C2")]);
	});

	it("leave out platforms that are not connected", () => {
		const platforms = [platform("web-console", "console")];
		expect(places({ platforms, choices: [choice([slack("C1")])], shown: [teams("19:x")] })).toEqual([
			CONSOLE,
		]);
	});
});

it("during planned work nobody new is told but the console; where it is shown it stays", () => {
	const choices = [choice([slack("C1")])];
	expect(places({ choices, quiet: true })).toEqual([CONSOLE]);
	expect(places({ choices, quiet: true, shown: [slack("C2"), CONSOLE] })).toEqual([CONSOLE, slack("C2")]);
});
