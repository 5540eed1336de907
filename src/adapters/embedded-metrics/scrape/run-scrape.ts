import { performance } from "node:perf_hooks";
import { createSeriesSession, type Reading } from "../store/series-session.ts";
import type { SeriesStore } from "../store/store-contract.ts";
import { FetchError, fetchText } from "./fetch-text.ts";
import { ExpositionError, parseExposition, parseSeries } from "./parse-exposition.ts";
import { DEFAULT_TIMEOUT_MS, MAX_BODY_BYTES, type ScrapeTarget, targetId } from "./scrape-target.ts";
import { withTargetLabels } from "./target-labels.ts";

/** How one scrape went. `problem` is undefined when it succeeded. */
type ScrapeResult = { readonly problem: string | undefined; readonly samples: number };

/** Scrapes of one target, one after the other, which share what they know of its series. */
export type TargetScraper = {
	/** Scrapes once; the samples get the time `t`. Never rejects: a failure is a result, up = 0 and stale series. */
	readonly scrape: (target: ScrapeTarget, t: number) => Promise<ScrapeResult>;
	/** The target is gone: all of its series end at `t`, `up` included. */
	readonly end: (t: number) => void;
};

const REPORT_HELP = {
	up: "1 when the last scrape of the target succeeded, else 0.",
	scrape_duration_seconds: "How long the last scrape took.",
	scrape_samples_scraped: "Samples that the target exposed at the last scrape.",
} as const;

export function createTargetScraper(store: SeriesStore): TargetScraper {
	const exposed = createSeriesSession(store);
	const report = createSeriesSession(store);
	for (const [name, help] of Object.entries(REPORT_HELP)) store.describe({ name, help, type: "gauge" });

	const scrape = async (target: ScrapeTarget, t: number): Promise<ScrapeResult> => {
		const started = performance.now();
		const result = await attempt(target, t);
		const seconds = (performance.now() - started) / 1000;
		const up = result.problem === undefined ? 1 : 0;
		const values = { up, scrape_duration_seconds: seconds, scrape_samples_scraped: result.samples };
		report.record(
			t,
			Object.entries(values).map(([name, value]) => reading(name, value, target)),
		);
		return result;
	};

	const attempt = async (target: ScrapeTarget, t: number): Promise<ScrapeResult> => {
		try {
			const limits = { timeoutMs: target.timeoutMs ?? DEFAULT_TIMEOUT_MS, maxBytes: MAX_BODY_BYTES };
			const { samples, metadata } = parseExposition(await fetchText(target.url, limits));
			const readings = samples.map(({ series, value }) => reading(series, value, target));
			exposed.record(t, readings);
			for (const one of metadata) store.describe(one);
			return { problem: undefined, samples: samples.length };
		} catch (error) {
			exposed.end(t);
			return { problem: problemOf(error), samples: 0 };
		}
	};

	const end = (t: number): void => {
		exposed.end(t);
		report.end(t);
	};

	return { scrape, end };
}

function reading(series: string, value: number, target: ScrapeTarget): Reading {
	const labels = () => withTargetLabels(parseSeries(series), { ...target.labels, ...targetId(target) });
	return { key: series, value, labels };
}

function problemOf(error: unknown): string {
	if (error instanceof FetchError) return error.reason;
	if (error instanceof ExpositionError) return `sent something else than metrics: ${error.reason}`;
	throw error;
}
