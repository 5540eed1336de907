import type { Labels } from "../../../domain/time-series.ts";

/**
 * A `/metrics` endpoint. `instance` stays the same when a process comes back on another port, so that its series go
 * on; without one it is the host and port of the URL. `labels` are added to every series.
 */
export type ScrapeTarget = {
	readonly job: string;
	readonly url: string;
	readonly instance?: string;
	/** Seconds from scrape to scrape, 0.1 to 3,600; 5 where it is not given. */
	readonly intervalSeconds?: number;
	/** Milliseconds a scrape may take, at most the interval; 2,000 where it is not given. */
	readonly timeoutMs?: number;
	readonly labels?: Labels;
};

/** What tells targets apart: adding one again replaces it, its series go on. */
export type TargetId = { readonly job: string; readonly instance: string };

/** How a target is doing. `problem` continues "the target ..."; `lastScrapeMs` is undefined before the first scrape. */
export type TargetStatus = TargetId & {
	readonly url: string;
	readonly up: boolean;
	readonly problem: string | undefined;
	readonly lastScrapeMs: number | undefined;
	readonly samples: number;
};

/** Largest response body of a scrape. */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;

export const DEFAULT_INTERVAL_SECONDS = 5;
export const DEFAULT_TIMEOUT_MS = 2_000;

export function targetId({ job, instance, url }: ScrapeTarget): TargetId {
	return { job, instance: instance ?? new URL(url).host };
}

/** The URL as it may be shown: without user, password, query and fragment. */
export function publicUrl(url: string): string {
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`;
}
