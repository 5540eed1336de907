import type { ForestData, ForestOptions } from "../domain/forest-training.ts";

/** What a forest is to be trained on, and how. */
export type TrainRequest = {
	/** The name of a line in models/forests.ts. */
	readonly engine: string;
	readonly data: ForestData;
	readonly options: ForestOptions;
	/** From the request to the answer, with the time in the queue; above 0. Two minutes by default. */
	readonly deadlineMs?: number | undefined;
};

/** Trains models where nobody waits for the event loop. One at a time, in the order of the requests. */
export type ModelTrainer = {
	/**
	 * The bytes of the trained model. `data` is handed over: its arrays are empty afterwards where they have a buffer of
	 * their own, and copied where they share one. A request that is refused at once keeps its data.
	 *
	 * AppError `invalid` for data or options that can't be used, `limited` where too many wait, `unavailable` after the
	 * deadline, after a crash of the training, or once closed. The same request gives the same bytes.
	 */
	train(request: TrainRequest): Promise<Uint8Array>;
	/** Ends what runs and refuses what waits and comes, with AppError `unavailable`. */
	close(): Promise<void>;
};
