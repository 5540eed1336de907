import type { BankOptions } from "../define-bank.ts";
import { NO_RANGE } from "./abnormal-ranges.ts";
import { createEpisodes, heldSide, LASTING_ALARM, NO_ALARM, POINT_ALARM } from "./episode.ts";
import {
	EXPECTED,
	expect,
	FAR_CENTRE,
	FAR_HALF,
	HALF,
	learnExpectation,
	SCALE,
	USUAL,
} from "./expected-band.ts";
import {
	AGGREGATES,
	ANCHOR,
	AWAY,
	EPISODE,
	FIRST_MS,
	HELD_HIGH,
	HELD_LOW,
	LAST_MS,
	PARTS,
	RING,
	SAID_HIGH,
	SAID_LOW,
	SAID_OUTSIDE,
	SAID_RAW,
	SAID_SCORE,
	SAID_USUAL,
	SEEN,
	SIGNALS,
	STEP_MS,
	VARIANCE,
} from "./layout.ts";
import { createSumParts } from "./matters.ts";
import { afterRest } from "./rest.ts";
import type { Row } from "./rows.ts";
import { scoreParts } from "./score-parts.ts";
import { hourKnown, usualAt } from "./season.ts";
import { RAW_SIGNALS, readSignals, VISITS } from "./signals.ts";
import { learnScore } from "./tail-probability.ts";
import {
	BAND_PART,
	LASTING_PARTS,
	SENSITIVITY,
	SIGNALS_ALONE_FROM,
	SIGNALS_FROM,
	THRESHOLD,
} from "./weights.ts";
import { youngScore } from "./young-score.ts";

/** Values further than this from the first one are taken to be this far: squares and floats stay finite. */
const FARTHEST = 1e30;
/** Differences below this part of a value are rounding, not change. */
const ROUNDING = 1e-9;
const SMALLEST = 1e-12;
/** The narrowest band that a chart can show, as a part of the value. */
const NARROWEST = 1e-6;

const STEP_RATE = 0.003;
/**
 * Series of a fine step have many points a day, so chance has many tries: a value in its band is outside by what lasts only
 * from a score that is this much higher for each halving of five minutes. Scores themselves know no step.
 */
const FINE_STEPS = 0.1;
const COARSE_STEP = 300;
/** And by so much more, at first, while few shapes are known to compare with. */
const FEW_SHAPES = 0.4;

/**
 * A value so many half widths of its band and so many deviations of the whole series from the usual is abnormal though
 * weeks ago there was one like it: an outage that comes every month is one each time.
 */
const GONE_HALVES = 8;
const GONE_DEVIATIONS = 20;
/** What stays so many points that far away is, too, whatever the series has been through. */
const AWAY_POINTS = 24;
/** A value so many times as far from the usual as its band reaches is told of also while smaller scores rest. */
const FAR_OUT = 2;

/** What one watch's points are judged by; made once, with its scratch arrays. */
type Judge = {
	/** Judges a value into the row and gives its score; of a value that can't be used nothing is learned. */
	push(row: Row, value: number, atMs: number): number;
	/** Points that must be seen before anything may be reported: about 75 s of them, 8 to 30. */
	readonly needed: number;
};

/** A judge for the options of a watch; a step that is not positive is taken to be a minute. */
export function createJudge(options: BankOptions): Judge {
	const step = options.stepSeconds > 0 ? options.stepSeconds : 60;
	const needed = Math.max(8, Math.min(30, Math.floor(75 / step)));
	const perHour = Math.max(1, 3600 / step);
	const acceptMs = 1000 * Math.max(3600, 120 * step);
	const gone = SENSITIVITY[options.sensitivity];
	const threshold = gone * THRESHOLD;
	const lastingScore = 1 + FINE_STEPS * Math.max(0, Math.log2(COARSE_STEP / step));
	const episodes = createEpisodes(options.direction, acceptMs);
	const sumParts = createSumParts(options);
	const signals = new Float64Array(RAW_SIGNALS);
	const expected = new Float64Array(EXPECTED);
	return {
		needed,
		push(row, value, atMs) {
			const { d, f } = row;
			const seen = d[SEEN] ?? 0;
			const later = seen === 0 || atMs > (d[LAST_MS] ?? 0);
			if (!Number.isFinite(value) || !Number.isFinite(atMs) || !later) return passOver(row);
			count(d, value, atMs);
			const anchor = d[ANCHOR] ?? 0;
			const x = Math.max(-FARTHEST, Math.min(FARTHEST, value - anchor));
			const least = Math.max(ROUNDING * Math.min(Math.abs(anchor), Math.abs(value)), SMALLEST);
			const deviation = Math.sqrt(d[VARIANCE] ?? 0);
			const season = hourKnown(f, atMs, VISITS * perHour) ? usualAt(f, atMs) : Number.NaN;
			expect(d, f, season, least, expected);
			const usual = expected[USUAL] ?? 0;
			const narrowest = Math.max(NARROWEST * Math.abs(usual + anchor), options.minimumChange || 0);
			const half = Math.max(expected[HALF] ?? 0, narrowest);
			const young = seen < needed ? 0 : youngScore(seen, x - usual, expected[SCALE] ?? 0, least);
			readSignals(d, f, x, atMs, perHour, least, signals);
			const share = (seen - SIGNALS_FROM) / (SIGNALS_ALONE_FROM - SIGNALS_FROM);
			const heard = Math.max(0, Math.min(1, share));
			scoreParts(d, f, signals, heard);
			const departed = onWatchedSide(x - usual, options.direction);
			const isGone = departed > gone * Math.max(GONE_HALVES * half, GONE_DEVIATIONS * deviation);
			const isAway = countAway(d, departed > gone * FAR_OUT * half) === AWAY_POINTS;
			const isMissed = heard === 1 && d[EPISODE] === 0 && (isGone || isAway);
			f[PARTS + BAND_PART] = isMissed ? threshold : THRESHOLD * (1 - heard) * young;
			const moved = farther(x - usual, x - (expected[FAR_CENTRE] ?? 0), options.direction);
			const raw = sumParts(row, moved, Number.isNaN(season) ? moved : x - season);
			episodes.accept(row, x, atMs);
			if (d[EPISODE] === 0) holdBand(d, expected, half);
			const isFarOut = departed > FAR_OUT * half;
			const news = seen < needed ? 0 : afterRest(d, raw, isFarOut) / threshold;
			const range = seen < needed ? NO_RANGE : episodes.returned(row, x, atMs);
			const peak = episodes.peakAgain(row, x, range);
			// What comes again is as bad as it was, where it is as far from its band.
			const again = peak > 0 ? Math.max(1, Math.min(peak, Math.abs(moved) / half)) : 0;
			const score = Math.max(news, again);
			const unknown = Math.max(0, 1 - (d[AGGREGATES] ?? 0) / (2 * RING));
			const lasts = score >= lastingScore * (1 + FEW_SHAPES * unknown) && isLasting(f, raw);
			const alarm = score < 1 ? NO_ALARM : lasts ? LASTING_ALARM : POINT_ALARM;
			const inBand = departed <= half;
			const outside = episodes.follow(row, x, atMs, score, alarm, inBand, range);
			say(d, score, raw, outside, usual, half);
			// What is wrong now is not what is expected next.
			const wrong = d[EPISODE] !== 0 && heldSide(d, x) !== 0;
			if (!wrong) learnExpectation(d, x, season, expected, d[EPISODE] === 0);
			learnScore(d, raw);
			return score;
		},
	};
}

/** What follows a leak closely expects its next value; how far it has gone is seen from further away. */
function farther(a: number, b: number, direction: BankOptions["direction"]): number {
	if (direction === "both") return Math.abs(a) >= Math.abs(b) ? a : b;
	return direction === "above" ? Math.max(a, b) : Math.min(a, b);
}

function onWatchedSide(apart: number, direction: BankOptions["direction"]): number {
	return direction === "both" ? Math.abs(apart) : direction === "above" ? apart : -apart;
}

/**
 * The band that an episode beginning now is held against. A series that wanders is expected near its last value; whether it has
 * come back is a matter of the wider range it wandered in.
 */
function holdBand(d: Float64Array, expected: Float64Array, half: number): void {
	const centre = expected[FAR_CENTRE] ?? 0;
	const far = expected[FAR_HALF] ?? 0;
	const held = Math.max(half, far);
	d[HELD_LOW] = centre - held;
	d[HELD_HIGH] = centre + held;
}

function count(d: Float64Array, value: number, atMs: number): void {
	const seen = d[SEEN] ?? 0;
	if (seen === 0) {
		d[ANCHOR] = value;
		d[FIRST_MS] = atMs;
	} else {
		const step = d[STEP_MS] ?? 0;
		d[STEP_MS] = step + Math.max(1 / seen, STEP_RATE) * (atMs - (d[LAST_MS] ?? 0) - step);
	}
	d[LAST_MS] = atMs;
}

/** Whether most of the score comes from what judges more than the newest value. */
function isLasting(f: Float32Array, raw: number): boolean {
	let sum = 0;
	for (const part of LASTING_PARTS) sum += f[PARTS + part] ?? 0;
	return raw > 0 && sum >= raw / 2;
}

/** Points in a row that are far out and belong to no episode, this one counted in. */
function countAway(d: Float64Array, isFarOut: boolean): number {
	if (d[EPISODE] !== 0) return 0;
	const points = isFarOut ? (d[AWAY] ?? 0) + 1 : 0;
	d[AWAY] = points;
	return points;
}

function passOver({ d, f }: Row): number {
	d[SAID_SCORE] = 0;
	d[SAID_RAW] = 0;
	d[SAID_OUTSIDE] = 0;
	f.fill(0, PARTS, PARTS + SIGNALS);
	return 0;
}

/** What was said; while an episode lasts, with the band that it began with. */
function say(
	d: Float64Array,
	score: number,
	raw: number,
	outside: boolean,
	usual: number,
	half: number,
): void {
	const held = d[EPISODE] !== 0;
	d[SAID_SCORE] = score;
	d[SAID_RAW] = raw;
	d[SAID_OUTSIDE] = outside ? 1 : 0;
	d[SAID_LOW] = held ? (d[HELD_LOW] ?? 0) : usual - half;
	d[SAID_HIGH] = held ? (d[HELD_HIGH] ?? 0) : usual + half;
	d[SAID_USUAL] = held ? ((d[HELD_LOW] ?? 0) + (d[HELD_HIGH] ?? 0)) / 2 : usual;
}
