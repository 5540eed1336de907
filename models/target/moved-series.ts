import type { Labels, Sample, Series } from "../../src/domain/time-series.ts";
import { labelsText } from "../../src/domain/time-series.ts";
import { nameMetrics } from "./name-metrics.ts";

/** A series whose newest values are outside of the range that it had before. */
export type MovedSeries = {
	/** As `nameMetrics` calls it among the others. */
	readonly name: string;
	readonly labels: Labels;
	/** Where most of its values were before: all but the lowest and the highest tenth. */
	readonly before: { readonly low: number; readonly high: number };
	readonly value: number;
	readonly up: boolean;
	/** How far outside it is, in widths of that range. */
	readonly distance: number;
	/** It only ever grows: it does not come back to where it was. */
	readonly counts: boolean;
};

const FEWEST_BEFORE = 5;
const NEWEST = 3;
const LEAST_DISTANCE = 0.5;
const COUNTER = /_(?:total|count|sum|bucket)$/;

/**
 * Which series of a target moved since a moment, furthest first, by nothing but their values. A range is at least a
 * thousandth of its values wide. Series with fewer than five values before are left out. Pure.
 */
export function movedSeries(all: readonly Series[], sinceMs: number): readonly MovedSeries[] {
	const names = nameMetrics(all.map(({ labels }) => labelsText(labels)));
	return all
		.flatMap(({ labels, samples }, i) => {
			const finite = samples.filter(({ v }) => Number.isFinite(v));
			const before = sorted(finite.filter(({ t }) => t < sinceMs));
			const after = sorted(finite.filter(({ t }) => t >= sinceMs).slice(-NEWEST));
			const value = after[after.length >> 1];
			if (value === undefined || before.length < FEWEST_BEFORE) return [];
			const low = before[Math.floor(0.1 * (before.length - 1))] ?? value;
			const high = before[Math.ceil(0.9 * (before.length - 1))] ?? value;
			const width = Math.max(high - low, 1e-3 * Math.max(Math.abs(low), Math.abs(high)), 1e-9);
			const distance = Math.max(value - high, low - value) / width;
			const counts = COUNTER.test(labels.__name__ ?? "") || onlyGrows(finite);
			const moved = { name: names[i] ?? "", labels, before: { low, high }, value, up: value > high };
			return distance > LEAST_DISTANCE ? [{ ...moved, distance, counts }] : [];
		})
		.toSorted((a, b) => b.distance - a.distance);
}

function sorted(samples: readonly Sample[]): readonly number[] {
	return samples.map(({ v }) => v).toSorted((a, b) => a - b);
}

/** It grows again and again and never falls, as counters do. */
function onlyGrows(samples: readonly Sample[]): boolean {
	let grown = 0;
	for (let i = 1; i < samples.length; i += 1) {
		const step = (samples[i]?.v ?? 0) - (samples[i - 1]?.v ?? 0);
		if (step < 0) return false;
		if (step > 0) grown += 1;
	}
	return grown > samples.length / 4;
}
