import type { BankDetector, Judgement } from "../define-bank.ts";
import { loadRows, saveRows } from "./bytes.ts";
import { createJudge } from "./judge-point.ts";
import {
	ANCHOR,
	LOWEST,
	ROW_BYTES,
	SAID_HIGH,
	SAID_LOW,
	SAID_OUTSIDE,
	SAID_SCORE,
	SAID_USUAL,
	SEEN,
} from "./layout.ts";
import { createRows } from "./rows.ts";
import { tailProbability } from "./tail-probability.ts";
import { reasonsOf } from "./words.ts";

const VERSION = 2;
const NOTHING: Judgement = { ready: false, score: 0, outside: false, tailProbability: 1 };

/**
 * Several kinds of novelty of one series, each calibrated by its own past, clipped and summed: a value, a mean of twelve or a day's
 * shape unlike any before, a drift, a jump, an unusual value for the hour. Bounded state, no look-ahead, no randomness.
 */
export const stream: BankDetector = {
	name: "stream",
	version: VERSION,
	open(options) {
		const rows = createRows();
		const judge = createJudge(options);
		const { d } = rows.work;
		return {
			get size() {
				return rows.size;
			},
			bytesPerSeries: ROW_BYTES,
			needed: judge.needed,
			add: () => rows.add(),
			remove(slot) {
				rows.remove(slot);
			},
			push(slot, value, atMs) {
				if (!rows.read(slot)) return 0;
				const score = judge.push(rows.work, value, atMs);
				rows.write(slot);
				return score;
			},
			judgement: (slot) => (rows.read(slot) ? judgementOf(d, judge.needed) : NOTHING),
			reasons: (slot) => (rows.read(slot) ? reasonsOf(rows.work, options.unit ?? "count") : []),
			seen: (slot) => (rows.read(slot) ? (d[SEEN] ?? 0) : 0),
			save: (slots, room) => saveRows(rows, slots, VERSION, room),
			load: (bytes) => loadRows(rows, bytes, VERSION),
		};
	},
};

function judgementOf(d: Float64Array, needed: number): Judgement {
	const seen = d[SEEN] ?? 0;
	const anchor = d[ANCHOR] ?? 0;
	const said = {
		ready: seen >= needed,
		score: d[SAID_SCORE] ?? 0,
		outside: d[SAID_OUTSIDE] === 1,
		tailProbability: tailProbability(d),
	};
	if (seen < 3) return said;
	// What was never negative is not expected to be.
	const least = anchor + (d[LOWEST] ?? 0) >= 0 ? 0 : Number.NEGATIVE_INFINITY;
	const low = finite(Math.max(least, anchor + (d[SAID_LOW] ?? 0)));
	const band = { low, high: Math.max(low, finite(anchor + (d[SAID_HIGH] ?? 0))) };
	return { ...said, band, usual: finite(anchor + (d[SAID_USUAL] ?? 0)) };
}

function finite(value: number): number {
	return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
