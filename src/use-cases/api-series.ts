import type { Bank, BankDetector } from "../../models/define-bank.ts";
import type { StepTraining } from "../../models/train-in-step.ts";
import { AppError } from "../domain/errors.ts";
import type { Clock } from "../ports/clock.ts";
import {
	type BegunWith,
	fitDetector,
	hasValue,
	NOTHING,
	nearestStep,
	refuseAhead,
	refuseOther,
	withTimes,
} from "./api-checks.ts";
import { leavable, refuseBeyond } from "./api-places.ts";
import type { ApiOptions, ApiPoint, ApiSeries, ApiVerdict } from "./api-point.ts";
import { severityOf } from "./describe-finding.ts";
import { QUIET, type SeriesTrack, trackSeries } from "./track-series.ts";

/** Series that other programs send points of; for a further one another leaves that was not used for long. */
export const MOST_API_SERIES = 1000;
/** Points without a time that come within the same moment follow one another. */
const SAME_MOMENT_MS = 1000;
const SLICE_MS = 8;

/** No watch caps what points of other programs may be called. */
const UNCAPPED = { maximumSeverity: "critical" } as const;

type Entry = BegunWith & {
	readonly bank: Bank;
	readonly slot: number;
	lastAtMs: number;
	usedAtMs: number;
	ready: boolean;
	track: SeriesTrack;
};

/**
 * Series by names that callers choose, in the memory of this process, at most 1,000. A new one may take the place of
 * one that was not used for an hour, or a day once that had learned enough.
 */
export function createApiSeries(deps: {
	readonly clock: Clock;
	detector(name: string | undefined): BankDetector | undefined;
	/** What the detectors have trained: points wait for it, so that the same ones are judged the same. */
	readonly training: Pick<StepTraining, "settled">;
	pause(): Promise<void>;
}): ApiSeries {
	/** By use, the longest ago first. */
	const entries = new Map<string, Entry>();
	const banks = new Map<string, Bank>();
	let points = 0;
	let left = 0;

	const drop = (name: string) => {
		const entry = entries.get(name);
		entries.delete(name);
		entry?.bank.remove(entry.slot);
	};
	/** Refuses so many new series where there is no place for them. */
	const refuseTooMany = (fresh: number) => {
		const free = MOST_API_SERIES - entries.size;
		if (fresh > free) refuseBeyond(MOST_API_SERIES, fresh, free + leavable(entries, deps.clock.now()).length);
	};
	const makeRoom = () => {
		if (entries.size < MOST_API_SERIES) return;
		refuseTooMany(1);
		const [oldest = ""] = leavable(entries, deps.clock.now());
		drop(oldest);
		left += 1;
	};
	const detectorOf = ({ detector }: ApiOptions) => fitDetector(deps.detector(detector), detector);
	const bankOf = (options: ApiOptions) => {
		const detector = detectorOf(options);
		const { sensitivity = "normal", direction = "both" } = options;
		const stepSeconds = nearestStep(options.stepSeconds);
		const key = [detector.name, sensitivity, direction, stepSeconds].join(" ");
		const bank = banks.get(key) ?? detector.open({ stepSeconds, direction, sensitivity, minimumChange: 0 });
		banks.set(key, bank);
		return { detector: detector.name, sensitivity, direction, stepSeconds, bank };
	};
	const begin = (name: string, options: ApiOptions): Entry => {
		const begun = bankOf(options);
		const { bank } = begun;
		makeRoom();
		const entry: Entry = {
			...begun,
			slot: bank.add(),
			lastAtMs: Number.NEGATIVE_INFINITY,
			usedAtMs: deps.clock.now(),
			ready: false,
			track: QUIET,
		};
		entries.set(name, entry);
		return entry;
	};
	const entryOf = (name: string, options: ApiOptions): Entry => {
		const known = entries.get(name);
		if (!known) return begin(name, options);
		refuseOther(name, known, options);
		entries.delete(name);
		entries.set(name, known);
		known.usedAtMs = deps.clock.now();
		return known;
	};
	const judge = (point: ApiPoint, options: ApiOptions): ApiVerdict => {
		const { series, value } = point;
		if (!hasValue(point) && !entries.has(series)) {
			const { needed } = bankOf(options).bank;
			return { series, atMs: point.atMs ?? deps.clock.now(), ...NOTHING, ready: false, seen: 0, needed };
		}
		const entry = entryOf(series, options);
		const { bank, slot, lastAtMs } = entry;
		const nowMs = deps.clock.now();
		const soon = nowMs <= lastAtMs && lastAtMs - nowMs < SAME_MOMENT_MS;
		const atMs = point.atMs ?? (soon ? lastAtMs + 1 : nowMs);
		const passedOver = !hasValue(point)
			? NOTHING.passedOver
			: atMs <= lastAtMs
				? "It is not later than the point before."
				: undefined;
		if (passedOver !== undefined || value === null) {
			const counted = { ready: entry.ready, seen: bank.seen(slot), needed: bank.needed };
			return { series, atMs, ...NOTHING, ...counted, ...(passedOver ? { passedOver } : {}) };
		}
		points += 1;
		entry.lastAtMs = atMs;
		bank.push(slot, value, atMs);
		const { usual: _usual, ...judgement } = bank.judgement(slot);
		entry.ready = judgement.ready;
		const outside = judgement.ready && judgement.outside;
		const reasons = judgement.score > 0 ? bank.reasons(slot) : [];
		entry.track = trackSeries(entry.track, { ...judgement, t: atMs, outside }, 0).track;
		const counted = { seen: bank.seen(slot), needed: bank.needed };
		return { series, atMs, ...judgement, outside, ...alarmOf(entry.track, outside), reasons, ...counted };
	};
	/** Refuses what no series may be sent, before anything of it is learned. */
	const refuseUnfit = (all: readonly ApiPoint[], options: ApiOptions) => {
		detectorOf(options);
		const nowMs = deps.clock.now();
		const fresh = new Set<string>();
		for (const point of all) {
			const known = entries.get(point.series);
			if (!known && hasValue(point)) fresh.add(point.series);
			refuseAhead(point.series, point, known?.stepSeconds ?? nearestStep(options.stepSeconds), nowMs);
		}
		if (fresh.size > 0) refuseTooMany(fresh.size);
	};
	/** Resolves once no training is under way, at once where there is none. */
	const inStep = async () => {
		for (let trained = deps.training.settled(); trained; trained = deps.training.settled()) await trained;
	};
	/** Calls `work` for each, and lets other work have its turn in between. */
	const sliced = async <T>(items: readonly T[], work: (item: T, index: number) => void) => {
		let sinceMs = deps.clock.now();
		for (const [index, item] of items.entries()) {
			if (deps.training.settled()) await inStep();
			work(item, index);
			if (deps.clock.now() - sinceMs < SLICE_MS) continue;
			await deps.pause();
			sinceMs = deps.clock.now();
		}
	};

	return {
		judge: async (point, options) => {
			refuseUnfit([point], options);
			if (deps.training.settled()) await inStep();
			return judge(point, options);
		},
		judgeAll: async (all, options) => {
			refuseUnfit(all, options);
			const verdicts: ApiVerdict[] = [];
			await sliced(all, (point) => verdicts.push(judge(point, options)));
			return verdicts;
		},
		train: async (series, history, options) => {
			detectorOf(options);
			const [stepSeconds, nowMs] = [nearestStep(options.stepSeconds), deps.clock.now()];
			const timed = withTimes(history, nowMs, stepSeconds * 1000).toSorted((a, b) => a.atMs - b.atMs);
			refuseAhead(series, { atMs: timed.at(-1)?.atMs }, stepSeconds, nowMs);
			if (!entries.has(series)) refuseTooMany(1);
			drop(series);
			// One that is called while others are judged may have left again when its turn comes: its entry is kept here.
			const entry = begin(series, options);
			const { bank, slot } = entry;
			let learned = 0;
			await sliced(timed, ({ value, atMs }) => {
				if (entries.get(series) !== entry || value === null || atMs <= entry.lastAtMs) return;
				learned += 1;
				entry.lastAtMs = atMs;
				bank.push(slot, value, atMs);
			});
			if (entries.get(series) !== entry)
				throw new AppError("conflict", `${series} was begun anew meanwhile; nothing of this history counts.`);
			points += learned;
			entry.ready = learned > 0 && bank.judgement(slot).ready;
			const counted = { seen: bank.seen(slot), needed: bank.needed, ready: entry.ready };
			return { series, learned, passedOver: history.length - learned, ...counted };
		},
		status: () => ({
			points,
			left,
			bytes: [...banks.values()].reduce((sum, bank) => sum + bank.size * bank.bytesPerSeries, 0),
			series: [...entries].toReversed().map(([series, { bank, slot, lastAtMs, ...known }]) => ({
				series,
				detector: known.detector,
				sensitivity: known.sensitivity,
				direction: known.direction,
				stepSeconds: known.stepSeconds,
				ready: known.ready,
				seen: bank.seen(slot),
				needed: bank.needed,
				...(lastAtMs > Number.NEGATIVE_INFINITY ? { lastAtMs } : {}),
			})),
		}),
	};
}

/** Since when it is abnormal and how badly at its worst, as a finding of a watch has it; nothing where it is not. */
function alarmOf({ outsideSinceMs, peakScore = 0 }: SeriesTrack, outside: boolean) {
	if (!outside || outsideSinceMs === undefined) return {};
	return { sinceMs: outsideSinceMs, severity: severityOf(peakScore, UNCAPPED) };
}
