import { AppError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/clock.ts";
import type { Logger } from "../../../ports/logger.ts";
import { type Loop, startAlignedLoop } from "../aligned-loop.ts";
import type { SeriesStore } from "../store/store-contract.ts";
import { createTargetScraper, type TargetScraper } from "./run-scrape.ts";
import {
	DEFAULT_INTERVAL_SECONDS,
	DEFAULT_TIMEOUT_MS,
	publicUrl,
	type ScrapeTarget,
	type TargetId,
	type TargetStatus,
	targetId,
} from "./scrape-target.ts";

/** Scrapes targets that may come and go. */
export type Scraper = {
	/** Starts scraping a target, or takes over new settings for a known one. Throws `invalid` for an unusable one. */
	readonly add: (target: ScrapeTarget) => void;
	/** Stops scraping and ends the target's series; an unknown target is no error. */
	readonly remove: (id: TargetId) => Promise<void>;
	readonly targets: () => readonly TargetStatus[];
	readonly stop: () => Promise<void>;
};

type Entry = {
	target: ScrapeTarget;
	status: TargetStatus;
	readonly scraper: TargetScraper;
	loop: Loop;
	intervalMs: number;
	/** Scrapes in a row that failed. */
	failures: number;
};

const WARN_AFTER_FAILURES = 2;

export type ScraperDeps = { readonly store: SeriesStore; readonly clock: Clock; readonly logger: Logger };

export function createScraper({ store, clock, logger }: ScraperDeps): Scraper {
	const entries = new Map<string, Entry>();

	const scrape = async (entry: Entry, atMs: number): Promise<void> => {
		try {
			const { problem, samples } = await entry.scraper.scrape(entry.target, atMs);
			const up = problem === undefined;
			entry.failures = up ? 0 : entry.failures + 1;
			// A process that just starts misses one scrape; two in a row are worth a line.
			if (entry.failures === WARN_AFTER_FAILURES)
				logger.warn("a scrape target has a problem", { ...idOf(entry), problem, url: entry.status.url });
			if (up && !entry.status.up) logger.info("a scrape target answers", { ...idOf(entry), samples });
			entry.status = { ...entry.status, up, problem, samples, lastScrapeMs: atMs };
		} catch (error) {
			logger.error("a scrape failed", { ...idOf(entry), error });
		}
	};

	const startLoop = (entry: Pick<Entry, "intervalMs">, key: string): Loop =>
		startAlignedLoop(clock, entry.intervalMs, async (atMs) => {
			const current = entries.get(key);
			if (current) await scrape(current, atMs);
		});

	const add = (given: ScrapeTarget): void => {
		const { target, intervalMs } = checked(given);
		const id = targetId(target);
		const key = keyOf(id);
		const known = entries.get(key);
		if (known) {
			known.target = target;
			known.status = { ...known.status, url: publicUrl(target.url) };
			if (known.intervalMs === intervalMs) return;
			known.intervalMs = intervalMs;
			void known.loop.stop();
			known.loop = startLoop(known, key);
			return;
		}
		const status: TargetStatus = {
			...id,
			url: publicUrl(target.url),
			up: false,
			problem: undefined,
			lastScrapeMs: undefined,
			samples: 0,
		};
		const loop = startLoop({ intervalMs }, key);
		entries.set(key, { target, status, scraper: createTargetScraper(store), loop, intervalMs, failures: 0 });
	};

	const remove = async (id: TargetId): Promise<void> => {
		const entry = entries.get(keyOf(id));
		if (!entry) return;
		entries.delete(keyOf(id));
		await entry.loop.stop();
		// A target added again meanwhile goes on with the same series; they must not end under it.
		if (!entries.has(keyOf(id))) entry.scraper.end(clock.now());
	};

	return {
		add,
		remove,
		targets: () => [...entries.values()].map(({ status }) => status),
		stop: async () => {
			await Promise.all([...entries.values()].map(({ loop }) => loop.stop()));
		},
	};
}

const keyOf = ({ job, instance }: TargetId): string => `${job}\n${instance}`;
const idOf = ({ status }: Entry): TargetId => ({ job: status.job, instance: status.instance });

function checked(target: ScrapeTarget): { readonly target: ScrapeTarget; readonly intervalMs: number } {
	const seconds = target.intervalSeconds ?? DEFAULT_INTERVAL_SECONDS;
	if (!(seconds >= 0.1 && seconds <= 3_600))
		throw new AppError("invalid", `The target ${target.job} needs an interval of 0.1 to 3,600 seconds.`);
	if (!/^https?:\/\//.test(target.url) || !URL.canParse(target.url))
		throw new AppError("invalid", `The target ${target.job} needs an http or https URL.`);
	const intervalMs = Math.round(seconds * 1000);
	const timeoutMs = Math.min(target.timeoutMs ?? DEFAULT_TIMEOUT_MS, intervalMs);
	return { target: { ...target, timeoutMs }, intervalMs };
}
