import type { ForestData, ForestModel, ForestOptions } from "../define-forest.ts";
import { RowSample } from "./row-sample.ts";
import { rareness, type ScoreTail, scoreTail } from "./score-tail.ts";
import type { UnseenScores } from "./unseen-scores.ts";

/** Rows that are held for training. */
const HELD = 2048;
/** Rows that the first forest needs, and how many times more of them each next one, by what says what is rare. */
const TRAINED = { first: 256, more: 1 } as const;
const UNSEEN = { first: 64, more: 0.5 } as const;
/** Rows whose scores say what is rare. */
const MEASURED = 1024;
/** Steps between two trainings at least, however many series there are. */
const APART_STEPS = 72;
/** The share of the trees that is grown anew, once the forest stands on all rows that are held. */
const RENEWED = 0.2;

/**
 * Trains a forest and hands its bytes to `done`, at once or later; undefined where that failed. Until then the forest
 * before goes on, and without one nothing is said.
 */
export type TrainForest = (
	data: ForestData,
	options: ForestOptions,
	done: (bytes: Uint8Array | undefined) => void,
) => void;

/** Where forests come from: how one is trained, and how its bytes are opened. */
export type ForestSource = {
	open(bytes: Uint8Array): ForestModel | undefined;
	readonly train: TrainForest;
	/** Rows that a tree is grown from. */
	readonly sample: number;
};

/** What is saved of a keeper; the sample is not, for its rows come again. */
export type KeptForest = { readonly forest: Uint8Array; readonly scores: Float64Array };

/** The forest of one bank: the sample of its rows, when to train, and how rare a row is. */
export class ForestKeeper {
	private readonly detector: ForestSource;
	private readonly columns: number;
	private readonly apartMs: number;
	private readonly sample: RowSample;
	private readonly said = new Float64Array(1);
	private readonly unseen: UnseenScores | undefined;
	private model: ForestModel | undefined;
	private trainedTail: ScoreTail | undefined;
	private saved: Uint8Array | undefined;
	private training = false;
	private trainings = 0;
	private trainedRows = 0;
	private trainedAtMs = Number.NEGATIVE_INFINITY;

	/**
	 * @param columns numbers in a row
	 * @param unseen says what is rare, where rows come by `judge`; left out, the rows that the forest was trained from do
	 */
	constructor(detector: ForestSource, columns: number, stepSeconds: number, unseen?: UnseenScores) {
		this.detector = detector;
		this.unseen = unseen;
		this.columns = columns;
		this.sample = new RowSample(HELD, columns, 1);
		this.apartMs = APART_STEPS * 1000 * stepSeconds;
	}

	get ready(): boolean {
		return this.model !== undefined && this.tail !== undefined;
	}

	/** The forest as its engine wrote it, and the scores that say what is rare; both empty where there is none yet. */
	get kept(): KeptForest {
		return { forest: this.saved ?? new Uint8Array(), scores: this.tail?.sorted ?? new Float64Array() };
	}

	/** -log10 of how often such a row or a rarer one comes; 0 until that can be said. */
	rareness(row: Float32Array): number {
		return this.rare(this.scoreOf(row));
	}

	/** As `rareness`; then learns the row, and how it was scored. */
	judge(row: Float32Array, atMs: number): number {
		const score = this.scoreOf(row);
		const rare = this.rare(score);
		if (score !== undefined) this.unseen?.offer(score);
		this.learn(row, atMs);
		return rare;
	}

	/** Offers the row to the sample, and has the forest trained when it is time. */
	learn(row: Float32Array, atMs: number): void {
		this.sample.offer(row);
		const fresh = this.sample.offered - this.trainedRows;
		const { first, more } = this.unseen === undefined ? TRAINED : UNSEEN;
		if (this.training || fresh < Math.max(first, more * Math.min(HELD, this.trainedRows))) return;
		if (atMs - this.trainedAtMs < this.apartMs) return;
		this.train(atMs);
	}

	/** Takes a forest that was saved, unless there is one already. */
	take({ forest, scores }: KeptForest): void {
		if (this.model !== undefined || forest.length === 0 || scores.length === 0) return;
		const model = this.detector.open(forest);
		if (model?.columns !== this.columns) return;
		this.model = model;
		this.saved = forest;
		if (this.unseen === undefined) this.trainedTail = scoreTail(scores);
		else this.unseen.take(scores);
	}

	private get tail(): ScoreTail | undefined {
		return this.unseen === undefined ? this.trainedTail : this.unseen.tail;
	}

	private scoreOf(row: Float32Array): number | undefined {
		return this.model?.predict(row, this.said)[0];
	}

	private rare(score: number | undefined): number {
		const { tail } = this;
		return tail === undefined || score === undefined ? 0 : rareness(tail, score);
	}

	private train(atMs: number): void {
		this.training = true;
		const whole = this.trainedRows >= HELD;
		this.trainedRows = this.sample.offered;
		this.trainedAtMs = atMs;
		this.trainings += 1;
		const data = { values: this.sample.take(), columns: this.columns };
		const renew = whole && this.saved !== undefined ? { forest: this.saved, share: RENEWED } : undefined;
		const { sample } = this.detector;
		this.detector.train(data, { seed: this.trainings, sample, renew }, (bytes) => {
			this.training = false;
			const model = bytes === undefined ? undefined : this.detector.open(bytes);
			if (model === undefined || bytes === undefined) return;
			this.model = model;
			this.saved = bytes;
			if (this.unseen === undefined) this.trainedTail = scoreTail(model.predict(this.sample.take(MEASURED)));
		});
	}
}
