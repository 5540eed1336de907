import { runWatches } from "../../../handlers/schedule/run-watches.ts";
import { robustBand } from "../../../models/robust-band.ts";
import type { Store } from "../../../src/ports/store.ts";
import { createByteRooms } from "../../../src/use-cases/byte-rooms.ts";
import { endIncidentIfOver } from "../../../src/use-cases/end-incident.ts";
import { openIncident } from "../../../src/use-cases/open-incident.ts";
import { createWatchScorer } from "../../../src/use-cases/score-watch.ts";
import { createBlindness } from "../../../src/use-cases/watch-blindness.ts";
import { createWatchBoard } from "../../../src/use-cases/watch-board.ts";
import { exampleWatch } from "../../fakes/example-watch.ts";
import { fakeMetrics } from "../../fakes/fake-metrics.ts";
import { mortal } from "../../fakes/mortal.ts";
import { gaussian } from "../../fakes/noise.ts";
import { recordingLogger } from "../../fakes/recording-logger.ts";
import { openReplica, openTestStore, type TestStore } from "../../support/postgres.ts";

const INTERVAL_SECONDS = 6;
const watch = exampleWatch({
	name: "shared",
	target: { name: "checkout" },
	unit: "count",
	intervalSeconds: INTERVAL_SECONDS,
	minimumChange: 5,
});
const clock = { now: () => Date.now() };

async function until(what: string, holds: () => boolean | Promise<boolean>, seconds: number): Promise<void> {
	const end = Date.now() + seconds * 1000;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error(`${what} did not come true in ${seconds} s`);
		await new Promise((done) => setTimeout(done, 50));
	}
}

/** A replica with a store of its own, that can be killed: from then on nothing it does reaches anybody. */
async function replica(name: string, test: TestStore, valueAt: (t: number) => number) {
	const state = { dead: false };
	const { store: alive } = await openReplica(test.connection);
	const store: Store = mortal(alive, () => state.dead);
	const jobs = { nudge: () => undefined };
	const metrics = fakeMetrics();
	metrics.showValue(valueAt);
	const board = createWatchBoard([watch]);
	const logger = recordingLogger();
	const scorer = createWatchScorer(
		{
			metrics,
			detector: robustBand,
			rooms: createByteRooms(),
			store,
			board,
			logger,
			clock,
			maximumSeries: 100,
			open: (finding) => openIncident({ store, jobs }, finding),
			changed: async () => undefined,
			closed: async (anomaly) => void (await endIncidentIfOver({ store, jobs }, anomaly.incidentId)),
		},
		watch,
	);
	const blindness = createBlindness({ store, jobs });
	const running = runWatches({
		scorers: [scorer],
		blindness,
		leases: store.leases,
		states: store.watches,
		owner: name,
		clock,
		logger,
	});
	started.push(running);
	return {
		scoredAtMs: () => board.reading(watch.name)?.status.lastScoredAtMs,
		kill: () => {
			state.dead = true;
		},
	};
}

const started: { stop(): Promise<void> }[] = [];
afterEach(async () => {
	for (const running of started.splice(0)) await running.stop();
});

describe("replicas that share a watch", () => {
	it("one scores; when it is killed the other resumes within two intervals, with the same incident", async () => {
		const test = await openTestStore();
		const noise = gaussian(3);
		let brokenAtMs = Number.POSITIVE_INFINITY;
		const valueAt = (t: number) => (t >= brokenAtMs ? 300 : 100) + noise();
		const first = await replica("one", test, valueAt);
		await until("the first scoring", () => first.scoredAtMs() !== undefined, 30);
		const second = await replica("two", test, valueAt);
		const opened = async () => (await test.store.anomalies.openOf(watch.name)).length;
		brokenAtMs = Date.now();
		await until("a finding", async () => (await opened()) === 1, 30);
		expect(second.scoredAtMs()).toBeUndefined();

		first.kill();
		const killedAtMs = Date.now();
		await until("the second's scoring", () => second.scoredAtMs() !== undefined, 30);
		const resumedInMs = (second.scoredAtMs() ?? Number.NaN) - killedAtMs;
		expect(resumedInMs).toBeLessThanOrEqual(2 * INTERVAL_SECONDS * 1000);
		const resumedAtMs = second.scoredAtMs();
		await until("another scoring", () => second.scoredAtMs() !== resumedAtMs, 20);
		const { items } = await test.store.incidents.list({}, { limit: 10 });
		expect(items.map(({ kind, status }) => [kind, status])).toEqual([["anomaly", "open"]]);
		expect(await opened()).toBe(1);

		brokenAtMs = Number.POSITIVE_INFINITY;
		await until("the end of the finding", async () => (await opened()) === 0, 60);
		const status = async () => (await test.store.incidents.get(items[0]?.id ?? ""))?.status;
		await until("the end of the incident", async () => (await status()) === "resolved", 30);
	}, 180_000);
});
