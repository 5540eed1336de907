import { type DetectorOptions, type DetectorState, defineDetector, type Verdict } from "./define-detector.ts";
import { SortedWindow } from "./sorted-window.ts";

const WINDOW = 240;
const NEEDED = 30;
/** Half the band in scaled median absolute deviations: about 1 point in 10^5 of steady noise is outside. */
const WIDTH = 4.5;
/** Makes the median absolute deviation comparable with a standard deviation (Rousseeuw and Croux 1993). */
const MAD_SCALE = 1.4826;
/** A band of few samples is wider by 1 + 8/n. */
const SMALL_SAMPLE = 8;
/** A new level is accepted after so long, when half of the window is of it; of outside values only some are learned. */
const ACCEPT_SECONDS = 3600;
/** The seconds after which findings may be reported, whatever the step. */
const READY_SECONDS = 75;

class RobustBandState implements DetectorState {
	readonly needed: number;
	/** One of so many outside values is learned. */
	private readonly oneIn: number;
	private readonly options: DetectorOptions;
	private readonly window: SortedWindow;
	private total: number;
	private outsideRun: number;

	constructor(
		options: DetectorOptions,
		values: Float64Array = new Float64Array(),
		total = 0,
		outsideRun = 0,
	) {
		this.options = options;
		this.needed = Math.max(8, Math.min(NEEDED, Math.floor(READY_SECONDS / options.stepSeconds)));
		this.oneIn = Math.max(1, Math.round(ACCEPT_SECONDS / options.stepSeconds / (WINDOW / 2)));
		this.window = new SortedWindow(WINDOW);
		for (const value of values) this.window.push(value);
		this.total = total;
		this.outsideRun = outsideRun;
	}

	get seen(): number {
		return this.total;
	}

	push(value: number): Verdict {
		const ready = this.window.size >= this.needed;
		if (!Number.isFinite(value)) return { ready, score: 0, outside: false };
		const verdict = this.window.size < 3 ? { ready, score: 0, outside: false } : this.judge(value, ready);
		this.learn(value, ready && verdict.outside);
		this.total += 1;
		return verdict;
	}

	snapshot(): Uint8Array {
		const values = this.window.values();
		const out = new Float64Array(3 + values.length);
		out.set([1, this.total, this.outsideRun]);
		out.set(values, 3);
		return new Uint8Array(out.buffer);
	}

	private judge(value: number, ready: boolean): Verdict {
		const usual = this.window.quantile(0.5);
		const spread = MAD_SCALE * this.window.medianDistance(usual);
		const wider = 1 + SMALL_SAMPLE / this.window.size;
		const half = Math.max(WIDTH * spread * wider, this.options.minimumChange, Math.abs(usual) * 1e-6, 1e-12);
		// Values near the largest number there is: their spread has no number, so nothing can be said.
		if (!Number.isFinite(half)) return { ready, score: 0, outside: false };
		const distance = value - usual;
		const counted =
			this.options.direction === "both"
				? Math.abs(distance)
				: Math.max(0, this.options.direction === "above" ? distance : -distance);
		const score = Math.min(counted / half, Number.MAX_VALUE);
		return { ready, score, outside: score > 1, band: { low: usual - half, high: usual + half }, usual };
	}

	private learn(value: number, outside: boolean): void {
		this.outsideRun = outside ? this.outsideRun + 1 : 0;
		if (!outside || this.outsideRun % this.oneIn === 0) this.window.push(value);
	}
}

function isCount(value: number | undefined): value is number {
	return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}

/**
 * Median and median absolute deviation over the last 240 accepted values (Leys et al. 2013, "Detecting outliers"),
 * with a least width that matters to people. State: 4 KB a series.
 */
export const robustBand = defineDetector({
	name: "robust-band",
	version: 1,
	create: (options) => new RobustBandState(options),
	restore: (bytes, options) => {
		if (bytes.byteLength % 8 !== 0 || bytes.byteLength < 24) return undefined;
		const numbers = new Float64Array(new Uint8Array(bytes).buffer);
		const [version, total, outsideRun] = numbers;
		const values = numbers.slice(3);
		const sound =
			version === 1 &&
			isCount(total) &&
			isCount(outsideRun) &&
			values.length <= WINDOW &&
			total >= values.length &&
			values.every(Number.isFinite);
		return sound ? new RobustBandState(options, values, total, outsideRun) : undefined;
	},
});
