import type { Bank, BankDetector, BankOptions, Gathering, Judgement, Reason } from "../define-bank.ts";
import { stream } from "../stream/stream.ts";
import { joinBytes, splitBytes } from "./joined-bytes.ts";
import { TARGET_DETECTOR } from "./judges-targets.ts";
import { nameMetrics } from "./name-metrics.ts";
import { MOST_METRICS } from "./target.ts";
import { SCALE, targetDetector } from "./target-detector.ts";
import {
	forgetMissing,
	isHeld,
	join,
	type Members,
	marks,
	newMembers,
	noteValue,
	takeMark,
} from "./target-members.ts";

const targets = targetDetector();
/** What single series are judged by on the way, told nothing about any of them, as in the benchmark. */
const SINGLE = { direction: "both", minimumChange: 0, sensitivity: "normal" } as const;
/** A series that does not come is forgotten after this, as live scoring forgets one. */
const FORGET_AFTER_MS = 600_000;
const FORGET_AFTER_STEPS = 5;
/** Bytes of one metric beside its stream, and of a target. */
const METRIC_BYTES = 2600;
const TARGET_BYTES = 1000;

/**
 * The detector of targets as a bank whose slots are targets: it gathers the values of their series, has each judged by
 * `stream`, and all together by `models/target`. State: 5.5 KB a series, and 32 bytes for each pair of a target's.
 */
export const targetBanks: BankDetector = {
	name: TARGET_DETECTOR,
	version: 100 * targets.version + stream.version,
	open: openTargetBank,
};

function openTargetBank({ stepSeconds, sensitivity }: BankOptions): Bank {
	const bank = targets.open({ stepSeconds, sensitivity });
	const single = stream.open({ ...SINGLE, stepSeconds });
	const scale = SCALE[sensitivity];
	const forgetMs = Math.max(FORGET_AFTER_MS, FORGET_AFTER_STEPS * 1000 * stepSeconds);
	const held = new Map<number, Members>();
	let series = 0;

	const settle = (slot: number, atMs: number): number => {
		const members = held.get(slot);
		if (!members?.put) return Number.NaN;
		members.put = false;
		const gone = forgetMissing(members, atMs - forgetMs);
		for (const one of gone) single.remove(one);
		series -= gone.length;
		if (members.changed || gone.length > 0) bank.setMetrics(slot, members.names);
		members.changed = false;
		const { names, values, newest, said, seenMs, streams } = members;
		for (let i = 0; i < names.length; i += 1) {
			const value = values[i] ?? Number.NaN;
			said[i] = 0;
			if (!Number.isFinite(value)) {
				newest[i] = value;
				// One that was read from bytes is waited for from now on.
				if (Number.isNaN(seenMs[i])) seenMs[i] = atMs;
				continue;
			}
			seenMs[i] = atMs;
			noteValue(members, i, value);
			const at = streams[i] ?? 0;
			const ready = single.seen(at) >= single.needed;
			const score = single.push(at, value, atMs);
			if (ready) said[i] = score;
		}
		const score = bank.push(slot, newest.subarray(0, names.length), atMs, said);
		values.fill(Number.NaN);
		const isOutside = (i: number) => Number.isFinite(newest[i]) && single.judgement(streams[i] ?? 0).outside;
		members.held = isHeld(members, bank.judgement(slot).outside, isOutside);
		return score * scale;
	};
	const gathering: Gathering = {
		get series() {
			return series;
		},
		put(slot, name, value, mayJoin) {
			const members = held.get(slot);
			if (members === undefined) return false;
			let place = members.places.get(name);
			if (place === undefined) {
				if (!mayJoin || members.names.length >= MOST_METRICS) return false;
				place = join(members, name, single.add());
				series += 1;
			}
			members.values[place] = value;
			members.put ||= Number.isFinite(value);
			return true;
		},
		settle,
		discard(slot) {
			const members = held.get(slot);
			if (members === undefined) return;
			members.values.fill(Number.NaN);
			members.put = false;
		},
	};
	const judgement = (slot: number): Judgement => {
		const said = bank.judgement(slot);
		const outside = said.outside || held.get(slot)?.held === true;
		return { ...said, outside, band: { low: 0, high: scale }, usual: 0 };
	};
	const marksOf = (slots: readonly number[]): Uint8Array =>
		Uint8Array.from(slots.flatMap((slot) => marks(held.get(slot) ?? newMembers())));
	const forget = (slot: number) => {
		const members = held.get(slot);
		if (members === undefined) return;
		for (const one of members.streams) single.remove(one);
		series -= members.names.length;
		held.delete(slot);
		bank.remove(slot);
	};

	return {
		get size() {
			return bank.size;
		},
		get bytesPerSeries() {
			const each = METRIC_BYTES + single.bytesPerSeries;
			return Math.ceil(TARGET_BYTES + (bank.size === 0 ? each : (each * series) / bank.size));
		},
		needed: bank.needed,
		add() {
			const slot = bank.add([]);
			held.set(slot, newMembers());
			return slot;
		},
		remove: forget,
		push: (slot) => bank.judgement(slot).score,
		judgement,
		reasons(slot) {
			const members = held.get(slot);
			if (members === undefined) return [];
			const called = nameMetrics(members.names);
			return bank.reasons(slot).map(({ metric, signal, share, text }): Reason => {
				const place = metric === undefined ? undefined : members.places.get(metric);
				if (place === undefined) return { signal, share, text };
				const { ready, band } = single.judgement(members.streams[place] ?? 0);
				const told = { name: called[place] ?? "", value: members.newest[place] ?? Number.NaN };
				return { signal, share, text, metric: ready && band ? { ...told, band } : told };
			});
		},
		seen: (slot) => bank.seen(slot),
		save(slots) {
			for (const slot of slots) {
				const members = held.get(slot);
				if (members?.changed) bank.setMetrics(slot, members.names);
				if (members) members.changed = false;
			}
			const streams = slots.flatMap((slot) => held.get(slot)?.streams ?? []);
			return joinBytes(bank.save(slots), joinBytes(marksOf(slots), single.save(streams)));
		},
		load(bytes) {
			const [ofTargets, rest] = splitBytes(bytes) ?? [];
			const [saved, ofSeries] = (rest && splitBytes(rest)) ?? [];
			const slots = ofTargets && bank.load(ofTargets);
			const streams = ofSeries && single.load(ofSeries);
			const wanted = slots?.reduce((sum, slot) => sum + bank.metrics(slot).length, 0);
			if (!slots || streams?.length !== wanted || saved?.length !== wanted) {
				for (const slot of slots ?? []) bank.remove(slot);
				for (const one of streams ?? []) single.remove(one);
				return undefined;
			}
			let next = 0;
			for (const slot of slots) {
				const members = newMembers();
				for (const name of bank.metrics(slot)) {
					const place = join(members, name, streams?.[next] ?? 0);
					takeMark(members, place, saved?.[next] ?? 0);
					next += 1;
				}
				members.changed = false;
				held.set(slot, members);
				series += members.names.length;
			}
			return slots;
		},
		gathering,
	};
}
