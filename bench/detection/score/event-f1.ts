/** One series with its scores; points before `from` are not scored. `stepSeconds` > 0. */
export type EventRun = {
	readonly scores: Float32Array | Float64Array;
	readonly labels: Uint8Array;
	readonly from: number;
	readonly stepSeconds: number;
};

/** What happened in one series at one threshold. */
export type EventCounts = {
	readonly events: number;
	readonly found: number;
	readonly episodes: number;
	readonly falseEpisodes: number;
	readonly days: number;
	/** For each event found: from its first point to its first alarm. */
	readonly delaysSeconds: readonly number[];
};

/** Shares are 0-1; what there is no figure for is NaN. */
export type EventScore = {
	readonly precision: number;
	readonly recall: number;
	readonly f1: number;
	readonly alarmsPerSeriesDay: number;
	readonly medianDelaySeconds: number;
};

/** An episode ends after so many points without an alarm. */
const QUIET_POINTS = 12;
/** An episode that goes on is told again after so many points, and counts again. */
const REMINDER_POINTS = 120;

/**
 * Counts events and alarm episodes.
 *
 * An event is a contiguous run of labelled points; it is found if an alarm (score >= threshold) falls in it. An
 * episode is what a person would be told once: it opens with an alarm, goes on while alarms are at most 12 points
 * apart, and is cut after 120 points, so that one that never ends counts again and again. An episode is false if none
 * of its alarms falls in an event. Nothing is adjusted: a point in an event that is no alarm stays none.
 */
export function countEvents(run: EventRun, threshold: number): EventCounts {
	const { scores, labels, from } = run;
	const delaysSeconds: number[] = [];
	let events = 0;
	let episodes = 0;
	let trueEpisodes = 0;
	let eventStart = -1;
	let eventFound = false;
	let opened = Number.NEGATIVE_INFINITY;
	let lastAlarm = Number.NEGATIVE_INFINITY;
	let episodeTrue = false;
	for (let i = from; i < scores.length; i += 1) {
		const inside = (labels[i] ?? 0) > 0;
		if (inside && eventStart < 0) {
			eventStart = i;
			eventFound = false;
			events += 1;
		} else if (!inside) eventStart = -1;
		if (!((scores[i] ?? 0) >= threshold)) continue;
		if (i - lastAlarm > QUIET_POINTS || i - opened >= REMINDER_POINTS) {
			opened = i;
			episodes += 1;
			episodeTrue = false;
		}
		lastAlarm = i;
		if (!inside) continue;
		if (!episodeTrue) trueEpisodes += 1;
		episodeTrue = true;
		if (!eventFound) delaysSeconds.push((i - eventStart) * run.stepSeconds);
		eventFound = true;
	}
	const days = ((scores.length - from) * run.stepSeconds) / 86_400;
	const falseEpisodes = episodes - trueEpisodes;
	return { events, found: delaysSeconds.length, episodes, falseEpisodes, days, delaysSeconds };
}

/**
 * Precision is the share of episodes that are true: of what people were told, how much was so. Recall is the share of
 * events that were found. All counts are added up first (micro), for a series without events can only show false
 * alarms. Without any alarm precision is 0. Calling everything abnormal has the share of labelled time as its precision.
 */
export function sumEvents(counts: readonly EventCounts[]): EventScore {
	const sum = (pick: (count: EventCounts) => number) => counts.reduce((total, one) => total + pick(one), 0);
	const found = sum((one) => one.found);
	const events = sum((one) => one.events);
	const episodes = sum((one) => one.episodes);
	const precision = episodes === 0 ? 0 : 1 - sum((one) => one.falseEpisodes) / episodes;
	const recall = events === 0 ? Number.NaN : found / events;
	const delays = counts.flatMap((one) => one.delaysSeconds).toSorted((a, b) => a - b);
	return {
		precision,
		recall,
		f1: precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : recall,
		alarmsPerSeriesDay: episodes / sum((one) => one.days),
		medianDelaySeconds: delays[delays.length >> 1] ?? Number.NaN,
	};
}

/** Event precision, recall and F1 of several series at one threshold, the same for all. */
export function scoreEvents(runs: readonly EventRun[], threshold: number): EventScore {
	return sumEvents(runs.map((run) => countEvents(run, threshold)));
}

/** The best F1 that 1 or any of `steps` other thresholds reaches, chosen on the very labels: an oracle, never a result. */
export function oracleEvents(
	runs: readonly EventRun[],
	steps: number = 200,
): EventScore & { readonly threshold: number } {
	let best = { ...scoreEvents(runs, 1), threshold: 1 };
	for (const threshold of candidates(runs, steps)) {
		const score = scoreEvents(runs, threshold);
		if (score.f1 > best.f1) best = { ...score, threshold };
	}
	return best;
}

/** Thresholds at quantiles that grow denser towards the highest scores, where alarms are rare. */
function candidates(runs: readonly EventRun[], steps: number): readonly number[] {
	const all = new Float64Array(runs.reduce((sum, run) => sum + run.scores.length - run.from, 0));
	let filled = 0;
	for (const run of runs) {
		for (let i = run.from; i < run.scores.length; i += 1) {
			all[filled] = run.scores[i] || 0;
			filled += 1;
		}
	}
	all.sort();
	const picked = new Set<number>();
	for (let step = 0; step < steps; step += 1) {
		const above = Math.floor(all.length ** (step / (steps - 1)));
		const threshold = all[all.length - above] ?? 0;
		if (threshold > 0) picked.add(threshold);
	}
	return [...picked];
}
