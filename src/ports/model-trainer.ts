/** What a forest is to be trained on, and how; `ForestData` and `ForestOptions` of models/define-forest.ts. */
export type TrainRequest = {
	/** The name of a line in models/forests.ts. */
	readonly engine: string;
	readonly data: {
		readonly values: Float32Array;
		readonly columns: number;
		readonly labels?: Uint8Array | undefined;
	};
	readonly options: {
		readonly seed: number;
		readonly trees?: number | undefined;
		readonly sample?: number | undefined;
		readonly splitColumns?: number | undefined;
		readonly depth?: number | undefined;
		readonly classes?: number | undefined;
		readonly classWeights?: "balanced" | readonly number[] | undefined;
		readonly renew?: { readonly forest: Uint8Array; readonly share: number } | undefined;
	};
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
