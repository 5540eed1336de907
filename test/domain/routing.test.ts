import * as fc from "fast-check";
import {
	CONSOLE,
	distinct,
	fitsPattern,
	type Route,
	type Routing,
	resolveChannel,
	routeOf,
	routeOfTarget,
} from "../../src/domain/routing.ts";

const slack = (id: string) => ({ platform: "slack", id });
const teams = (id: string) => ({ platform: "teams", id });
const route = (name: string, parts: Partial<Route> = {}): Route => ({
	name,
	match: {},
	channels: [],
	onCall: {},
	private: false,
	source: "file",
	...parts,
});
const routing = (routes: readonly Route[] = [], defaultChannels: readonly string[] = ["ops"]): Routing => ({
	channels: [
		{ name: "ops", charts: "dark", conversations: [slack("C1"), teams("19:ops@thread.tacv2")] },
		{ name: "shop", charts: "light", conversations: [slack("C2")] },
	],
	routes,
	defaultChannels,
});

describe("the route of a plan's target", () => {
	const id = "aws:111122223333:eu-central-1:i-0abc";
	const target = { name: "web-1", id, state: { service: "checkout", group: "none" } };
	const all = routing([
		route("db", { match: { target: "db-*" } }),
		route("shop", { match: { target: "checkout*", environment: "prod" }, approvers: ["P-1"] }),
		route("web", { match: { target: "web-*" }, approvers: ["P-2"] }),
	]);

	it("is the first that fits any of its names, such as the service that is restarted on it", () => {
		expect(routeOfTarget(all, target, "prod").approvers).toEqual(["P-1"]);
		expect(routeOfTarget(all, target, "test").approvers).toEqual(["P-2"]);
		expect(routeOfTarget(all, { name: "web-1", id }, "prod").approvers).toEqual(["P-2"]);
	});

	it("is found by the bare id of an instance too", () => {
		const byId = routing([route("one", { match: { target: "i-0abc" }, approvers: [] })]);
		expect(routeOfTarget(byId, target, "prod").approvers).toEqual([]);
	});
});

describe("the route of an incident", () => {
	it("is the first whose labels all fit", () => {
		const all = routing([
			route("eu", { match: { target: "checkout*", region: "eu" }, channels: ["ops"] }),
			route("shop", { match: { target: "checkout*" }, channels: ["shop"], onCall: { slack: "U1" } }),
			route("late", { match: { target: "*" }, channels: ["ops"] }),
		]);
		expect(routeOf(all, { target: "checkout-2", environment: "prod" })).toEqual({
			route: all.routes[1],
			channels: [slack("C2")],
			onCall: { slack: "U1" },
			private: false,
			reason: "It fits the route shop.",
			unknown: [],
		});
		expect(routeOf(all, { target: "checkout", region: "eu" }).route?.name).toBe("eu");
		expect(routeOf(all, { target: "search" }).route?.name).toBe("late");
	});

	it("is the default channels where none fits", () => {
		const choice = routeOf(routing([route("a", { match: { target: "a" } })]), { target: "b" });
		expect(choice.route).toBeUndefined();
		expect(choice.channels).toEqual([slack("C1"), teams("19:ops@thread.tacv2")]);
		expect(choice.reason).toMatch(/default channels/);
	});

	it("needs the label to be there, even for a star, and is not fooled by inherited names", () => {
		const all = routing([route("a", { match: { team: "*" }, channels: ["shop"] })]);
		expect(routeOf(all, { target: "x" }).route).toBeUndefined();
		expect(routeOf(all, { team: "" }).route?.name).toBe("a");
		const odd = routing([route("a", { match: { toString: "*" } })]);
		expect(routeOf(odd, { target: "x" }).route).toBeUndefined();
	});

	it("with channels nobody knows goes to the default ones and says which", () => {
		const choice = routeOf(routing([route("a", { channels: ["gone"] })]), {});
		expect(choice.channels).toEqual([slack("C1"), teams("19:ops@thread.tacv2")]);
		expect(choice.unknown).toEqual(["gone"]);
	});

	it("that is private never goes to the default channels", () => {
		const choice = routeOf(routing([route("a", { channels: ["gone"], private: true })]), {});
		expect(choice).toMatchObject({ channels: [], private: true, unknown: ["gone"] });
	});

	it("tells an empty list of approvers from none", () => {
		expect(routeOf(routing([route("a", { approvers: [] })]), {}).approvers).toEqual([]);
		expect(routeOf(routing([route("a")]), {})).not.toHaveProperty("approvers");
	});

	it("names each conversation once", () => {
		const choice = routeOf(routing([route("a", { channels: ["shop", "slack:C2", "ops"] })]), {});
		expect(choice.channels).toEqual([slack("C2"), slack("C1"), teams("19:ops@thread.tacv2")]);
		expect(distinct([])).toEqual([]);
	});
});

describe("the name of a channel", () => {
	it.each([
		["shop", [slack("C2")]],
		["console", [CONSOLE]],
		["slack:C9", [slack("C9")]],
		["teams:19:abc@thread.tacv2", [teams("19:abc@thread.tacv2")]],
		["nobody", undefined],
		["slack:", undefined],
		[":C1", undefined],
	])("%s means %j", (ref, conversations) => {
		expect(resolveChannel(routing(), ref)).toEqual(conversations);
	});
});

describe("a pattern", () => {
	it.each([
		["checkout", "checkout", true],
		["checkout", "checkout-2", false],
		["checkout*", "checkout", true],
		["*out", "checkout", true],
		["a*b*c", "a-b-c", true],
		["a*b*c", "a-c-b", false],
		["ab*ba", "aba", false],
		["*", "", true],
		["", "", true],
		["", "x", false],
		["a.c", "abc", false],
		["**", "x", true],
		["a*a*a", "aa", false],
	])("%s and %s fit: %p", (pattern, text, expected) => {
		expect(fitsPattern(pattern, text)).toBe(expected);
	});

	it("fits what the same regular expression fits", () => {
		const short = fc.array(fc.constantFrom("a", "b", "*"), { maxLength: 6 }).map((parts) => parts.join(""));
		const text = fc.array(fc.constantFrom("a", "b"), { maxLength: 8 }).map((parts) => parts.join(""));
		fc.assert(
			fc.property(short, text, (pattern, value) => {
				const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(value);
				return fitsPattern(pattern, value) === expected;
			}),
			{ numRuns: 2000 },
		);
	});

	it("of many stars over a long text is judged at once", () => {
		expect(fitsPattern(`${"a*".repeat(200)}b`, "a".repeat(20_000))).toBe(false);
	});
});
