import { setImmediate as nextTurn } from "node:timers/promises";
import type { Gathering } from "../../models/define-bank.ts";
import { withRoom } from "../../models/slot-pool.ts";
import { parseLabelsText } from "../domain/parse-labels-text.ts";
import { labelsText } from "../domain/time-series.ts";
import { targetOf, type Watch } from "../domain/watch.ts";
import { nameRefused, slotFor, type Unscored, type WatchSlots } from "./watch-slots.ts";

/** One number of each slot. */
export type SlotValues = { readonly slots: Uint32Array; readonly values: Float64Array };

/** Turns an answer to a watch's query into one number of each slot: the values of its series, or scores of its targets. */
export type Intake = {
	/** Begins an answer; what was taken in of another is forgotten. */
	begin(): void;
	/** Takes in one element; why it is not scored, undefined where it is. */
	take(series: string, value: number, atMs: number): Unscored | undefined;
	/** What the answer comes to, once it is whole. It is written over by the next one. */
	finish(atMs: number): Promise<SlotValues>;
};

/** Series whose targets are judged before others may have the event loop: some milliseconds. */
const SLICE = 500;

/** How the answers to a watch's query are taken in: by what its bank holds. */
export function intakeOf(state: WatchSlots): Intake {
	const { gathering } = state.bank;
	return gathering ? gatherTargets(state, gathering) : takeSeries(state);
}

/** 12 bytes a series. */
function takeSeries(state: WatchSlots): Intake {
	const answer = createAnswer();
	return {
		begin: () => answer.clear(),
		take(series, value, atMs) {
			const slot = slotFor(state, series, () => targetIn(state.watch, series), atMs);
			if (typeof slot !== "number") return slot;
			answer.add(slot, value);
			return undefined;
		},
		finish: () => Promise.resolve(answer.whole()),
	};
}

function gatherTargets(state: WatchSlots, gathering: Gathering): Intake {
	const { watch, bank, table } = state;
	const answer = createAnswer();
	/** The target's key of each series that was seen lately, so that labels are read once. */
	const keys = new Map<string, { readonly key: string; readonly target: string }>();
	let touched = new Set<number>();
	const subjectOf = (series: string) => {
		const known = keys.get(series);
		if (known) return known;
		const target = targetIn(watch, series);
		if (target === undefined) return undefined;
		if (keys.size > 2 * state.maximumSeries) keys.clear();
		const subject = { key: targetKey(watch, target), target };
		keys.set(series, subject);
		return subject;
	};
	return {
		begin() {
			answer.clear();
			for (const slot of touched) gathering.discard(slot);
			touched = new Set();
		},
		take(series, value, atMs) {
			if (nameRefused(state, series)) return "too-long";
			const subject = subjectOf(series);
			if (subject === undefined) return "no-target";
			const full = gathering.series >= state.maximumSeries;
			if (full && table.slotOf(subject.key) === undefined) return "too-many";
			const slot = slotFor(state, subject.key, () => subject.target, atMs);
			if (typeof slot !== "number") return slot;
			if (!gathering.put(slot, series, value, !full)) return full ? "too-many" : "too-many-of-target";
			touched.add(slot);
			return undefined;
		},
		async finish(atMs) {
			let judged = 0;
			for (const slot of touched) {
				// Learned already: a watch that changed hands reads a little of what is in its state once more.
				if (atMs <= table.lastSeenMs(slot)) gathering.discard(slot);
				else answer.add(slot, gathering.settle(slot, atMs));
				judged += gathering.series / Math.max(1, bank.size);
				if (judged < SLICE) continue;
				judged = 0;
				await nextTurn();
			}
			touched = new Set();
			return answer.whole();
		},
	};
}

/** The labels of a target's findings, as text: what tells it from the watch's other targets. */
function targetKey({ target }: Pick<Watch, "target">, name: string): string {
	return labelsText("label" in target ? { [target.label]: name } : {});
}

function targetIn(watch: Watch, series: string): string | undefined {
	return targetOf(watch, parseLabelsText(series) ?? {});
}

function createAnswer() {
	let slots = new Uint32Array();
	let values = new Float64Array();
	let count = 0;
	return {
		clear() {
			count = 0;
		},
		add(slot: number, value: number) {
			slots = withRoom(slots, count);
			values = withRoom(values, count);
			slots[count] = slot;
			values[count] = value;
			count += 1;
		},
		whole: (): SlotValues => ({ slots: slots.subarray(0, count), values: values.subarray(0, count) }),
	};
}
