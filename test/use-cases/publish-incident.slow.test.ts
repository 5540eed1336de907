import type { Approval } from "../../src/domain/approval.ts";
import { chatMessage } from "../../src/domain/chat-message.ts";
import type { Incident } from "../../src/domain/incident.ts";
import type { MaintenanceWindow } from "../../src/domain/maintenance.ts";
import type { Route, Routing } from "../../src/domain/routing.ts";
import { chatPager } from "../../src/use-cases/chat-pager.ts";
import { createDispatcher } from "../../src/use-cases/deliver-messages.ts";
import { drawSubject } from "../../src/use-cases/draw-subject.ts";
import { createRoutingReader } from "../../src/use-cases/effective-routing.ts";
import { publishApproval, publishIncident } from "../../src/use-cases/publish-incident.ts";
import { createUsualDays } from "../../src/use-cases/usual-days.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { recordingPlatform } from "../fakes/recording-platform.ts";
import { until } from "../support/until.ts";
import { exampleFinding, type IncidentWorld, incidentWorld } from "./incident-world.ts";

const MB = 1024 ** 2;
let world: IncidentWorld;
let next = 0;

beforeAll(async () => {
	world = await incidentWorld();
});
afterAll(() => world.test.close());

const route = (parts: Partial<Route>): Route => ({
	name: "shop",
	match: {},
	channels: [],
	onCall: {},
	private: false,
	source: "file",
	...parts,
});

/** An open incident, a chat platform with threads and the console, and two replicas that deliver. */
async function opened(
	parts: {
		routing?: Partial<Routing>;
		labels?: Record<string, string>;
		maintenance?: MaintenanceWindow[];
	} = {},
) {
	const target = `t${++next}`;
	const watch = exampleWatch({ name: `w-${target}`, target: { name: target } });
	const atMs = Date.now();
	const anomaly = await world.open(
		exampleFinding(watch, { atMs, outsideSinceMs: atMs - 4000, labels: parts.labels ?? {} }),
	);
	const { store } = world.test;
	const metrics = fakeMetrics();
	metrics.showValue(() => 804 * MB);
	const chat = recordingPlatform(`p-${target}`);
	const console_ = recordingPlatform("web-console", "console", { threads: false });
	const platforms = [chat, console_];
	const logger = recordingLogger();
	const file = { channels: [], routes: [], defaultChannels: [], ...parts.routing };
	const routing = createRoutingReader({ store, clock: { now: () => Date.now() }, logger, file });
	const maintenance = parts.maintenance ?? [];
	const deps = {
		store,
		metrics,
		usualDays: createUsualDays(),
		board: createWatchBoard([]),
		platforms,
		watches: [watch],
		logger,
		routing,
		maintenance,
		pager: chatPager(platforms),
	};
	const deliver = async () => {
		const replicas = ["a", "b"].map((owner) =>
			createDispatcher({ store, platforms, logger, owner, draw: (subject) => drawSubject(deps, subject) }),
		);
		await until(async () => (await store.deliveries.nextInMs()) === undefined);
		await Promise.all(replicas.map((replica) => replica.stop()));
	};
	const publish = async () => {
		await publishIncident(deps, anomaly.incidentId);
		await deliver();
	};
	return {
		target,
		watch,
		anomaly,
		id: anomaly.incidentId,
		metrics,
		chat,
		console_,
		logger,
		deps,
		deliver,
		publish,
	};
}

const change = async (id: string, parts: Partial<Incident>) => {
	await world.test.store.incidents.save({ ...(await world.incident(id)), ...parts });
};
const resolveIncident = async (id: string) => {
	const { timeline } = await world.incident(id);
	const resolvedAtMs = Date.now();
	const ended = { atMs: resolvedAtMs, kind: "ended" as const, text: "Came back by itself" };
	await change(id, {
		status: "resolved",
		outcome: "recovered",
		resolvedAtMs,
		timeline: [...timeline, ended],
	});
};
const explain = async (id: string) => {
	const { timeline } = await world.incident(id);
	const entry = { atMs: Date.now(), kind: "explained" as const, text: "Memory moved first." };
	await change(id, { explanation: "Memory moved first.", timeline: [...timeline, entry] });
};
const request = (id: string, status: Approval["status"], outcome?: string) =>
	world.request(id, { status, ...(outcome ? { outcome, endedAtMs: Date.now() } : {}) });

describe("an incident", () => {
	it("has one card in each place, which is edited in place, and one line at its end", async () => {
		const { id, chat, console_, publish, target } = await opened();
		await publish();
		await publish();
		await resolveIncident(id);
		await publish();
		await publish();
		expect(chat.cardsIn("general").map((card) => card.key)).toEqual([`incident:${id}`, `incident:${id}:end`]);
		expect(chat.cards[0]?.shown.map((message) => message.title)).toEqual([
			`${target}: memory is over three times its usual level`,
			`${target}: memory is over three times its usual level`,
			`${target}: memory is back inside its band by itself`,
			`${target}: memory is back inside its band by itself`,
		]);
		expect(chat.cards[0]?.shown[0]?.chart?.title).toBe(`Memory of ${target}`);
		expect(chat.cards[1]?.shown).toMatchObject([
			{
				title: `${target}: came back by itself`,
				text: expect.stringMatching(/^It lasted \d+ s\.$/),
				subject: { id },
			},
		]);
		expect(console_.cards.map((card) => card.key)).toEqual([`incident:${id}`]);
	});

	it("has one card however many publish it at once", async () => {
		const { id, chat, deps, deliver } = await opened();
		const { id: approvalId } = await request(id, "proposed");
		await Promise.all(
			[1, 2, 3].flatMap(() => [publishIncident(deps, id), publishApproval(deps, approvalId)]),
		);
		await deliver();
		expect(chat.cards).toHaveLength(1);
	});

	it("that was over before its card was posted has no line more", async () => {
		const { id, chat, publish } = await opened();
		await resolveIncident(id);
		await publish();
		expect(chat.cards.map((card) => card.key)).toEqual([`incident:${id}`]);
	});

	it("tells in its thread what was found, decided, done and what came of it, each once", async () => {
		const { id, chat, publish, watch } = await opened();
		await publish();
		await explain(id);
		await publish();
		const store = world.test.store;
		const approval = await request(id, "failed", "It did not help; nothing more is done.");
		const person = await store.people.upsert(
			{ platform: "test", tenant: "T1", userId: `U-${id}` },
			"Anna",
			"operator",
		);
		await store.approvals.addDecision(approval.id, {
			person,
			verdict: "approve",
			atMs: 1,
			reason: "It leaks.",
		});
		const run = await store.executions.create({
			approvalId: approval.id,
			status: "intended",
			intendedAtMs: 1000,
		});
		await store.executions.save({ ...run, status: "called", finishedAtMs: 3000, result: "Restarted." });
		await publish();
		await publish();
		const root = chat.cards[0]?.reference;
		expect(chat.cardsIn(`general:${root}`).map((card) => card.shown.map((message) => message.text))).toEqual([
			["Memory moved first."],
			[`Anna approved: Restart checkout (${approval.id}).`],
			["Anna on why they approved: It leaks."],
			["Ran in 2 s: Restarted."],
			["It did not help; nothing more is done."],
		]);
		expect(chat.cardsIn(`general:${root}`)[0]?.shown[0]?.table?.rows).toEqual([
			[`watch ${watch.name}`, watch.query],
		]);
		expect(chat.cardsIn("general").map((card) => card.key)).toEqual([
			`incident:${id}`,
			`incident:${id}:end:${approval.id}:failed`,
		]);
	});

	it("goes where its route says and nowhere else, by the labels of its findings too", async () => {
		const target = `t${next + 1}`;
		const place = { platform: `p-${target}`, id: "shop" };
		const { chat, console_, publish } = await opened({
			labels: { region: "eu" },
			routing: {
				channels: [{ name: "shop", charts: "dark", conversations: [place] }],
				routes: [
					route({ match: { target, region: "e*", environment: "local" }, channels: ["shop", "nowhere"] }),
				],
			},
		});
		await publish();
		expect(chat.cards.map((card) => card.conversation)).toEqual([place]);
		expect(console_.cards).toHaveLength(1);
	});

	it("on a private route is never told in a platform's default place", async () => {
		const { chat, console_, publish } = await opened({
			routing: { routes: [route({ private: true, channels: ["nowhere"] })], defaultChannels: ["nowhere"] },
		});
		await publish();
		expect([chat.cards.length, console_.cards.length]).toEqual([0, 1]);
	});

	it("is shown on where its card stands already, though the route has changed", async () => {
		const { id, chat, deps, publish } = await opened();
		await publish();
		await deps.routing.read();
		const file = { channels: [], defaultChannels: [`${chat.name}:other`], routes: [] };
		const routing = createRoutingReader({ ...deps, clock: { now: () => Date.now() }, file });
		await resolveIncident(id);
		await publishIncident({ ...deps, routing }, id);
		await publish();
		expect(chat.cardsIn("general")[0]?.shown.at(-1)?.state?.kind).toBe("resolved");
		expect(chat.cardsIn("other")).toHaveLength(1);
	});

	describe("whose route became private", () => {
		/** A card in public, then a private route with these channels. */
		const closed = async (channels: (chat: string) => readonly string[]) => {
			const scene = await opened();
			const { chat, deps, deliver, target } = scene;
			const store = world.test.store;
			await scene.publish();
			const routes = [route({ match: { target }, private: true, channels: channels(chat.name) })];
			const routing = createRoutingReader({
				...deps,
				clock: { now: () => Date.now() },
				file: { channels: [], defaultChannels: [], routes },
			});
			const publish = async () => {
				await publishIncident({ ...deps, routing }, scene.id);
				await deliver();
			};
			return { ...scene, publish, publishOpenly: scene.publish, store };
		};

		it("is taken back once where it stood in public: without anything of it, and nothing comes after", async () => {
			const { id, chat, console_, publish, publishOpenly, target } = await closed((name) => [`${name}:own`]);
			await explain(id);
			await publish();
			await publish();
			await request(id, "failed", "It did not help; nothing more is done.");
			await publish();
			await resolveIncident(id);
			await publish();
			await publishOpenly();
			const card = chat.cardsIn("general")[0];
			expect(card?.shown.slice(1)).toEqual([
				chatMessage({ text: "This incident is told of elsewhere now." }),
			]);
			expect(JSON.stringify(card?.shown.at(-1))).not.toContain(target);
			expect(chat.cardsIn("general")).toHaveLength(1);
			expect(chat.cardsIn(`general:${card?.reference}`)).toEqual([]);
			expect(chat.cardsIn("own")[0]?.shown.at(-1)?.state?.kind).toBe("resolved");
			expect(console_.cards[0]?.shown.at(-1)?.state?.kind).toBe("resolved");
		});

		it("goes on in its own channel, and in threads of that", async () => {
			const { id, chat, publish, store } = await closed((name) => [`${name}:general`]);
			const thread = { platform: chat.name, id: "general:t1" };
			await store.deliveries.want([{ subject: `incident:${id}`, conversation: thread, channel: "general" }]);
			await publish();
			await resolveIncident(id);
			await publish();
			for (const place of ["general", "general:t1"])
				expect(chat.cardsIn(place)[0]?.shown.at(-1)?.state?.kind).toBe("resolved");
		});

		it("goes on with a person alone with the bot", async () => {
			const { id, chat, publish, store } = await closed(() => ["console"]);
			const conversation = { platform: chat.name, id: "D1" };
			await store.conversations.remember({ conversation, kind: "direct", reference: {} });
			await store.deliveries.want([{ subject: `incident:${id}`, conversation, channel: "D1" }]);
			await publish();
			await publish();
			expect(chat.cardsIn("D1")[0]?.shown.at(-1)?.state?.kind).toBe("investigating");
			expect(chat.cardsIn("general")[0]?.shown.at(-1)?.state).toBeUndefined();
		});

		it("is taken back also where that was tried before in vain, by another process", async () => {
			const { id, chat, publish, deps, store } = await closed(() => ["console"]);
			const orders: unknown[] = [];
			const failing = {
				...store,
				transaction: (work: Parameters<typeof store.transaction>[0]) =>
					store.transaction(async (stores) => {
						await work(stores);
						orders.push(1);
						throw new Error("killed");
					}),
			} as typeof store;
			const routes = [route({ private: true, channels: ["console"] })];
			const file = { channels: [], defaultChannels: [], routes };
			const routing = createRoutingReader({ ...deps, clock: { now: () => Date.now() }, file });
			await expect(publishIncident({ ...deps, store: failing, routing }, id)).rejects.toThrow("killed");
			expect([orders.length, chat.cards[0]?.shown.length]).toEqual([1, 1]);
			await publish();
			expect(chat.cards[0]?.shown.at(-1)?.text).toBe("This incident is told of elsewhere now.");
		});
	});

	it("is told on the other platforms where one does not understand its place", async () => {
		const { id, chat, console_, deps, deliver, logger } = await opened();
		const deaf = {
			...chat,
			channelOf: () => {
				throw new Error("not a place of ours");
			},
		};
		await publishIncident({ ...deps, platforms: [deaf, console_] }, id);
		await deliver();
		expect([chat.cards.length, console_.cards.length]).toEqual([0, 1]);
		expect(logger.records).toMatchObject([{ level: "warn", fields: { place: "general" } }]);
	});

	it("calls those on duty where it is critical or a change ended badly", async () => {
		const onCall = { slack: "U9" };
		const { id, chat, publish } = await opened({ routing: { routes: [route({ onCall })] } });
		await publish();
		expect(chat.cards[0]?.shown[0]).not.toHaveProperty("callOut");
		await change(id, { severity: "critical" });
		const failed = await request(id, "rollback_failed", "The rollback failed.");
		const undone = await request(id, "rolled_back", "Set back.");
		await publish();
		const called = Object.fromEntries(chat.cards.map((card) => [card.key, card.shown.at(-1)?.callOut]));
		expect(called).toEqual({
			[`incident:${id}`]: onCall,
			[`incident:${id}:thread:critical`]: onCall,
			[`incident:${id}:thread:outcome:${failed.id}:rollback_failed`]: undefined,
			[`incident:${id}:thread:outcome:${undone.id}:rolled_back`]: undefined,
			[`incident:${id}:end:${failed.id}:rollback_failed`]: onCall,
			[`incident:${id}:end:${undone.id}:rolled_back`]: onCall,
		});
	});

	it("that does not exist is said to be missing", async () => {
		const { deps } = await opened();
		await expect(publishIncident(deps, "INC-99999")).rejects.toMatchObject({ code: "not_found" });
		expect(await drawSubject(deps, "something:else")).toBeUndefined();
		expect(await drawSubject(deps, "incident:INC-1:other")).toBeUndefined();
		expect(await drawSubject(deps, "approval:A-99999")).toBeUndefined();
	});
});

describe("a request that belongs to no incident", () => {
	async function alone() {
		const world_ = await opened();
		const {
			id: _id,
			version: _version,
			decisions: _decisions,
			incidentId: _incident,
			...parts
		} = await world.request(world_.id);
		return { ...world_, approval: await world.test.store.approvals.create(parts) };
	}
	const approvals = () => world.test.store.approvals;

	it("has a card of its own, which ends right", async () => {
		const { deps, chat, approval, deliver } = await alone();
		await Promise.all([publishApproval(deps, approval.id), publishApproval(deps, approval.id)]);
		await deliver();
		await approvals().move(approval.id, "proposed", "denied", {
			outcome: "Denied by Anna; nothing was changed.",
			endedAtMs: Date.now(),
		});
		await publishApproval(deps, approval.id);
		await deliver();
		expect(chat.cards).toHaveLength(1);
		expect(chat.cards[0]?.shown.at(-1)).toMatchObject({
			title: "Restart checkout",
			state: { kind: "denied", text: "Denied" },
			text: "Denied by Anna; nothing was changed.",
			buttons: [{ action: "say", text: "restart checkout" }],
		});
	});

	it("shows what was decided while it was posted where no route leads", async () => {
		const { deps, chat, approval, deliver } = await alone();
		const conversation = { platform: chat.name, id: "asked-here" };
		chat.afterPost(async () => {
			chat.afterPost(undefined);
			await approvals().move(approval.id, "proposed", "denied", {
				outcome: "Denied by Anna; nothing was changed.",
				endedAtMs: Date.now(),
			});
			await publishApproval(deps, approval.id);
		});
		await deps.store.deliveries.want([
			{ subject: `approval:${approval.id}`, conversation, channel: conversation.id },
		]);
		await deliver();
		const states = chat.cardsIn("asked-here").flatMap(({ shown }) => shown.map(({ state }) => state?.kind));
		expect(states.at(0)).not.toBe("denied");
		expect(states.at(-1)).toBe("denied");
	});

	it("is never told where it was asked for, once its target's route is private", async () => {
		const { deps, chat, approval, deliver } = await alone();
		const conversation = { platform: chat.name, id: "asked-here" };
		await deps.store.deliveries.want([
			{ subject: `approval:${approval.id}`, conversation, channel: conversation.id },
		]);
		const routes = [route({ private: true, channels: ["console"] })];
		const file = { channels: [], defaultChannels: [], routes };
		const routing = createRoutingReader({ ...deps, clock: { now: () => Date.now() }, file });
		await publishApproval({ ...deps, routing }, approval.id);
		await deliver();
		expect(chat.cards.map(({ shown }) => shown)).toEqual([
			[chatMessage({ text: "This request is told of elsewhere now." })],
		]);
	});

	it("is taken back where it stands in public once its target's route is private", async () => {
		const { deps, chat, approval, deliver } = await alone();
		await publishApproval(deps, approval.id);
		await deliver();
		const file = {
			channels: [],
			defaultChannels: [],
			routes: [route({ private: true, channels: ["console"] })],
		};
		const routing = createRoutingReader({ ...deps, clock: { now: () => Date.now() }, file });
		for (const _ of [1, 2]) {
			await publishApproval({ ...deps, routing }, approval.id);
			await deliver();
		}
		expect(chat.cards[0]?.shown.slice(1)).toEqual([
			chatMessage({ text: "This request is told of elsewhere now." }),
		]);
	});

	it("has a line in the channel where it failed", async () => {
		const { deps, chat, approval, deliver } = await alone();
		await publishApproval(deps, approval.id);
		await deliver();
		await approvals().move(approval.id, "proposed", "approved");
		const end = { outcome: "The plan is another now; nothing was changed.", endedAtMs: Date.now() };
		await approvals().move(approval.id, "approved", "failed", end);
		await publishApproval(deps, approval.id);
		await deliver();
		expect(chat.cards[1]?.shown).toMatchObject([{ title: "Restart checkout: failed", text: end.outcome }]);
	});

	it("is shown anew once asking AWS takes too long, without anything else happening", async () => {
		const { deps, approval, deliver } = await alone();
		const { id: _id, version: _version, decisions: _decisions, ...parts } = approval;
		const preflight = { state: "pending", checks: [] } as const;
		const asked = await approvals().create({ ...parts, preflight, createdAtMs: await deps.store.now() });
		const waits = async ({ id }: Approval) => {
			const rows = await world.test.query(
				"select extract(epoch from start_after - created_on)::float as s from smartcloudops_jobs.job where name = 'publish-approval' and data->>'approvalId' = $1",
				[id],
			);
			return rows.map(({ s }) => Number(s));
		};
		await publishApproval(deps, asked.id);
		const [seconds = 0, ...more] = await waits(asked);
		expect(more).toEqual([]);
		expect(seconds).toBeGreaterThanOrEqual(8);
		expect(seconds).toBeLessThanOrEqual(10);
		await approvals().setPreflight(asked.id, { state: "passed", checks: [] });
		await publishApproval(deps, asked.id);
		await publishApproval(deps, approval.id);
		expect([...(await waits(asked)), ...(await waits(approval))]).toHaveLength(1);
		await deliver();
	});

	it("is drawn once more when the time after its change is over, however often it is published", async () => {
		const { deps, approval, deliver } = await alone();
		const steps = ["proposed", "approved", "executing", "verifying"] as const;
		for (const [index, step] of steps.slice(1).entries())
			await approvals().move(approval.id, steps[index] ?? "proposed", step);
		const end = { outcome: "It was taken back.", endedAtMs: await deps.store.now() };
		await approvals().move(approval.id, "verifying", "rolled_back", end);
		for (const _ of [1, 2, 3]) await publishApproval(deps, approval.id);
		await deliver();
		const rows = await world.test.query(
			"select extract(epoch from start_after - created_on)::float as s from smartcloudops_jobs.job where name = 'publish-approval' and data->>'approvalId' = $1",
			[approval.id],
		);
		expect(rows).toHaveLength(1);
		expect(Number(rows[0]?.s)).toBeGreaterThan(50);
	});

	it("that does not exist is nothing to publish", async () => {
		const { deps, chat, deliver } = await opened();
		await publishApproval(deps, "A-99999");
		await deliver();
		expect(chat.cards).toEqual([]);
	});
});

describe("during planned work", () => {
	const always = (target: string): MaintenanceWindow => ({
		name: "always",
		match: { target },
		cron: "* * * * *",
		timeZone: "UTC",
		durationMinutes: 60,
	});

	it("what it covers is shown in the console only, and in the channel when it is over", async () => {
		const { chat, console_, deps, publish } = await opened({ maintenance: [always("t*")] });
		await publish();
		expect(console_.cards).toHaveLength(1);
		expect(chat.cards).toEqual([]);
		deps.maintenance.length = 0;
		await publish();
		expect(chat.cards.length).toBeGreaterThan(0);
	});

	it("what was told before is edited on, without further posts, and what it does not cover is told", async () => {
		const { chat, deps, id, publish } = await opened();
		await publish();
		const posted = chat.cards.length;
		deps.maintenance.push(always("t*"));
		await resolveIncident(id);
		await publish();
		expect(chat.cards).toHaveLength(posted);
		expect(chat.cards.some(({ shown }) => shown.length > 1)).toBe(true);
		deps.maintenance[0] = always("other*");
		await publish();
		expect(chat.cards.length).toBeGreaterThan(posted);
	});
});
