import { trainAtOnce } from "../../../models/isolation-forest-18/isolation-forest-18.ts";
import { namedDetectors } from "../../../models/registry.ts";
import type { Role } from "../../../src/domain/actor.ts";
import type { Conversation } from "../../../src/domain/chat-event.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { replaceTimes } from "../../../src/domain/time-text.ts";
import type { MetricsSource } from "../../../src/ports/metrics-source.ts";
import { BRISK } from "../../../src/use-cases/backtest-plan.ts";
import { backtestWatch } from "../../../src/use-cases/backtest-watch.ts";
import { type RunCommandDeps, runCommand } from "../../../src/use-cases/run-command.ts";
import { createWatchBoard } from "../../../src/use-cases/watch-board.ts";
import { createWatchList } from "../../../src/use-cases/watch-list.ts";
import { withoutAudit } from "../../fakes/altered-store.ts";
import { computedMetrics } from "../../fakes/computed-metrics.ts";
import { exampleActor } from "../../fakes/example-approval.ts";
import { exampleWatch } from "../../fakes/example-watch.ts";
import { openTestStore, silentLogger, type TestStore } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";

const here: Conversation = { platform: "slack", id: "C7" };
const HOUR = 3_600_000;
const file = [
	exampleWatch({ intervalSeconds: 60 }),
	exampleWatch({ name: "payments", maximumSeverity: "critical", intervalSeconds: 60 }),
];
const up: MetricsSource = computedMetrics([
	{ labels: { job: "checkout" }, at: (t) => (t % 600_000 < 60_000 ? 1.1 : 1) },
	{ labels: { job: "search" }, at: () => 1 },
]);

let opened: TestStore;

beforeAll(async () => {
	opened = await openTestStore();
});
beforeEach(() => opened.query("delete from smartcloudops.settings"));
afterAll(() => opened.close());

const recorded = async () => (await opened.store.audit.verify()).records;

type Needs = { readonly metrics: MetricsSource; readonly store: TestStore["store"] };

async function world(role: Role = "admin", { metrics = up, store = opened.store }: Partial<Needs> = {}) {
	const person = await opened.store.people.upsert(
		{ platform: "test", tenant: "t", userId: role },
		"Anna",
		role,
	);
	const clock = { now: () => Date.now() };
	const watchList = createWatchList({ store, clock, logger: silentLogger, file });
	const run = async (text: string) => {
		// Other commands are not called here, so what they need is not given.
		const deps = {
			store,
			metrics,
			clock,
			watchList,
			board: createWatchBoard(file),
			environment: "local",
			hiddenTargets: async () => undefined,
			backtest: async (request: {
				readonly watch: string;
				readonly days: number;
				readonly timeZone: string;
			}) => {
				const found = (await watchList.read()).items.find(({ watch }) => watch.name === request.watch);
				if (!found) throw new AppError("not_found", "There is no such watch.");
				const input = { ...request, watch: found.watch, endMs: Date.now(), budget: BRISK };
				return backtestWatch(
					{
						metrics,
						clock,
						detector: namedDetectors(() => trainAtOnce),
						training: { settled: () => undefined, failed: 0 },
						pause: async () => undefined,
					},
					input,
				);
			},
		} as unknown as RunCommandDeps;
		const spot = { conversation: here, audience: { kind: "public", channel: here } } as const;
		const [message] = await runCommand(deps, exampleActor(person), text, spot, "UTC");
		return { ...message, text: replaceTimes(message?.text ?? "", () => "T") };
	};
	return {
		run,
		watchList,
		item: async (name: string) => (await watchList.read()).items.find(({ watch }) => watch.name === name),
	};
}

describe("the watch command", () => {
	it("lists every watch with state, sensitivity and who changed what", async () => {
		const { run } = await world();
		await run("watch tune checkout-memory high");
		await run("watch mute payments 2h");
		const { table, text } = await run("watch");
		expect(text).toBe("0 of 2 watches are ready.");
		expect(table?.rows.map((row) => row.map((cell) => replaceTimes(cell, () => "T")))).toEqual([
			["checkout-memory", "learning, 0 %", "0", "high, by Anna"],
			["payments", "learning, 0 %; muted until T by Anna", "0", "normal"],
		]);
	});

	it("adds a watch once its query was tried, and says what it sees", async () => {
		const { run, item } = await world();
		const { text } = await run(
			'watch add orders-late `sum by (job) (late_orders{env=“prod”})` metric="late orders" every=30s direction=both change=5 for=2m unit=per_second severity=critical',
		);
		expect(text).toMatch(
			/^orders-late is watched: 2 series of 2 targets, read in \d+ ms\. It learns before it reports\./,
		);
		expect(await item("orders-late")).toMatchObject({
			source: "command",
			added: { byName: "Anna" },
			watch: {
				name: "orders-late",
				metric: "late orders",
				query: 'sum by (job) (late_orders{env="prod"})',
				intervalSeconds: 30,
				target: { label: "job" },
				environment: "local",
				direction: "both",
				minimumChange: 5,
				forSeconds: 120,
				unit: "per_second",
				maximumSeverity: "critical",
				sensitivity: "normal",
			},
		});
		await expect(run("watch add orders-late up")).rejects.toMatchObject({ code: "conflict" });
		const { items } = await opened.store.audit.list({ subject: "setting:watch:orders-late" }, { limit: 5 });
		expect(items).toMatchObject([{ action: "setting.changed", actorName: "Anna", data: { before: null } }]);
	});

	it("adds a watch on a target that is nearly the name of another, and asks about it", async () => {
		const { run, item } = await world();
		const { text } = await run("watch add t6 max(process_resident_memory_bytes) target=chekout");
		expect(text).toContain('. No watch or service is called "chekout"; did you mean checkout? Taken, as');
		expect(await item("t6")).toMatchObject({ watch: { target: { name: "chekout" } } });
		expect((await run("watch add t7 up target=checkout")).text).not.toContain("did you mean");
	});

	it.each([
		["watch add Bad_Name up", /can't be a watch's name/],
		["watch add x up every=nonsense", /every= is a span such as 30s/],
		["watch add x up unit=furlongs", /unit= is one of bytes, .*, not "furlongs"/],
		["watch add x up target=a label=b", /not both/],
		[
			"watch add x up target=label=job",
			/target= is the name of one target.* write label=job without target=/,
		],
		["watch add x up label=a=b", /label= is the name of a label/],
		["watch add x up change=-1", /from 0 on/],
		["watch add x unit=percent", /The query is missing/],
		["watch add x up label=nosuch", /2 of 2 series have no label nosuch/],
	])("refuses %s with what is wrong", async (text, sentence) => {
		const { run } = await world();
		await expect(run(text)).rejects.toMatchObject({
			code: "invalid",
			message: expect.stringMatching(sentence),
		});
		expect(await opened.store.settings.list()).toEqual([]);
	});

	it("refuses a query that costs too much, fails, or sees nothing", async () => {
		const wide = { labels: { job: "x" }, at: () => 1 };
		const cases: [MetricsSource, RegExp][] = [
			[
				computedMetrics(Array.from({ length: 10_001 }, () => wide)),
				/it gives 10001 series, and 10000 are the most/,
			],
			[computedMetrics([]), /it gives no series now/],
			[
				computedMetrics([{ labels: { job: "x", note: "y".repeat(10_240) }, at: () => 1 }]),
				/4096 characters of labels/,
			],
			[
				{
					...up,
					instant: () => Promise.reject(new AppError("limited", "The query asks for every metric there is.")),
				},
				/^The query was tried: The query asks for every metric there is\.$/,
			],
		];
		for (const [metrics, message] of cases) {
			const { run } = await world("admin", { metrics });
			await expect(run("watch add x up")).rejects.toThrow(message);
		}
		expect(await opened.store.settings.list()).toEqual([]);
	});

	it("mutes until a time and says so; over eight hours only with a reason; unmuting ends it", async () => {
		const { run, item } = await world("operator");
		const before = Date.now();
		await run("watch mute checkout-memory");
		const muted = (await item("checkout-memory"))?.muted;
		expect(muted).toMatchObject({ byName: "Anna" });
		expect(Math.abs((muted?.untilMs ?? 0) - before - HOUR)).toBeLessThan(60_000);
		await expect(run("watch mute checkout-memory for 9h")).rejects.toThrow("A mute of 9 h needs a reason");
		await run("watch mute checkout-memory for 9h reason: release 42");
		expect((await item("checkout-memory"))?.muted).toMatchObject({ reason: "release 42" });
		await run("watch mute checkout-memory until 08:00 x");
		await expect(run("watch mute checkout-memory until teatime")).rejects.toThrow("is no time");
		await expect(run("watch mute checkout-memory 40d because")).rejects.toThrow("31 days");
		await run("watch unmute checkout-memory");
		expect(await item("checkout-memory")).not.toHaveProperty("muted");
		await expect(run("watch unmute checkout-memory")).rejects.toMatchObject({ code: "not_found" });
	});

	it("turns the knob; down on a critical watch only with a reason; back to what it was leaves no trace", async () => {
		const { run, item } = await world("operator");
		await run("watch tune checkout-memory low");
		expect(await item("checkout-memory")).toMatchObject({
			watch: { sensitivity: "low" },
			tuned: { from: "normal" },
		});
		await run("watch tune checkout-memory normal");
		expect(await opened.store.settings.list()).toEqual([]);
		await expect(run("watch tune payments low")).rejects.toThrow("turning it down needs a reason");
		await run("watch tune payments low too noisy at night");
		expect((await item("payments"))?.tuned).toMatchObject({ reason: "too noisy at night" });
		const { items } = await opened.store.audit.list({ subject: "setting:watch:payments" }, { limit: 1 });
		expect(items[0]?.summary).toBe("Sensitivity of the watch payments: normal to low");
	});

	it("removes and resets; what was added is gone for good", async () => {
		const { run, watchList } = await world();
		await run("watch add mine up");
		await run("watch mute mine 1h");
		await run("watch remove mine");
		expect(await opened.store.settings.list()).toEqual([]);
		expect((await run("watch remove payments")).text).toContain('"watch reset payments" brings it back');
		expect((await watchList.read()).removed).toMatchObject([{ name: "payments", byName: "Anna" }]);
		expect((await run("watch")).footer).toContain("payments was removed by Anna");
		await expect(run("watch add payments up")).rejects.toThrow("write: watch reset payments");
		await run("watch reset payments");
		expect((await watchList.read()).items).toHaveLength(2);
		await expect(run("watch reset payments")).rejects.toMatchObject({ code: "not_found" });
		await expect(run("watch tune nosuch high")).rejects.toMatchObject({ code: "not_found" });
	});

	it("shows as chart and table what a watch would have reported", async () => {
		const { run } = await world("viewer");
		const message = await run("watch test checkout-memory 1 high");
		expect(message.text).toMatch(/^checkout-memory would have reported .* in 1 d/);
		expect(message.chart?.lines[0]?.points.length).toBeGreaterThan(100);
		expect(message.buttons).toEqual([
			{ action: "open", label: "Open the watch", path: "/watches/checkout-memory" },
		]);
		await expect(run("watch test nosuch")).rejects.toMatchObject({ code: "not_found" });
		await expect(run("watch test checkout-memory soon")).rejects.toThrow(
			'"soon" is neither a number of days, 1 to 90, nor low, normal or high.',
		);
	});

	it.each([
		["guest", ["watch", "watch test checkout-memory"]],
		["viewer", ["watch tune payments high", "watch mute payments", "watch unmute payments"]],
		["operator", ["watch add x up", "watch remove payments", "watch reset payments"]],
	] as const)("refuses a %s what needs more", async (role, texts) => {
		const { run } = await world(role);
		const before = await recorded();
		for (const text of texts) await expect(run(text)).rejects.toMatchObject({ code: "forbidden" });
		expect([await opened.store.settings.list(), await recorded()]).toEqual([[], before]);
	});

	it("changes nothing without its audit record", async () => {
		const { run } = await world("admin", { store: withoutAudit(opened.store) });
		await expect(run("watch tune payments high")).rejects.toBeInstanceOf(Error);
		expect(await opened.store.settings.list()).toEqual([]);
	});

	it("counts on another replica as soon as it is committed", async () => {
		const other = (await world()).watchList;
		expect((await other.read()).items).toHaveLength(2);
		await (await world()).run("watch remove payments");
		// What was read is kept for five seconds where nobody tells of a change.
		await until(async () => (await other.read()).items.length === 1, 4000);
	});
});
