import type { Bank, BankDetector, Sensitivity } from "../../models/define-bank.ts";
import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { StepTraining } from "../../models/train-in-step.ts";
import { AppError } from "../domain/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { ApiOptions, ApiPoint, ApiSeries, ApiVerdict } from "./api-point.ts";

/** Series that other programs send points of; beyond these the one that was used longest ago leaves. */
export const MOST_API_SERIES = 1000;
/** Spacings a detector is opened for: each is a bank of its own. */
const STEPS_SECONDS = [1, 5, 15, 60, 300, 900, 3600, 86_400];
const DEFAULT_STEP_SECONDS = 60;
/** Points without a time that come within the same moment follow one another. */
const SAME_MOMENT_MS = 1000;
const SLICE_MS = 8;

type Entry = {
	readonly bank: Bank;
	readonly slot: number;
	readonly detector: string;
	readonly sensitivity: Sensitivity;
	readonly direction: "above" | "below" | "both";
	readonly stepSeconds: number;
	lastAtMs: number;
	ready: boolean;
};

/** Series by names that callers choose, in the memory of this process, at most 1,000. */
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
	const begin = (name: string, options: ApiOptions): Entry => {
		const detector = deps.detector(options.detector);
		if (!detector) throw new AppError("not_found", `There is no detector "${options.detector}".`);
		if (judgesTargets({ detector: detector.name }))
			throw new AppError(
				"invalid",
				`The detector "${detector.name}" judges all metrics of a target together, and this is one series. Name another detector, or make a watch with detector: ${detector.name}.`,
			);
		const { sensitivity = "normal", direction = "both" } = options;
		const stepSeconds = nearestStep(options.stepSeconds ?? DEFAULT_STEP_SECONDS);
		const key = [detector.name, sensitivity, direction, stepSeconds].join(" ");
		const bank = banks.get(key) ?? detector.open({ stepSeconds, direction, sensitivity, minimumChange: 0 });
		banks.set(key, bank);
		while (entries.size >= MOST_API_SERIES) {
			const [oldest = ""] = entries.keys();
			drop(oldest);
			left += 1;
		}
		const begun = { detector: detector.name, sensitivity, direction, stepSeconds };
		const entry = { ...begun, bank, slot: bank.add(), lastAtMs: Number.NEGATIVE_INFINITY, ready: false };
		entries.set(name, entry);
		return entry;
	};
	const entryOf = (name: string, options: ApiOptions): Entry => {
		const known = entries.get(name);
		if (!known) return begin(name, options);
		refuseOther(name, known, options);
		entries.delete(name);
		entries.set(name, known);
		return known;
	};
	const judge = (point: ApiPoint, options: ApiOptions): ApiVerdict => {
		const { series, value } = point;
		const entry = entryOf(series, options);
		const { bank, slot, lastAtMs } = entry;
		const nowMs = deps.clock.now();
		const soon = nowMs <= lastAtMs && lastAtMs - nowMs < SAME_MOMENT_MS;
		const atMs = point.atMs ?? (soon ? lastAtMs + 1 : nowMs);
		const passedOver =
			value === null || !Number.isFinite(value)
				? "There is no value."
				: atMs <= lastAtMs
					? "It is not later than the point before."
					: undefined;
		if (passedOver !== undefined || value === null) {
			const nothing = { ready: entry.ready, score: 0, outside: false, tailProbability: 1, reasons: [] };
			const counted = { seen: bank.seen(slot), needed: bank.needed };
			return { series, atMs, ...nothing, ...counted, ...(passedOver ? { passedOver } : {}) };
		}
		points += 1;
		entry.lastAtMs = atMs;
		bank.push(slot, value, atMs);
		const { usual: _usual, ...judgement } = bank.judgement(slot);
		entry.ready = judgement.ready;
		const outside = judgement.ready && judgement.outside;
		const reasons = judgement.score > 0 ? bank.reasons(slot) : [];
		return { series, atMs, ...judgement, outside, reasons, seen: bank.seen(slot), needed: bank.needed };
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
			if (deps.training.settled()) await inStep();
			return judge(point, options);
		},
		judgeAll: async (all, options) => {
			const verdicts: ApiVerdict[] = [];
			await sliced(all, (point) => verdicts.push(judge(point, options)));
			return verdicts;
		},
		train: async (series, history, options) => {
			const stepMs = nearestStep(options.stepSeconds ?? DEFAULT_STEP_SECONDS) * 1000;
			const timed = withTimes(history, deps.clock.now(), stepMs).toSorted((a, b) => a.atMs - b.atMs);
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
				...known,
				series,
				seen: bank.seen(slot),
				needed: bank.needed,
				...(lastAtMs > Number.NEGATIVE_INFINITY ? { lastAtMs } : {}),
			})),
		}),
	};
}

/** A series keeps what it was begun with: learned under other options, its scores would mean something else. */
function refuseOther(name: string, known: Entry, options: ApiOptions): void {
	const asked = {
		...options,
		...(options.stepSeconds === undefined ? {} : { stepSeconds: nearestStep(options.stepSeconds) }),
	};
	for (const key of ["detector", "sensitivity", "direction", "stepSeconds"] as const)
		if (asked[key] !== undefined && asked[key] !== known[key])
			throw new AppError(
				"conflict",
				`${name} was begun with ${key} ${known[key]}. Leave ${key} out, use another name, or begin it anew by training it.`,
			);
}

function nearestStep(seconds: number): number {
	return STEPS_SECONDS.reduce((best, step) =>
		Math.abs(Math.log(step / seconds)) < Math.abs(Math.log(best / seconds)) ? step : best,
	);
}

/** History without times is taken as evenly spaced, up to now. AppError `invalid` where only some have a time. */
function withTimes(
	points: readonly Omit<ApiPoint, "series">[],
	nowMs: number,
	stepMs: number,
): { readonly value: number | null; readonly atMs: number }[] {
	const timed = points.filter(({ atMs }) => atMs !== undefined).length;
	if (timed !== 0 && timed !== points.length)
		throw new AppError("invalid", "Write a time at every point, or at none; nothing was learned.");
	const last = points.length - 1;
	return points.map(({ value, atMs }, index) => ({ value, atMs: atMs ?? nowMs - (last - index) * stepMs }));
}
