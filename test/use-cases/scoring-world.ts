import { robustBand } from "../../models/robust-band.ts";
import { createByteRooms } from "../../src/use-cases/byte-rooms.ts";
import { openIncident } from "../../src/use-cases/open-incident.ts";
import { createWatchScorer, type ScoreWatchDeps } from "../../src/use-cases/score-watch.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { type FakeMetrics, fakeMetrics } from "../fakes/fake-metrics.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { type IncidentWorld, incidentWorld } from "./incident-world.ts";

export const START = 1_700_000_000_000;
let next = 0;

/** A world of incidents with scorers over its real store, whose source gives the values that the test wants. */
export type ScoringWorld = IncidentWorld & {
	scoring(parts?: Parameters<typeof exampleWatch>[0]): ReturnType<typeof scoringIn>;
};

export async function scoringWorld(): Promise<ScoringWorld> {
	const world = await incidentWorld();
	return { ...world, scoring: (parts) => scoringIn(world, parts) };
}

function scoringIn(world: IncidentWorld, parts: Parameters<typeof exampleWatch>[0] = {}) {
	const name = `s${++next}`;
	const watch = exampleWatch({ name, target: { name }, unit: "count", minimumChange: 5, ...parts });
	const metrics = fakeMetrics();
	const board = createWatchBoard([watch]);
	const logger = recordingLogger();
	const told: string[] = [];
	let nowMs = START;
	const deps: ScoreWatchDeps = {
		metrics,
		detector: robustBand,
		rooms: createByteRooms(),
		store: world.test.store,
		board,
		logger,
		clock: { now: () => nowMs },
		maximumSeries: 1000,
		open: async (finding) => {
			const anomaly = await openIncident(world.deps, finding);
			told.push(`open ${anomaly.target}`);
			return anomaly;
		},
		changed: async (anomaly) => void told.push(`changed ${anomaly.value}`),
		closed: async (anomaly) => void told.push(`closed ${anomaly.target}`),
	};
	const make = (alter: Partial<ScoreWatchDeps> = {}) => createWatchScorer({ ...deps, ...alter }, watch);
	const advance = (ms: number) => {
		nowMs += ms;
	};
	return { watch, metrics, board, logger, told, make, advance, deps };
}

/** Scores a value every 2 s from point `from` on; gives the number of the next point. */
export async function feed(
	scorer: ReturnType<typeof createWatchScorer>,
	metrics: FakeMetrics,
	values: readonly number[],
	from = 0,
): Promise<number> {
	for (const [index, value] of values.entries()) {
		metrics.showValue(() => value);
		await scorer.score(START + (from + index) * 2000);
	}
	return from + values.length;
}
