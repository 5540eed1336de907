import { AppError } from "../../src/domain/errors.ts";
import { type InstantSample, type Labels, labelsText, type Series } from "../../src/domain/time-series.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";

/** The value of one series at a time; undefined: no sample there. */
type Curve = { readonly labels: Labels; readonly at: (t: number) => number | undefined };

/** A metrics source whose answers a test writes. */
export type FakeMetrics = MetricsSource & {
	/** Answers every query with these series. */
	show(...curves: readonly Curve[]): void;
	/** Answers every query with one series without labels. */
	showValue(at: (t: number) => number | undefined): void;
	/** Every query fails with this; `undefined` ends it. */
	fail(error: unknown): void;
	/** Every answer waits for this first. */
	delay(gate: (() => Promise<void>) | undefined): void;
	/** The queries asked so far. */
	readonly asked: readonly string[];
};

/** A source that knows nothing until it is told. */
export function fakeMetrics(): FakeMetrics {
	let curves: readonly Curve[] = [];
	let error: unknown;
	let gate: (() => Promise<void>) | undefined;
	const asked: string[] = [];
	const answer = async <T>(query: string, make: () => T): Promise<T> => {
		asked.push(query);
		await gate?.();
		if (error) throw error;
		return make();
	};
	return {
		kind: "embedded",
		asked,
		show: (...list) => {
			curves = list;
		},
		showValue: (at) => {
			curves = [{ labels: {}, at }];
		},
		fail: (next) => {
			error = next;
		},
		delay: (next) => {
			gate = next;
		},
		instant: (query, atMs) =>
			answer(query, () =>
				curves.flatMap(({ labels, at }): InstantSample[] => {
					const v = at(atMs);
					return v === undefined ? [] : [{ labels, t: atMs, v }];
				}),
			),
		eachInstant: (query, atMs, visit) =>
			answer(query, () => {
				for (const { labels, at } of curves) {
					const v = at(atMs);
					if (v !== undefined) visit(labelsText(labels), v);
				}
			}),
		range: (query, { startMs, endMs, stepMs }) =>
			answer(query, () => {
				if (stepMs <= 0 || endMs < startMs) throw new AppError("invalid", "A span must go forward.");
				return curves.map(({ labels, at }): Series => {
					const samples: { t: number; v: number }[] = [];
					for (let t = startMs; t <= endMs; t += stepMs) {
						const v = at(t);
						if (v !== undefined) samples.push({ t, v });
					}
					return { labels, samples };
				});
			}),
		metadata: () => answer("", () => []),
	};
}
