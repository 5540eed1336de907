import { labelsText, type Series } from "../domain/time-series.ts";

/** All values of one moment, each with the text of its series' labels. */
export type Instant = { readonly t: number; readonly values: readonly (readonly [string, number])[] };

/** The samples of several series moment by moment, oldest first: what belongs together comes together. Pure. */
export function* instantsOf(all: readonly Series[]): Generator<Instant> {
	const left = all.map(({ labels, samples }) => ({ series: labelsText(labels), samples, at: 0 }));
	for (;;) {
		let t = Number.POSITIVE_INFINITY;
		for (const { samples, at } of left) t = Math.min(t, samples[at]?.t ?? t);
		if (t === Number.POSITIVE_INFINITY) return;
		const values: [string, number][] = [];
		for (const one of left) {
			const sample = one.samples[one.at];
			if (sample?.t !== t) continue;
			values.push([one.series, sample.v]);
			one.at += 1;
		}
		yield { t, values };
	}
}
