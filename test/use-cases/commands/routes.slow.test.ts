import type { Role } from "../../../src/domain/actor.ts";
import type { Audience, Conversation } from "../../../src/domain/chat-event.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { CONSOLE, type Route, type Routing, routeOf } from "../../../src/domain/routing.ts";
import { createRoutingReader } from "../../../src/use-cases/effective-routing.ts";
import { type RunCommandDeps, runCommand } from "../../../src/use-cases/run-command.ts";
import { withoutAudit } from "../../fakes/altered-store.ts";
import { exampleActor, examplePerson } from "../../fakes/example-approval.ts";
import { recordingLogger } from "../../fakes/recording-logger.ts";
import { openTestStore, type TestStore } from "../../support/postgres.ts";

const ops: Conversation = { platform: "slack", id: "C1" };
const here: Conversation = { platform: "slack", id: "C7" };
const eu: Conversation = { platform: "slack", id: "C8" };
const fileRoute = (name: string, parts: Partial<Route> = {}): Route => ({
	name,
	match: { target: `${name}*` },
	channels: ["ops"],
	onCall: {},
	private: false,
	source: "file",
	...parts,
});
const file: Routing = {
	channels: [
		{ name: "ops", charts: "dark", conversations: [ops] },
		{ name: "europe", charts: "dark", conversations: [eu, { platform: "teams", id: "19:eu@thread.tacv2" }] },
	],
	routes: [
		fileRoute("checkout", { approvers: ["P-3"], onCall: { slack: "U9" } }),
		fileRoute("payroll", { private: true }),
	],
	defaultChannels: ["ops"],
};

let test_: TestStore;
let subjects = 0;

beforeAll(async () => {
	test_ = await openTestStore();
});
beforeEach(async () => {
	await test_.query("delete from smartcloudops.settings");
	subjects = await recorded();
});
afterAll(() => test_.close());

/** How many records the audit has. */
const recorded = async () => (await test_.store.audit.verify()).records;
const overlays = () => test_.store.settings.list();

/** Knows what a place of its own looks like. */
const slack = {
	name: "slack",
	channelOf: (place: Conversation) => {
		if (/^C\d+$/.test(place.id)) return place;
		throw new AppError("invalid", "This is no Slack conversation.");
	},
};

function world(role: Role = "admin", store = test_.store) {
	const routing = createRoutingReader({
		store,
		clock: { now: () => 0 },
		logger: recordingLogger(),
		file,
	});
	const run = async (text: string, audience: Partial<Audience> = {}) => {
		const spot = { conversation: here, audience: { kind: "public", channel: here, ...audience } } as const;
		// Other commands are not called here, so what they need is not given.
		const deps = { store, routing, platforms: [slack] } as unknown as RunCommandDeps;
		return (await runCommand(deps, exampleActor(examplePerson("P1", role, "Anna")), text, spot, "UTC"))[0];
	};
	const rows = async (audience: Partial<Audience> = { channel: CONSOLE }) => {
		const message = await run("routes", audience);
		return message?.table?.rows ?? [];
	};
	const routeFor = async (labels: Record<string, string>) => routeOf((await routing.read()).routing, labels);
	return { run, rows, routeFor };
}

describe("the routes command", () => {
	it("shows every route in order, with where it comes from", async () => {
		const { rows, run } = world();
		await run("route set shop match target=shop* channels here");
		expect(await rows()).toEqual([
			["shop", "target=shop*", "slack:C7", "command"],
			["checkout (own approvers, on call)", "target=checkout*", "ops", "file"],
			["payroll (private)", "target=payroll*", "ops", "file"],
			["default", "everything else", "ops", "file"],
		]);
	});

	it("case 43: does not name a private route where others read along", async () => {
		const { run, rows } = world("viewer");
		const message = await run("routes");
		expect(JSON.stringify(message)).not.toContain("payroll");
		expect(message?.footer).toEqual(["1 private route not shown here"]);
		expect(JSON.stringify(await rows({ channel: ops }))).toContain("payroll");
		expect(JSON.stringify(await rows({ kind: "direct" }))).toContain("payroll");
	});

	it.each(["operator", "viewer", "guest"] as const)("changes nothing for a %s", async (role) => {
		const { run } = world(role);
		for (const text of [
			"route set a match target=b channels here",
			"route remove checkout",
			"route reset checkout",
			"route default here",
		])
			await expect(run(text)).rejects.toMatchObject({ code: "forbidden" });
		expect([await overlays(), await recorded()]).toEqual([[], subjects]);
	});

	it("takes the place of a route of the file, whose approvers and on-call handle stay", async () => {
		const { run, routeFor } = world();
		await run("route set checkout match target=checkout-eu environment=prod channels ops, here private");
		expect(await routeFor({ target: "checkout-eu", environment: "prod" })).toMatchObject({
			channels: [ops, here],
			approvers: ["P-3"],
			onCall: { slack: "U9" },
			private: true,
		});
		expect((await routeFor({ target: "checkout" })).route).toBeUndefined();
		const { items } = await test_.store.audit.list({ subject: "setting:route:checkout" }, { limit: 1 });
		expect(items).toMatchObject([
			{
				action: "setting.changed",
				actorId: "person:P1",
				subject: "setting:route:checkout",
				data: { before: { source: "file" }, after: { private: true, channels: ["ops", "slack:C7"] } },
			},
		]);
	});

	it("does not let a route with approvers match labels that no plan has: then they would decide nothing", async () => {
		const { run } = world();
		await expect(run("route set checkout match team=checkout channels here")).rejects.toMatchObject({
			code: "invalid",
		});
		expect(await overlays()).toEqual([]);
	});

	it("does not make a private route public by leaving the word out", async () => {
		const { run, routeFor } = world();
		await run("route set payroll match target=pay* channels here");
		expect((await routeFor({ target: "pay" })).private).toBe(true);
		await run("route set payroll match target=pay* channels here public");
		expect((await routeFor({ target: "pay" })).private).toBe(false);
	});

	it("removes a route of the file and brings it back", async () => {
		const { run, routeFor } = world();
		await run("route remove checkout");
		expect((await routeFor({ target: "checkout" })).route).toBeUndefined();
		await run("route reset checkout");
		expect((await routeFor({ target: "checkout" })).route?.source).toBe("file");
		await expect(run("route reset checkout")).rejects.toMatchObject({ code: "not_found" });
		await expect(run("route remove nobody")).rejects.toMatchObject({
			message: 'There is no route "nobody"; "routes" shows those there are.',
		});
	});

	it("forgets a route that only a command made", async () => {
		const { run, rows } = world();
		await run("route set shop match target=shop channels console");
		await run("route remove shop");
		expect(await overlays()).toEqual([]);
		expect(await rows()).toHaveLength(3);
	});

	it("changes where the rest goes, and back", async () => {
		const { run, routeFor, rows } = world();
		await run("route default here");
		expect((await routeFor({ target: "x" })).channels).toEqual([here]);
		expect((await rows()).at(-1)).toEqual(["default", "everything else", "slack:C7", "command"]);
		await run("route reset default");
		expect((await routeFor({ target: "x" })).channels).toEqual([ops]);
	});

	it("calls here by the name its channel has", async () => {
		const { run } = world();
		await run("route default here", { channel: ops });
		await run("route set a match target=a channels here", { channel: CONSOLE });
		expect((await overlays()).map(({ name, value }) => ({ name, value }))).toMatchObject([
			{ name: "a", value: { channels: ["console"] } },
			{ name: "default_channels", value: { channels: ["ops"] } },
		]);
		await expect(run("route default here", { kind: "direct" })).rejects.toMatchObject({ code: "invalid" });
	});

	it("calls here by the name of a channel on several platforms, so that none of them is left out", async () => {
		const { run, routeFor } = world();
		await run("route default here", { channel: eu });
		await run("route set a match target=a channels here", { channel: eu });
		expect((await overlays()).map(({ value }) => value)).toMatchObject([
			{ channels: ["europe"] },
			{ channels: ["europe"] },
		]);
		expect((await routeFor({ target: "x" })).channels).toHaveLength(2);
	});

	it("takes here as the channel it was written in, also where one person alone reads the answer", async () => {
		const { run, routeFor } = world();
		const alone = { kind: "direct", inChannel: true } as const;
		await run("route set a match target=a channels here", alone);
		await run("route default here", alone);
		expect((await routeFor({ target: "a" })).channels).toEqual([here]);
		expect((await routeFor({ target: "x" })).channels).toEqual([here]);
		await expect(run("route set a match target=a channels here", { kind: "direct" })).rejects.toMatchObject({
			message: "Here is no channel; write this in the channel you mean, or name one.",
		});
	});

	it("without a route says where everything goes and how to make one", async () => {
		const { run } = world();
		await run("route remove checkout");
		expect((await run("routes"))?.text).toBe("No route may be shown here; ask in a direct message.");
		await run("route remove payroll");
		expect((await run("routes"))?.text).toMatch(
			/^There is no route, so everything goes to the default channels\. .*: route set /,
		);
	});

	it.each([
		["route set", "not complete"],
		["route set shop", "not complete"],
		["route set shop match channels here", "not complete"],
		["route set shop match target channels here", "not complete"],
		["route set shop match =a channels here", "not complete"],
		["route set shop match target= channels here", "label=value"],
		["route set shop match 1a=b channels here", "label=value"],
		["route set shop match target=a channels", "at least one channel"],
		["route set shop match target=a channels nowhere", 'no channel "nowhere"'],
		["route set default match target=a channels here", "can't be a route's name"],
		["route set sh/op match target=a channels here", "can't be a route's name"],
		["route default ,", "at least one channel"],
		["route set shop match team=shop channels here private", "must name its targets"],
		["route set payroll match team=pay channels here", "must name its targets"],
		["route default slack:#general", "no Slack conversation"],
		["routes for checkout", "not complete"],
	])("%p says what is wrong and changes nothing", async (text, words) => {
		const { run } = world();
		await expect(run(text)).rejects.toMatchObject({
			code: "invalid",
			message: expect.stringContaining(words),
		});
		expect(await overlays()).toEqual([]);
	});

	it("changes nothing where the audit can't be written", async () => {
		const { run } = world("admin", withoutAudit(test_.store));
		await expect(run("route default here")).rejects.toThrow("disk is full");
		expect(await overlays()).toEqual([]);
	});
});
