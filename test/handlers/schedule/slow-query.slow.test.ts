import { type RunningWatches, runWatches } from "../../../handlers/schedule/run-watches.ts";
import { robustBand } from "../../../models/robust-band.ts";
import { prometheusMetrics } from "../../../src/adapters/prometheus/prometheus-metrics.ts";
import { createByteRooms } from "../../../src/use-cases/byte-rooms.ts";
import { createWatchScorer } from "../../../src/use-cases/score-watch.ts";
import { createBlindness } from "../../../src/use-cases/watch-blindness.ts";
import { createWatchBoard } from "../../../src/use-cases/watch-board.ts";
import { exampleWatch } from "../../fakes/example-watch.ts";
import { recordingLogger } from "../../fakes/recording-logger.ts";
import { openTestStore, type TestStore } from "../../support/postgres.ts";
import { type ServedValues, serveValues } from "../../support/serve-values.ts";
import { until } from "../../support/until.ts";

/** Longer than a query may take, so that one that is not answered is asked again at each interval. */
const INTERVAL_SECONDS = 11;
const [slow, quick] = ["slow", "quick"].map((name) =>
	exampleWatch({ name, query: name, target: { name: "checkout" }, intervalSeconds: INTERVAL_SECONDS }),
);
if (!slow || !quick) throw new Error("two watches");
const watches = [slow, quick];
const clock = { now: () => Date.now() };
const board = createWatchBoard(watches);
let source: ServedValues;
let test: TestStore;
let running: RunningWatches;

const asked = (query: string) =>
	source.questions.filter((one) => one.kind === "query" && one.query === query).length;
const statusOf = (name: string) => board.reading(name)?.status;
const blind = async (target: string) => test.store.incidents.openOf(target, "local", "blind");

beforeAll(async () => {
	test = await openTestStore();
	source = await serveValues(100);
	const { store } = test;
	const jobs = { nudge: () => undefined };
	const metrics = prometheusMetrics({ url: source.urlFor("one"), tenantHeader: "X-Scope-OrgID" });
	const logger = recordingLogger();
	const rooms = createByteRooms();
	const scorers = watches.map((watch) =>
		createWatchScorer(
			{
				metrics,
				detector: robustBand,
				rooms,
				store,
				board,
				logger,
				clock,
				maximumSeries: 100,
				open: () => Promise.reject(new Error("nothing is abnormal here")),
				changed: async () => undefined,
				closed: async () => undefined,
			},
			watch,
		),
	);
	const blindness = createBlindness({ store, jobs });
	const { leases, watches: states } = store;
	running = runWatches({ scorers, blindness, leases, states, owner: "one", clock, logger });
	await until(() => watches.every(({ name }) => statusOf(name)?.lastScoredAtMs !== undefined), 60_000);
}, 120_000);
afterAll(async () => {
	await running.stop();
	await source.close();
});

it("a query that is not answered delays only its watch, stands in the status, and opens a blind incident after three intervals", async () => {
	const release = source.hold("slow");
	const before = { slow: asked("slow"), quick: asked("quick") };
	await until(() => statusOf("slow")?.problem !== undefined, 60_000);
	expect(statusOf("slow")?.problem).toMatch(/did not answer/);
	expect(await blind("watch slow")).toBeUndefined();
	await until(async () => (await blind("watch slow")) !== undefined, 120_000);
	expect(asked("slow") - before.slow).toBe(3);
	expect(asked("quick") - before.quick).toBeGreaterThanOrEqual(3);
	expect(statusOf("quick")).not.toHaveProperty("problem");
	expect([await blind("metrics"), await blind("checkout")]).toEqual([undefined, undefined]);
	await release();
	await until(async () => (await blind("watch slow")) === undefined, 60_000);
	expect(statusOf("slow")).not.toHaveProperty("problem");
}, 260_000);
