import type { StatusReading } from "../../handlers/rest/rest-deps.ts";
import type { Store } from "../ports/store.ts";
import type { WatchBoard } from "../ports/watch-board.ts";

export type ReadStatusDeps = {
	readonly store: Pick<Store, "problem">;
	readonly board: WatchBoard;
	readonly version: string;
	readonly mode: "embedded" | "connected";
	readonly environment: string;
	readonly startedAtMs: number;
	readonly storeKind: "embedded" | "postgres";
	readonly metricsKind: "embedded" | "prometheus";
	readonly platforms: readonly string[];
	readyInSeconds(): number;
	/** What the parts say of themselves, one sentence each. */
	problems(): readonly string[];
};

/** How the installation is: every watch, platform and part, with each problem in a sentence. */
export async function readStatus(deps: ReadStatusDeps): Promise<StatusReading> {
	const storeProblem = await deps.store.problem();
	const readings = deps.board.readings();
	const watchProblems = readings.flatMap(({ watch, status }) =>
		status.problem ? [`Watch ${watch.name}: ${status.problem}`] : [],
	);
	const newest = Math.max(
		...readings.flatMap((reading) => reading.series.map((series) => series.points.at(-1)?.t ?? 0)),
	);
	return {
		version: deps.version,
		mode: deps.mode,
		environment: deps.environment,
		startedAtMs: deps.startedAtMs,
		readyInSeconds: deps.readyInSeconds(),
		watches: readings.map((reading) => reading.status),
		platforms: deps.platforms.map((name) => ({ name, state: "ready" })),
		store: { kind: deps.storeKind, state: storeProblem ? "failed" : "ready" },
		metrics: { kind: deps.metricsKind, ...(newest > 0 ? { newestSampleAtMs: newest } : {}) },
		problems: [...(storeProblem ? [storeProblem] : []), ...deps.problems(), ...watchProblems],
	};
}
