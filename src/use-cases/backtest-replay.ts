import type { Bank, BankDetector, Judgement, Reason, Sensitivity } from "../../models/define-bank.ts";
import { furtherOf } from "../domain/left-band.ts";
import { worse } from "../domain/severity.ts";
import { labelsText, type Sample, type Series } from "../domain/time-series.ts";
import { targetOf, type Watch } from "../domain/watch.ts";
import { MOST_SERIES } from "./backtest-plan.ts";
import type { BacktestFinding } from "./backtest-result.ts";
import { createSketch, type Sketch } from "./backtest-sketch.ts";
import { explainPeak, severityOf } from "./describe-finding.ts";
import { SENSITIVITIES } from "./effective-watches.ts";
import { instantsOf } from "./instants-of.ts";
import { QUIET, type SeriesTrack, trackSeries } from "./track-series.ts";

const RECENT_POINTS = 8;
/** As live scoring forgets a series that stopped coming, so does the replay. */
const FORGET_AFTER_MS = 600_000;
const FORGET_AFTER_STEPS = 5;
/** Findings of one sensitivity that are kept; all are counted. */
const MOST_FINDINGS = 500;

/** What one sensitivity made of one series. */
type Hearing = {
	slot: number;
	track: SeriesTrack;
	open: BacktestFinding | undefined;
	/** What the detector saw when that finding was told. */
	first: readonly Reason[];
};

/** A series that is replayed, or a target with all of its series. */
export type ReplayedSeries = {
	readonly key: string;
	readonly target: string;
	readonly labels: Series["labels"];
	readonly sketch: Sketch;
	readonly hearings: readonly Hearing[];
	recent: Sample[];
	lastMs: number;
};

/** What one sensitivity would have reported: the first 500 findings, oldest first, and how many in all. */
type ReplayOutcome = { readonly findings: readonly BacktestFinding[]; readonly count: number };

/** Three detectors, one for each sensitivity, over the same values, without look-ahead. */
export type Replay = {
	readonly series: readonly ReplayedSeries[];
	/** Series that were seen and not replayed: beyond the bound, or without a target. */
	readonly leftOut: number;
	readonly points: number;
	/** Whether anything was judged after the warm-up. */
	readonly wasReady: boolean;
	/** Judges every value of an answer, each series' or each target's oldest first; stops after each of them. */
	judge(answer: readonly Series[]): Generator<void>;
	outcome(sensitivity: Sensitivity): ReplayOutcome;
};

export type ReplayOptions = {
	readonly watch: Watch;
	readonly detector: BankDetector;
	readonly startMs: number;
	readonly endMs: number;
	readonly stepMs: number;
	/** Nothing is reported before this. */
	readonly warmUpEndMs: number;
};

/** An empty replay. Deterministic: it knows no clock and no chance. */
export function createReplay(options: ReplayOptions): Replay {
	const { watch, detector, startMs, endMs, stepMs, warmUpEndMs } = options;
	const banks: readonly Bank[] = SENSITIVITIES.map((sensitivity) =>
		detector.open({
			stepSeconds: stepMs / 1000,
			direction: watch.direction,
			minimumChange: watch.minimumChange,
			unit: watch.unit,
			sensitivity,
		}),
	);
	const known = new Map<string, ReplayedSeries>();
	const leftOut = new Set<string>();
	const ended: BacktestFinding[][] = SENSITIVITIES.map(() => []);
	const counts = SENSITIVITIES.map(() => 0);
	const forgetMs = Math.max(FORGET_AFTER_MS, FORGET_AFTER_STEPS * stepMs);
	let points = 0;
	let wasReady = false;

	const end = (which: number, finding: BacktestFinding) => {
		counts[which] = (counts[which] ?? 0) + 1;
		if ((ended[which]?.length ?? 0) < MOST_FINDINGS) ended[which]?.push(finding);
	};
	/** The series stopped coming: live scoring closes what was open and learns it anew. */
	const forget = (series: ReplayedSeries) => {
		for (const [which, hearing] of series.hearings.entries()) {
			if (hearing.open) end(which, { ...hearing.open, toMs: series.lastMs });
			banks[which]?.remove(hearing.slot);
			Object.assign(hearing, { slot: banks[which]?.add() ?? 0, track: QUIET, open: undefined, first: [] });
		}
		series.recent = [];
		series.lastMs = Number.NEGATIVE_INFINITY;
	};
	const forgetAfterGap = (series: ReplayedSeries, t: number) => {
		if (t - series.lastMs > forgetMs && series.lastMs > Number.NEGATIVE_INFINITY) forget(series);
	};
	const hear = (series: ReplayedSeries, which: number, { t, v }: Sample) => {
		const bank = banks[which];
		const hearing = series.hearings[which];
		if (!bank || !hearing) return;
		bank.push(hearing.slot, v, t);
		const judged = bank.judgement(hearing.slot);
		if (judged.ready && judged.band) series.sketch.addBand(which, t, judged.band);
		const before = hearing.track;
		const ready = judged.ready && t >= warmUpEndMs;
		wasReady ||= ready;
		const point = { t, ready, outside: judged.outside };
		const { track, event } = trackSeries(before, point, watch.forSeconds);
		hearing.track = track;
		if (event === "open") {
			hearing.first = bank.reasons(hearing.slot);
			hearing.open = opened(series, judged, track.outsideSinceMs ?? t, { t, v }, hearing.first);
		} else if (hearing.open && event === "close") {
			end(which, { ...hearing.open, toMs: before.insideSinceMs ?? t });
			hearing.open = undefined;
		} else if (hearing.open && judged.outside) hearing.open = risen(hearing.open, judged, v, bank, hearing);
	};
	const opened = (
		{ key, target, labels, recent }: ReplayedSeries,
		judged: Judgement,
		fromMs: number,
		{ t, v }: Sample,
		reasons: readonly Reason[],
	): BacktestFinding => {
		const band = judged.band ?? { low: v, high: v };
		const peak = recent
			.filter((sample) => sample.t >= fromMs)
			.reduce((furthest, sample) => furtherOf(band, furthest, sample.v), v);
		return {
			series: key,
			target,
			labels,
			fromMs,
			openedMs: t,
			value: v,
			peak,
			band,
			score: judged.score,
			severity: severityOf(judged.score, watch),
			reason: explainPeak(watch, peak, band, peak === v ? reasons : [], reasons),
		};
	};
	const risen = (
		finding: BacktestFinding,
		judged: Judgement,
		value: number,
		bank: Bank,
		{ slot, first }: Hearing,
	): BacktestFinding => {
		const further = furtherOf(finding.band, finding.peak, value) !== finding.peak;
		if (!further && judged.score <= finding.score) return finding;
		return {
			...finding,
			...(further
				? { peak: value, reason: explainPeak(watch, value, finding.band, bank.reasons(slot), first) }
				: {}),
			score: Math.max(finding.score, judged.score),
			severity: worse(finding.severity, severityOf(judged.score, watch)),
		};
	};

	const subjectOf = (key: string, target: string | undefined, labels: Series["labels"]) => {
		const found = known.get(key);
		if (found || target === undefined || known.size >= MOST_SERIES) return found;
		const hearings = banks.map(
			(bank): Hearing => ({ slot: bank.add(), track: QUIET, open: undefined, first: [] }),
		);
		const sketch = createSketch(startMs, endMs, banks.length);
		const fresh = { key, target, labels, sketch, hearings, recent: [], lastMs: Number.NEGATIVE_INFINITY };
		known.set(key, fresh);
		return fresh;
	};
	const push = (series: ReplayedSeries, sample: Sample) => {
		series.lastMs = sample.t;
		series.recent.push(sample);
		if (series.recent.length > RECENT_POINTS) series.recent.shift();
		series.sketch.add(sample);
		for (let which = 0; which < banks.length; which += 1) hear(series, which, sample);
	};
	function* judgeSeries(answer: readonly Series[]): Generator<void> {
		for (const { labels, samples } of answer) {
			const key = labelsText(labels);
			const series = subjectOf(key, targetOf(watch, labels), labels);
			if (!series) leftOut.add(key);
			for (const sample of series ? samples : []) {
				// What is no number says nothing, to live scoring either.
				if (!series || !Number.isFinite(sample.v) || sample.t <= series.lastMs) continue;
				forgetAfterGap(series, sample.t);
				points += 1;
				push(series, sample);
				yield;
			}
		}
	}
	/** The targets of series by the texts of their labels; undefined for those that are left out. */
	const subjects = new Map<string, ReplayedSeries | undefined>();
	const join = (key: string, labels: Series["labels"]) => {
		const target = targetOf(watch, labels);
		const mayJoin = target !== undefined && subjects.size - leftOut.size < MOST_SERIES;
		const own = target === undefined ? {} : "label" in watch.target ? { [watch.target.label]: target } : {};
		const subject = mayJoin ? subjectOf(labelsText(own), target, own) : undefined;
		if (!subject) leftOut.add(key);
		subjects.set(key, subject);
	};
	function* judgeTargets(answer: readonly Series[]): Generator<void> {
		for (const { labels } of answer) {
			const key = labelsText(labels);
			if (!subjects.has(key)) join(key, labels);
		}
		for (const { t, values } of instantsOf(answer)) {
			const touched = new Set<ReplayedSeries>();
			for (const [key, value] of values) {
				const subject = subjects.get(key);
				if (!subject || !Number.isFinite(value) || t <= subject.lastMs) continue;
				if (!touched.has(subject)) forgetAfterGap(subject, t);
				touched.add(subject);
				points += 1;
				for (const [which, { slot }] of subject.hearings.entries())
					banks[which]?.gathering?.put(slot, key, value, true);
			}
			for (const subject of touched) {
				const scores = subject.hearings.map(({ slot }, which) => banks[which]?.gathering?.settle(slot, t));
				push(subject, { t, v: scores[0] ?? Number.NaN });
				yield;
			}
		}
	}

	return {
		get series() {
			return [...known.values()];
		},
		get leftOut() {
			return leftOut.size;
		},
		get points() {
			return points;
		},
		get wasReady() {
			return wasReady;
		},
		judge: (answer) => (banks[0]?.gathering ? judgeTargets(answer) : judgeSeries(answer)),
		outcome: (sensitivity) => {
			const which = SENSITIVITIES.indexOf(sensitivity);
			const open = [...known.values()].flatMap(({ hearings, lastMs }) => {
				const finding = hearings[which]?.open;
				if (!finding) return [];
				return endMs - lastMs > forgetMs ? { ...finding, toMs: lastMs } : finding;
			});
			const findings = [...(ended[which] ?? []), ...open].toSorted(
				(a, b) => a.fromMs - b.fromMs || (a.series < b.series ? -1 : 1),
			);
			return { findings: findings.slice(0, MOST_FINDINGS), count: (counts[which] ?? 0) + open.length };
		},
	};
}
