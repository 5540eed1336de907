import type { BankOptions } from "../define-bank.ts";
import { learnTail } from "./calibration.ts";
import { followEpisode } from "./episode.ts";
import { EXPECTED, expect, HALF, learnExpectation, USUAL, YOUNG_SCALE } from "./expected-band.ts";
import {
	ANCHOR,
	EPISODE,
	FAST,
	FIRST_MS,
	HELD_HIGH,
	HELD_LOW,
	LAST_MS,
	LEVEL_CAPACITY,
	PARTS,
	SAID_HIGH,
	SAID_LOW,
	SAID_OUTSIDE,
	SAID_RAW,
	SAID_SCORE,
	SAID_USUAL,
	SEEN,
	SIGNALS,
	SLOW,
	TAIL_SCORE,
	USUAL_CHANGE,
	USUAL_DRIFT,
} from "./layout.ts";
import { afterRest } from "./rest.ts";
import type { Row } from "./rows.ts";
import { scoreParts } from "./score-parts.ts";
import { hourKnown, usualAt } from "./season.ts";
import { CHANGE, DRIFT, RAW_SIGNALS, readSignals, VISITS } from "./signals.ts";
import {
	AGGREGATE_PART,
	BAND_PART,
	DRIFT_PART,
	SENSITIVITY,
	SHAPE_PART,
	SHAPE_RECORD_PART,
	SIGNALS_ALONE_FROM,
	SIGNALS_FROM,
	THRESHOLD,
} from "./weights.ts";

/** Values further than this from the first one are taken to be this far: squares and floats stay finite. */
const FARTHEST = 1e30;
/** A jump of so many deviations of a young series is a score of 1. */
const YOUNG_DEVIATIONS = 8;
const USUAL_RATE = 0.002;

/** What one watch's points are judged by; made once, with its scratch arrays. */
export type Judge = {
	/** Judges a value into the row and gives its score; a value that can't be used changes nothing but what was said. */
	push(row: Row, value: number, atMs: number): number;
	readonly needed: number;
};

/** A judge for the options of a watch. */
export function createJudge(options: BankOptions): Judge {
	const step = options.stepSeconds > 0 ? options.stepSeconds : 60;
	const needed = Math.max(8, Math.min(30, Math.floor(75 / step)));
	const perHour = Math.max(1, 3600 / step);
	const acceptMs = 1000 * Math.max(3600, 120 * step);
	const scale = SENSITIVITY[options.sensitivity] * THRESHOLD;
	const anything = options.direction === "both" && !(options.minimumChange > 0);
	const signals = new Float64Array(RAW_SIGNALS);
	const expected = new Float64Array(EXPECTED);

	/** Whether a deviation is on the watched side and large enough to matter. */
	const matters = (deviation: number): boolean => {
		if (anything) return true;
		const counted =
			options.direction === "both"
				? Math.abs(deviation)
				: options.direction === "above"
					? deviation
					: -deviation;
		return counted > Math.max(0, options.minimumChange);
	};

	const sumParts = ({ d, f }: Row, apart: number): number => {
		const now = matters(apart);
		const drifting = matters((d[FAST] ?? 0) - (d[SLOW] ?? 0));
		let sum = 0;
		for (let i = 0; i < SIGNALS; i += 1) {
			const slow = i === DRIFT_PART || i === AGGREGATE_PART || i === SHAPE_PART || i === SHAPE_RECORD_PART;
			if (!(slow ? drifting : now)) f[PARTS + i] = 0;
			sum += f[PARTS + i] ?? 0;
		}
		return sum;
	};

	return {
		needed,
		push(row, value, atMs) {
			const { d, f } = row;
			const seen = d[SEEN] ?? 0;
			if (!Number.isFinite(value) || !Number.isFinite(atMs) || (seen > 0 && atMs <= (d[LAST_MS] ?? 0))) {
				passOver(row);
				return 0;
			}
			if (seen === 0) {
				d[ANCHOR] = value;
				d[FIRST_MS] = atMs;
			}
			d[LAST_MS] = atMs;
			const anchor = d[ANCHOR] ?? 0;
			const x = Math.max(-FARTHEST, Math.min(FARTHEST, value - anchor));
			const least = Math.max(1e-9 * Math.abs(anchor), 1e-12);
			const season = hourKnown(f, atMs, VISITS * perHour) ? usualAt(f, atMs) : Number.NaN;
			expect(d, f, season, least, expected);
			const usual = expected[USUAL] ?? 0;
			const half = Math.max(expected[HALF] ?? 0, options.minimumChange, 1e-6 * Math.abs(usual + anchor));
			const low = usual - half;
			const high = usual + half;
			const young =
				seen < needed ? 0 : Math.abs(x - usual) / (YOUNG_DEVIATIONS * (expected[YOUNG_SCALE] ?? 1));
			learnExpectation(d, x, season, expected, d[EPISODE] !== 1);
			readSignals(d, f, x, atMs, perHour, least, signals);
			const share = Math.max(0, Math.min(1, (seen - SIGNALS_FROM) / (SIGNALS_ALONE_FROM - SIGNALS_FROM)));
			scoreParts(d, f, signals, share);
			f[PARTS + BAND_PART] =
				seen < LEVEL_CAPACITY || share < 1 ? THRESHOLD * (1 - share) * Math.min(young, 100) : 0;
			const raw = sumParts(row, x - usual);
			const score = seen < needed ? 0 : afterRest(d, raw) / scale;
			d[SAID_OUTSIDE] =
				seen >= needed && followEpisode(d, x, atMs, score >= 1, low, high, acceptMs, options.direction)
					? 1
					: 0;
			say(row, score, raw, usual, low, high);
			learnTail(d, TAIL_SCORE, raw);
			d[USUAL_DRIFT] =
				(d[USUAL_DRIFT] ?? 0) + USUAL_RATE * (Math.abs(signals[DRIFT] ?? 0) - (d[USUAL_DRIFT] ?? 0));
			d[USUAL_CHANGE] =
				(d[USUAL_CHANGE] ?? 0) + USUAL_RATE * ((signals[CHANGE] ?? 0) - (d[USUAL_CHANGE] ?? 0));
			return score;
		},
	};
}

function passOver({ d, f }: Row): void {
	d[SAID_SCORE] = 0;
	d[SAID_RAW] = 0;
	d[SAID_OUTSIDE] = 0;
	f.fill(0, PARTS, PARTS + SIGNALS);
}

/** An episode keeps the band with which it began. */
function say({ d }: Row, score: number, raw: number, usual: number, low: number, high: number): void {
	const held = d[EPISODE] === 1;
	d[SAID_SCORE] = score;
	d[SAID_RAW] = raw;
	d[SAID_LOW] = held ? (d[HELD_LOW] ?? 0) : low;
	d[SAID_HIGH] = held ? (d[HELD_HIGH] ?? 0) : high;
	d[SAID_USUAL] = held ? ((d[HELD_LOW] ?? 0) + (d[HELD_HIGH] ?? 0)) / 2 : usual;
}
