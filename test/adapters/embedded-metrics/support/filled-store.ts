import { embeddedMetrics } from "../../../../src/adapters/embedded-metrics/embedded-source.ts";
import { createSeriesStore } from "../../../../src/adapters/embedded-metrics/store/series-store.ts";
import type { SeriesStore } from "../../../../src/adapters/embedded-metrics/store/store-contract.ts";
import { AppError } from "../../../../src/domain/errors.ts";
import type { InstantSample, Labels } from "../../../../src/domain/time-series.ts";
import type { MetricsSource } from "../../../../src/ports/metrics-source.ts";

/** A sample as [seconds, value]; the value "stale" is a staleness marker. */
export type Point = readonly [number, number | "stale"];

/** A store with the given series. */
function filledStore(data: readonly (readonly [Labels, readonly Point[]])[]): SeriesStore {
	const store = createSeriesStore();
	for (const [labels, points] of data) {
		const series = store.seriesFor(labels);
		if (!series) throw new Error("no room");
		for (const [seconds, value] of points) {
			if (value === "stale") store.markStale(series, seconds * 1000);
			else store.append(series, seconds * 1000, value);
		}
	}
	return store;
}

/** PromQL over the given series. */
export function sourceOf(data: readonly (readonly [Labels, readonly Point[]])[]): MetricsSource {
	return embeddedMetrics(filledStore(data), { now: () => 0 });
}

/** The values of an instant query at a time in seconds, by label text without quotes; {} for a scalar. */
export async function valuesAt(
	source: MetricsSource,
	query: string,
	seconds: number,
): Promise<Readonly<Record<string, number>>> {
	const samples: readonly InstantSample[] = await source.instant(query, seconds * 1000);
	return Object.fromEntries(samples.map(({ labels, v }) => [text(labels), v]));
}

const text = (labels: Labels): string =>
	`{${Object.entries(labels)
		.map(([name, value]) => `${name}=${value}`)
		.join(",")}}`;

/** The AppError that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<AppError> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}
	throw new Error("expected an error");
}
