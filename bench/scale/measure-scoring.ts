import { monitorEventLoopDelay } from "node:perf_hooks";
import { trainAtOnce } from "../../models/isolation-forest-18/isolation-forest-18.ts";
import { namedDetectors } from "../../models/registry.ts";
import type { Watch } from "../../src/domain/watch.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import { createByteRooms } from "../../src/use-cases/byte-rooms.ts";
import { createWatchScorer, type ScoreWatchDeps } from "../../src/use-cases/score-watch.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";

const STEP_SECONDS = 60;
const START_MS = 1_767_225_600_000;
/** Ticks before the first that counts: memory is there and code is compiled. */
const WARM_UP = 20;
const LOOKS_BETWEEN_TICKS = 12;

export type ScaleOptions = {
	readonly series: number;
	readonly ticks: number;
	readonly detector: string | undefined;
};

/** What one run cost. `cpuShare`: of one core, at one point a minute of each series, snapshots included. */
export type ScaleFigures = {
	readonly meanMs: number;
	readonly p99Ms: number;
	readonly worstMs: number;
	/** Time of processors in one tick, threads of the runtime included: what a busy machine does not change much. */
	readonly cpuMeanMs: number;
	readonly cpuP99Ms: number;
	/** The longest that anything else in the process had to wait. */
	readonly loopHeldMs: number;
	readonly rssMb: number;
	readonly cpuShare: number;
	readonly usPerPoint: number;
	readonly savedMbPerMinute: number;
	readonly findings: number;
};

/** Scores a watch of many series at one point a minute of virtual time, as fast as it goes, and saves as the product does. */
export async function measureScoring(metrics: MetricsSource, options: ScaleOptions): Promise<ScaleFigures> {
	const { series, ticks } = options;
	const watch = watchOf(options);
	let [nowMs, saved, findings, rss] = [START_MS, 0, 0, 0];
	const scorer = createWatchScorer(
		{
			...depsFor(watch, options),
			metrics,
			clock: { now: () => nowMs },
			store: sinkStore((bytes) => (saved += bytes)),
			open: async (finding) => {
				findings += 1;
				return {
					...finding,
					watch: watch.name,
					environment: "bench",
					id: `AN-${findings}`,
					query: "",
					incidentId: "INC-1",
					openedAtMs: finding.atMs,
					lastSeenAtMs: finding.atMs,
					peak: finding.value,
					explanation: "",
				};
			},
		},
		watch,
	);
	await scorer.restore(1);
	const times: number[] = [];
	const cpuTimes: number[] = [];
	const delay = monitorEventLoopDelay({ resolution: 1 });
	let cpu = process.cpuUsage();
	for (let tick = -WARM_UP; tick < ticks; tick += 1) {
		if (tick === 0) {
			cpu = process.cpuUsage();
			saved = 0;
			delay.enable();
		}
		const beganMs = performance.now();
		const began = process.cpuUsage();
		const { failed, problem = "There are no values." } = await scorer.score(nowMs);
		if (failed) throw new Error(problem);
		if (tick >= 0) {
			times.push(performance.now() - beganMs);
			const used = process.cpuUsage(began);
			cpuTimes.push((used.user + used.system) / 1000);
		}
		for (let look = 0; look < LOOKS_BETWEEN_TICKS; look += 1) {
			nowMs += (STEP_SECONDS * 1000) / LOOKS_BETWEEN_TICKS;
			await scorer.save(1);
		}
		rss = Math.max(rss, process.memoryUsage.rss());
	}
	const { user, system } = process.cpuUsage(cpu);
	delay.disable();
	const mean = (list: readonly number[]) => list.reduce((sum, ms) => sum + ms / list.length, 0);
	const quantile = (list: readonly number[], q: number) =>
		list.toSorted((a, b) => a - b)[Math.ceil(q * list.length) - 1] ?? Number.NaN;
	return {
		meanMs: round(mean(times)),
		p99Ms: round(quantile(times, 0.99)),
		worstMs: round(quantile(times, 1)),
		cpuMeanMs: round(mean(cpuTimes)),
		cpuP99Ms: round(quantile(cpuTimes, 0.99)),
		loopHeldMs: round(delay.max / 1e6),
		rssMb: round(rss / 1024 / 1024),
		cpuShare: round((user + system) / 1e6 / (ticks * STEP_SECONDS), 5),
		usPerPoint: round((mean(cpuTimes) * 1000) / series, 3),
		savedMbPerMinute: round(saved / 1024 / 1024 / ticks),
		findings,
	};
}

function watchOf({ detector }: ScaleOptions): Watch {
	return {
		name: "scale",
		metric: "memory",
		kind: "memory",
		query: "container_memory_working_set_bytes",
		unit: "bytes",
		intervalSeconds: STEP_SECONDS,
		target: { label: "pod" },
		environment: "bench",
		direction: "both",
		minimumChange: 0,
		forSeconds: 0,
		maximumSeverity: "high",
		...(detector ? { detector } : {}),
	};
}

function depsFor(watch: Watch, { series }: ScaleOptions) {
	const detector = namedDetectors(() => trainAtOnce)(watch.detector);
	if (!detector) throw new Error(`There is no detector ${watch.detector}.`);
	const quiet = () => undefined;
	const logger: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => logger };
	return {
		detector,
		rooms: createByteRooms(),
		maximumSeries: series,
		board: createWatchBoard([watch]),
		logger,
		changed: async () => undefined,
		closed: async () => undefined,
	};
}

/** A store that counts what it is given and forgets it. */
function sinkStore(count: (bytes: number) => void): ScoreWatchDeps["store"] {
	return {
		anomalies: {
			create: () => Promise.reject(new Error("not used")),
			get: async () => undefined,
			save: async () => undefined,
			openOf: async () => [],
			ofIncident: async () => [],
			list: async () => ({ items: [] }),
		},
		watches: {
			loadSnapshot: async () => undefined,
			saveSnapshot: async () => undefined,
			claim: async () => undefined,
			chunkNumbers: async () => [],
			loadChunk: async () => undefined,
			saveChunk: async (_watch, _chunk, bytes) => count(bytes.length),
			dropChunks: async () => undefined,
		},
	};
}

function round(value: number, digits = 2): number {
	return Number(value.toFixed(digits));
}
