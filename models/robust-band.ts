import { formatNumber } from "../src/domain/quantity.ts";
import { bytesInRoom } from "./bytes-in-room.ts";
import type { Bank, BankDetector, BankOptions, Judgement, Reason, Sensitivity } from "./define-bank.ts";
import { normalTail } from "./normal-tail.ts";
import { SlotPool, withRoom } from "./slot-pool.ts";
import { SortedWindows } from "./sorted-windows.ts";

const VERSION = 2;
const WINDOW = 240;
const NEEDED = 30;
/** Half the band in scaled median absolute deviations: about 1 point in 10^5 of steady noise is outside. */
const WIDTH = 4.5;
const WIDER: Readonly<Record<Sensitivity, number>> = { low: 1.4, normal: 1, high: 0.75 };
/** Makes the median absolute deviation comparable with a standard deviation (Rousseeuw and Croux 1993). */
const MAD_SCALE = 1.4826;
/** A band of few samples is wider by 1 + 8/n. */
const SMALL_SAMPLE = 8;
/** A new level is accepted after so long, when half of the window is of it; of outside values only some are learned. */
const ACCEPT_SECONDS = 3600;
/** The seconds after which findings may be reported, whatever the step. */
const READY_SECONDS = 75;
/** Numbers that precede the window of a series in saved bytes. */
const HEAD = 4;

class RobustBandBank implements Bank {
	readonly needed: number;
	/** The window, its places, and what `totals` to `scores` hold. */
	readonly bytesPerSeries = WINDOW * 9 + 2 + 8 * 8;
	/** One of so many outside values is learned. */
	private readonly oneIn: number;
	private readonly options: BankOptions;
	private readonly windows = new SortedWindows(WINDOW);
	private readonly slots = new SlotPool();
	private totals = new Float64Array();
	private outsideRuns = new Float64Array();
	private atMs = new Float64Array();
	private values = new Float64Array();
	private usuals = new Float64Array();
	private halves = new Float64Array();
	/** The scaled deviation where it makes the band's width; NaN where `minimumChange` does. */
	private swings = new Float64Array();
	private scores = new Float64Array();

	constructor(options: BankOptions) {
		this.options = options;
		this.needed = Math.max(8, Math.min(NEEDED, Math.floor(READY_SECONDS / options.stepSeconds)));
		this.oneIn = Math.max(1, Math.round(ACCEPT_SECONDS / options.stepSeconds / (WINDOW / 2)));
	}

	get size(): number {
		return this.slots.size;
	}

	add(): number {
		const slot = this.slots.take();
		this.totals = withRoom(this.totals, slot);
		this.outsideRuns = withRoom(this.outsideRuns, slot);
		this.atMs = withRoom(this.atMs, slot);
		this.values = withRoom(this.values, slot);
		this.usuals = withRoom(this.usuals, slot);
		this.halves = withRoom(this.halves, slot);
		this.swings = withRoom(this.swings, slot);
		this.scores = withRoom(this.scores, slot);
		this.windows.select(slot);
		this.windows.clear();
		this.totals[slot] = 0;
		this.outsideRuns[slot] = 0;
		this.atMs[slot] = Number.NEGATIVE_INFINITY;
		this.forget(slot);
		return slot;
	}

	remove(slot: number): void {
		this.slots.give(slot);
	}

	push(slot: number, value: number, atMs: number): number {
		if (!Number.isFinite(value) || !(atMs > (this.atMs[slot] ?? Number.NaN))) {
			this.forget(slot);
			return 0;
		}
		this.windows.select(slot);
		this.atMs[slot] = atMs;
		const ready = this.windows.size >= this.needed;
		const score = this.judge(slot, value);
		const outside = ready && score > 1;
		const run = outside ? (this.outsideRuns[slot] ?? 0) + 1 : 0;
		this.outsideRuns[slot] = run;
		this.values[slot] = value;
		this.scores[slot] = score;
		this.totals[slot] = (this.totals[slot] ?? 0) + 1;
		if (!outside || run % this.oneIn === 0) this.windows.push(value);
		return score;
	}

	judgement(slot: number): Judgement {
		const score = this.scores[slot] ?? 0;
		const usual = this.usuals[slot] ?? Number.NaN;
		const half = this.halves[slot] ?? Number.NaN;
		return {
			ready: this.isReady(slot),
			score,
			outside: score > 1,
			tailProbability: normalTail(score * WIDTH),
			...(Number.isFinite(half) ? { band: { low: usual - half, high: usual + half }, usual } : {}),
		};
	}

	reasons(slot: number): readonly Reason[] {
		const score = this.scores[slot] ?? 0;
		if (score <= 1) return [];
		const distance = (this.values[slot] ?? 0) - (this.usuals[slot] ?? 0);
		const where = `${distance > 0 ? "above" : "below"} its usual level`;
		const times = Math.abs(distance) / (this.swings[slot] ?? Number.NaN);
		const text = Number.isFinite(times)
			? `${where}, ${formatNumber(times)} times as far as it usually swings`
			: where;
		return [{ signal: "level", share: 1, text, distance: Math.abs(distance) }];
	}

	seen(slot: number): number {
		return this.totals[slot] ?? 0;
	}

	save(slots: readonly number[], room?: Uint8Array): Uint8Array {
		const sizes = slots.map((slot) => {
			this.windows.select(slot);
			return HEAD + this.windows.size;
		});
		const length = sizes.reduce((sum, size) => sum + size, 2);
		const bytes = bytesInRoom(length * 8, room);
		const out = new Float64Array(bytes.buffer, bytes.byteOffset, length);
		out.set([VERSION, slots.length]);
		let at = 2;
		for (const [index, slot] of slots.entries()) {
			const size = sizes[index] ?? HEAD;
			out[at] = size - HEAD;
			out[at + 1] = this.totals[slot] ?? 0;
			out[at + 2] = this.outsideRuns[slot] ?? 0;
			out[at + 3] = this.atMs[slot] ?? Number.NEGATIVE_INFINITY;
			this.windows.select(slot);
			this.windows.copyTo(out, at + HEAD);
			at += size;
		}
		return bytes;
	}

	load(bytes: Uint8Array): readonly number[] | undefined {
		if (bytes.byteLength % 8 !== 0) return undefined;
		const numbers = new Float64Array(new Uint8Array(bytes).buffer);
		if (!areSound(numbers)) return undefined;
		const slots: number[] = [];
		for (let at = 2; at < numbers.length; ) {
			const slot = this.add();
			const end = at + HEAD + (numbers[at] ?? 0);
			this.totals[slot] = numbers[at + 1] ?? 0;
			this.outsideRuns[slot] = numbers[at + 2] ?? 0;
			this.atMs[slot] = numbers[at + 3] ?? Number.NEGATIVE_INFINITY;
			this.windows.select(slot);
			for (let i = at + HEAD; i < end; i += 1) this.windows.push(numbers[i] ?? 0);
			slots.push(slot);
			at = end;
		}
		return slots;
	}

	private isReady(slot: number): boolean {
		return (this.totals[slot] ?? 0) > this.needed;
	}

	private forget(slot: number): void {
		this.scores[slot] = 0;
		this.halves[slot] = Number.NaN;
	}

	private judge(slot: number, value: number): number {
		this.halves[slot] = Number.NaN;
		if (this.windows.size < 3) return 0;
		const { minimumChange, direction, sensitivity } = this.options;
		const usual = this.windows.quantile(0.5);
		const spread = MAD_SCALE * this.windows.medianDistance(usual);
		const width = WIDTH * WIDER[sensitivity] * (1 + SMALL_SAMPLE / this.windows.size);
		const half = Math.max(width * spread, minimumChange, Math.abs(usual) * 1e-6, 1e-12);
		// Values near the largest number there is: their spread has no number, so nothing can be said.
		if (!Number.isFinite(half) || !Number.isFinite(usual - half) || !Number.isFinite(usual + half)) return 0;
		this.usuals[slot] = usual;
		this.halves[slot] = half;
		this.swings[slot] = half === width * spread ? spread : Number.NaN;
		const distance = value - usual;
		const counted =
			direction === "both" ? Math.abs(distance) : Math.max(0, direction === "above" ? distance : -distance);
		return Math.min(counted / half, Number.MAX_VALUE);
	}
}

function isCount(value: number | undefined): value is number {
	return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}

/** Whether saved numbers are what `save` writes: version, count, and each series with a window that can be. */
function areSound(numbers: Float64Array): boolean {
	if (numbers[0] !== VERSION || !isCount(numbers[1])) return false;
	let [at, series] = [2, 0];
	for (; at < numbers.length; series += 1) {
		const [count, total, run, atMs = Number.NaN] = numbers.subarray(at, at + HEAD);
		if (!isCount(count) || !isCount(total) || !isCount(run)) return false;
		if (count > WINDOW || total < count || Number.isNaN(atMs) || atMs === Number.POSITIVE_INFINITY)
			return false;
		const window = numbers.subarray(at + HEAD, at + HEAD + count);
		if (window.length !== count || !window.every(Number.isFinite)) return false;
		at += HEAD + count;
	}
	return series === numbers[1];
}

/**
 * Median and median absolute deviation over the last 240 accepted values (Leys et al. 2013, "Detecting outliers"),
 * with a least width that matters to people. State: 2.2 KB a series.
 */
export const robustBand: BankDetector = {
	name: "robust-band",
	version: VERSION,
	open: (options) => new RobustBandBank(options),
};
