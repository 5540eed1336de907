import type { Bank, BankDetector, BankOptions, Judgement, Reason } from "../define-bank.ts";
import { FEATURES, featureGroups, LONG, writeFeatures } from "./features.ts";
import { ForestKeeper, type ForestSource, type KeptForest } from "./forest-keeper.ts";
import { loadSeries, saveSeries } from "./saved-series.ts";
import {
	LAST_MS,
	learnValue,
	NUMBERS,
	newSeries,
	RAW,
	REST_LEFT,
	REST_PEAK,
	SAID,
	SEEN,
	sortedWindow,
	writeWindow,
} from "./series-windows.ts";
import { UnseenScores } from "./unseen-scores.ts";

/** A score of 1 is a point as rare as one in 250; one knob turns it to one in 1,000 or in 100. */
const RARE = { low: 3, normal: 2.4, high: 2 } as const;
/** Points after a score in which only a higher one counts. */
const REST_POINTS = 120;
const NOTHING: Judgement = { ready: false, score: 0, outside: false, tailProbability: 1 };
const NO_FOREST: KeptForest = { forest: new Uint8Array(), scores: new Float64Array() };

export type { TrainForest } from "./forest-keeper.ts";

/** An anomaly forest on the 18 features of each point, one for all series of a bank. */
export type ForestDetector = ForestSource & { readonly name: string; readonly version: number };

/**
 * A detector of that forest. It learns from a sample of the bank's own rows, first when 64 came, again whenever half
 * as many came, and is renewed by a share of its trees once the sample is full. What counts as rare is measured on rows
 * that came after those it was trained from; until there are 192 of these, nothing is said.
 */
export function forestDetector(forest: ForestDetector): BankDetector {
	const { name, version } = forest;
	return { name, version, open: (options) => openBank(forest, options) };
}

function openBank(forest: ForestDetector, options: BankOptions): Bank {
	const { direction, minimumChange } = options;
	const held: (Float64Array | undefined)[] = [];
	const free: number[] = [];
	const keeper = new ForestKeeper(forest, FEATURES, options.stepSeconds, new UnseenScores());
	const window = new Float64Array(LONG);
	const sorted = new Float64Array(LONG);
	const row = new Float32Array(FEATURES);
	const limit = RARE[options.sensitivity];

	const hold = (series: Float64Array): number => {
		const slot = free.pop() ?? held.length;
		held[slot] = series;
		return slot;
	};

	/** Whether the newest value is on the watched side of its usual one, and far enough from it to matter. */
	const matters = (series: Float64Array, value: number): boolean => {
		const apart = value - usualOf(series);
		const counted = direction === "both" ? Math.abs(apart) : direction === "above" ? apart : -apart;
		return counted > 0 && counted >= minimumChange;
	};

	const score = (series: Float64Array, value: number, atMs: number): number => {
		learnValue(series, value, atMs);
		if ((series[SEEN] ?? 0) < LONG) return 0;
		writeWindow(series, window);
		writeFeatures(row, window, sorted, atMs);
		const rare = keeper.judge(row, atMs);
		return matters(series, value) ? rare / limit : 0;
	};

	return {
		get size() {
			return held.length - free.length;
		},
		bytesPerSeries: NUMBERS * 8,
		needed: LONG,
		add: () => hold(newSeries()),
		remove(slot) {
			if (held[slot] === undefined) return;
			held[slot] = undefined;
			free.push(slot);
		},
		push(slot, value, atMs) {
			const series = held[slot];
			if (series === undefined) return 0;
			series[RAW] = 0;
			series[SAID] = 0;
			if (!Number.isFinite(value) || !Number.isFinite(atMs) || atMs <= (series[LAST_MS] ?? 0)) return 0;
			series[RAW] = score(series, value, atMs);
			series[SAID] = afterRest(series, series[RAW]);
			return series[SAID];
		},
		judgement(slot) {
			const series = held[slot];
			if (series === undefined) return NOTHING;
			const raw = series[RAW] ?? 0;
			return {
				ready: keeper.ready && (series[SEEN] ?? 0) >= LONG,
				score: series[SAID] ?? 0,
				outside: raw > 1,
				tailProbability: 10 ** (-raw * limit),
				...((series[SEEN] ?? 0) > 0 ? { usual: usualOf(series) } : {}),
			};
		},
		reasons(slot) {
			const series = held[slot];
			if (series === undefined || !((series[RAW] ?? 0) > 1)) return [];
			writeWindow(series, window);
			writeFeatures(row, window, sorted, series[LAST_MS] ?? 0);
			return reasonsOf(row, keeper);
		},
		seen: (slot) => held[slot]?.[SEEN] ?? 0,
		save(slots) {
			// The forest is larger than many series, so it is saved once a bank: with the first series it has.
			const first = held.findIndex((series) => series !== undefined);
			return saveSeries(
				slots.map((slot) => held[slot] ?? newSeries()),
				slots.includes(first) ? keeper.kept : NO_FOREST,
			);
		},
		load(bytes) {
			const saved = loadSeries(bytes);
			if (saved === undefined) return undefined;
			keeper.take(saved);
			return saved.series.map(hold);
		},
	};
}

function usualOf(series: Float64Array): number {
	const values = sortedWindow(series);
	return values[values.length >> 1] ?? 0;
}

function afterRest(series: Float64Array, score: number): number {
	const left = Math.max(0, (series[REST_LEFT] ?? 0) - 1);
	series[REST_LEFT] = left;
	if (!(score > 0) || (left > 0 && score <= (series[REST_PEAK] ?? 0))) return 0;
	series[REST_PEAK] = score;
	series[REST_LEFT] = REST_POINTS;
	return score;
}

/** By how much the row would be less rare if a group of its features were missing. */
function reasonsOf(row: Float32Array, keeper: ForestKeeper): readonly Reason[] {
	const whole = keeper.rareness(row);
	const drops = featureGroups.map(({ columns }) => {
		const without = row.slice();
		for (const column of columns) without[column] = Number.NaN;
		return Math.max(0, whole - keeper.rareness(without));
	});
	const sum = drops.reduce((total, drop) => total + drop, 0);
	if (sum === 0) return [];
	return featureGroups
		.map(({ signal, text }, i) => ({ signal, text, share: (drops[i] ?? 0) / sum }))
		.filter(({ share }) => share >= 0.05)
		.toSorted((a, b) => b.share - a.share);
}
