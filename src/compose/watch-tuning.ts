import { setImmediate } from "node:timers/promises";
import { namedDetectors, type TrainerOf } from "../../models/registry.ts";
import { trainInStep } from "../../models/train-in-step.ts";
import type { Actor } from "../domain/actor.ts";
import { AppError } from "../domain/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { Store } from "../ports/store.ts";
import { createApiSeries } from "../use-cases/api-series.ts";
import { type BacktestBudget, BRISK, PATIENT } from "../use-cases/backtest-plan.ts";
import { createBacktestQueue } from "../use-cases/backtest-queue.ts";
import { type BacktestInput, type BacktestProgress, backtestWatch } from "../use-cases/backtest-watch.ts";
import { muteWatch, tuneWatch, unmuteWatch } from "../use-cases/change-watch.ts";
import type { WatchList } from "../use-cases/watch-list.ts";
import { withKeptNote } from "./kept-note.ts";

export type WatchTuningDeps = {
	readonly store: Store;
	readonly metrics: MetricsSource;
	readonly clock: Clock;
	readonly watchList: WatchList;
	/** Where forests are trained. */
	readonly trainerOf: TrainerOf;
	/** How long embedded metrics are kept; not there where another source keeps them. */
	readonly keptHours?: number;
};

/** A watch in force by its name, with another query where one is to be tried. */
export type BacktestRequest = { readonly watch: string; readonly query?: string | undefined } & Pick<
	BacktestInput,
	"days" | "sensitivity" | "timeZone"
>;

/** Trying, muting and tuning watches, and judging what others send, as the HTTP interface and chat have it. */
export function watchTuning(deps: WatchTuningDeps) {
	const pause = () => setImmediate();
	const queue = createBacktestQueue();
	const ofApi = trainInStep(deps.trainerOf);
	const backtest = async (
		request: BacktestRequest,
		budget: BacktestBudget,
		progress: (now: BacktestProgress) => void,
		signal?: AbortSignal,
	) => {
		const { items } = await deps.watchList.read();
		const found = items.find(({ watch }) => watch.name === request.watch);
		if (!found)
			throw new AppError("not_found", `There is no watch "${request.watch}"; "watch" shows those there are.`);
		const watch = request.query === undefined ? found.watch : { ...found.watch, query: request.query };
		const input = { ...request, watch, endMs: deps.clock.now(), budget, signal };
		const training = trainInStep(deps.trainerOf);
		const replay = { ...deps, detector: namedDetectors(training.trainerOf), training, pause };
		return queue.run(
			async () => withKeptNote(await backtestWatch(replay, input, progress), request.days, deps.keptHours),
			(before) => progress({ share: 0, step: `Waits for its turn, ${before} before it` }),
			signal,
		);
	};
	return {
		/** For those who wait in chat. */
		briefly: (request: BacktestRequest) => backtest(request, BRISK, () => undefined),
		useCases: {
			backtest: (request: BacktestRequest, progress: (now: BacktestProgress) => void, signal: AbortSignal) =>
				backtest(request, PATIENT, progress, signal),
			readWatches: () => deps.watchList.read(),
			muteWatch: (actor: Actor, input: Parameters<typeof muteWatch>[2]) => muteWatch(deps, actor, input),
			unmuteWatch: (actor: Actor, name: string) => unmuteWatch(deps, actor, name),
			tuneWatch: (actor: Actor, input: Parameters<typeof tuneWatch>[2]) => tuneWatch(deps, actor, input),
			apiSeries: createApiSeries({
				detector: namedDetectors(ofApi.trainerOf),
				training: ofApi,
				clock: deps.clock,
				pause,
			}),
		},
	};
}
