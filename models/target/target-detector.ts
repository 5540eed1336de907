import type {
	TargetBank,
	TargetDetector,
	TargetJudgement,
	TargetOptions,
} from "../define-target-detector.ts";
import { openIsolationForest } from "../isolation-forest/forest-engine.ts";
import { ForestKeeper, type TrainForest } from "../isolation-forest-18/forest-keeper.ts";
import { GOING_ON } from "./follow-alarm.ts";
import { loadTargets, saveTargets } from "./saved-targets.ts";
import { COLUMNS, type Judge, newScratch, scoreTarget } from "./score-target.ts";
import {
	ALARM,
	bytesOfTarget,
	LAST_MS,
	newTarget,
	RARE,
	regroup,
	SCORE,
	SEEN,
	type Target,
} from "./target.ts";
import { targetReasons } from "./target-reasons.ts";
import { NEEDED } from "./weights.ts";

const VERSION = 3;
/** Rows of a tree of the forest. */
const SAMPLE = 256;
/** What the threshold is multiplied by. */
export const SCALE = { low: 1.4, normal: 1, high: 0.75 } as const;
const NOTHING: TargetJudgement = { ready: false, score: 0, outside: false, tailProbability: 1 };

/**
 * Many metrics of one target. Each metric's changes over 1, 3, 6 and 12 points, and against the same time on other
 * days, are calibrated by their own past; so is how they go together (Mahalanobis). With `train`, an Isolation Forest on
 * these calibrated changes is one more signal; it is trained from all targets of the bank and renewed by shares. What is
 * outside ends when the mean over fewer points says so, not the score. State: 2.5 KB a metric, and 32 bytes for each
 * pair of them.
 */
export function targetDetector(train?: TrainForest): TargetDetector {
	return { name: "target", version: VERSION, open: (options) => openBank(options, train) };
}

function openBank({ stepSeconds, sensitivity }: TargetOptions, train: TrainForest | undefined): TargetBank {
	const held: (Target | undefined)[] = [];
	const free: number[] = [];
	const keeper =
		train === undefined
			? undefined
			: new ForestKeeper({ open: openIsolationForest, train, sample: SAMPLE }, COLUMNS, stepSeconds);
	let judge: Judge = {
		stepMs: 1000 * stepSeconds,
		scale: SCALE[sensitivity],
		scratch: newScratch(16),
		judgeRow:
			keeper === undefined
				? undefined
				: (row, atMs) => {
						const rare = keeper.rareness(row);
						keeper.learn(row, atMs);
						return rare;
					},
	};

	const hold = (target: Target): number => {
		const slot = free.pop() ?? held.length;
		keep(slot, target);
		return slot;
	};
	const keep = (slot: number, target: Target): void => {
		held[slot] = target;
		const metrics = target.names.length;
		if (metrics > judge.scratch.metrics) judge = { ...judge, scratch: newScratch(2 * metrics) };
	};

	return {
		get size() {
			return held.length - free.length;
		},
		needed: NEEDED,
		bytesOf: (slot) => {
			const target = held[slot];
			return target === undefined ? 0 : bytesOfTarget(target);
		},
		add: (metrics) => hold(newTarget(metrics)),
		remove(slot) {
			if (held[slot] === undefined) return;
			held[slot] = undefined;
			free.push(slot);
		},
		setMetrics(slot, metrics) {
			const target = held[slot];
			if (target !== undefined) keep(slot, regroup(target, metrics));
		},
		metrics: (slot) => held[slot]?.names ?? [],
		push(slot, values, atMs, streamScores) {
			const target = held[slot];
			if (target === undefined) return 0;
			if (Number.isFinite(atMs) && atMs > (target.numbers[LAST_MS] ?? 0))
				return scoreTarget(target, judge, values, atMs, streamScores);
			target.numbers[SCORE] = 0;
			target.numbers[RARE] = 0;
			return 0;
		},
		judgement(slot) {
			const target = held[slot];
			if (target === undefined) return NOTHING;
			const score = target.numbers[SCORE] ?? 0;
			return {
				ready: (target.numbers[SEEN] ?? 0) >= NEEDED,
				score,
				outside: score > 1 && target.numbers[ALARM] === GOING_ON,
				tailProbability: 10 ** -(target.numbers[RARE] ?? 0),
			};
		},
		reasons: (slot) => {
			const target = held[slot];
			return target === undefined ? [] : targetReasons(target);
		},
		seen: (slot) => held[slot]?.numbers[SEEN] ?? 0,
		save: (slots) =>
			saveTargets(
				slots.map((slot) => held[slot] ?? newTarget([])),
				keeper?.kept,
			),
		load(bytes) {
			const saved = loadTargets(bytes);
			if (saved === undefined) return undefined;
			keeper?.take(saved);
			return saved.targets.map(hold);
		},
	};
}
