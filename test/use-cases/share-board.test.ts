import type { Watch } from "../../src/domain/watch.ts";
import { createBoardFollower, createBoardSharer } from "../../src/use-cases/share-board.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";

const watch: Watch = {
	name: "host-cpu",
	metric: "cpu",
	kind: "cpu",
	query: "cpu",
	unit: "cores",
	intervalSeconds: 2,
	target: { name: "host" },
	environment: "local",
	direction: "both",
	minimumChange: 0.1,
	forSeconds: 4,
	maximumSeverity: "high",
};
const other: Watch = { ...watch, name: "host-disk" };
const labels = { instance: "a" };

/** Two boards on one store, as two processes have them. */
function twoProcesses() {
	const kept = new Map<string, Uint8Array>();
	let writes = 0;
	const store = {
		now: async () => 1_000,
		watches: {
			loadSnapshot: async (name: string) => kept.get(name),
			saveSnapshot: async (name: string, bytes: Uint8Array) => {
				writes += 1;
				kept.set(name, bytes);
			},
		},
	};
	const watches = [watch, other];
	const [agent, ingress] = [createWatchBoard(watches), createWatchBoard(watches)];
	const share = createBoardSharer({ store, board: agent }, watches);
	const follow = createBoardFollower({ store, board: ingress }, watches);
	const score = (t: number, v: number, series = labels) => {
		agent.addPoint(
			watch,
			`{instance=${series.instance}}`,
			{ labels: series, target: "host" },
			{ t, v, score: 0.5, low: 0 },
		);
		agent.setStatus(watch, {
			name: watch.name,
			state: "ready",
			progress: 1,
			samples: 10,
			samplesNeeded: 10,
			seriesCount: 1,
			lastScoredAtMs: t,
		});
	};
	return { agent, ingress, share, follow, score, kept, writes: () => writes };
}

test("a process that scores nothing shows what another scored, each point once", async () => {
	const { agent, ingress, share, follow, score } = twoProcesses();
	for (const t of [1, 2, 3]) score(t, t / 10);
	await share();
	await follow();
	score(4, 0.4);
	agent.setSeverity(watch.name, "{instance=a}", "high");
	await share();
	await follow();
	await follow();
	const [series] = ingress.reading(watch.name)?.series ?? [];
	expect(series?.points.map(({ t }) => t)).toEqual([1, 2, 3, 4]);
	expect(series).toMatchObject({ labels, target: "host", severity: "high" });
	expect(series?.points[3]).toEqual({ t: 4, v: 0.4, score: 0.5, low: 0 });
	expect(ingress.reading(watch.name)?.status).toMatchObject({ state: "ready", lastScoredAtMs: 4 });
	expect(ingress.reading(other.name)?.status).toMatchObject({ state: "learning", samples: 0 });
});

test("a series that is gone there is gone here", async () => {
	const { agent, ingress, share, follow, score } = twoProcesses();
	score(1, 0.1);
	score(1, 0.1, { instance: "b" });
	await share();
	await follow();
	expect(ingress.reading(watch.name)?.series).toHaveLength(2);
	agent.dropSeries(watch.name, "{instance=a}");
	score(2, 0.1, { instance: "b" });
	await share();
	await follow();
	expect(ingress.reading(watch.name)?.series.map((one) => one.labels)).toEqual([{ instance: "b" }]);
});

test("what has not changed, or is scored by another replica, is not written", async () => {
	const { share, score, writes } = twoProcesses();
	await share();
	expect(writes()).toBe(0);
	score(1, 0.1);
	await share();
	await share();
	expect(writes()).toBe(1);
});

test("a watch without metrics there, and one that fails, are so here", async () => {
	const { agent, ingress, share, follow } = twoProcesses();
	const status = { progress: 0, samples: 0, samplesNeeded: 0, seriesCount: 0 } as const;
	agent.setStatus(watch, { ...status, name: watch.name, state: "failed", problem: "the query is wrong" });
	agent.setStatus(other, { ...status, name: other.name, state: "learning", absent: true });
	await share();
	await follow();
	expect(ingress.readings().map((reading) => reading.status.problem)).toEqual(["the query is wrong"]);
});

test("what can't be read is left out", async () => {
	const { ingress, follow, kept } = twoProcesses();
	kept.set("board:host-cpu", Buffer.from("not packed"));
	await follow();
	expect(ingress.reading(watch.name)?.status.state).toBe("learning");
});
