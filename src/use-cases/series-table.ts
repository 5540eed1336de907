import { withRoom } from "../../models/slot-pool.ts";
import type { Sample } from "../domain/time-series.ts";
import { QUIET, type SeriesTrack } from "./track-series.ts";

const RECENT = 8;

/**
 * What the scorer of a watch holds of each series besides the detector's state, by the detector's slots: arrays, so
 * that a quiet series costs its name and some 200 bytes.
 */
export class SeriesTable {
	private readonly slots = new Map<string, number>();
	private readonly names: (string | undefined)[] = [];
	private readonly targetNumbers = new Map<string, number>();
	private readonly targetNames: string[] = [];
	private readonly targetCounts: number[] = [];
	private readonly tracks = new Map<number, SeriesTrack>();
	private targetOfSlot = new Uint32Array();
	private lastSeen = new Float64Array();
	private recentAt = new Float64Array();
	private recentValues = new Float64Array();
	private recentCounts = new Uint32Array();
	private characters = 0;

	get size(): number {
		return this.slots.size;
	}

	/** Characters that the names of all series have together. */
	get nameLength(): number {
		return this.characters;
	}

	slotOf(series: string): number | undefined {
		return this.slots.get(series);
	}

	/** Takes in a series under the slot that the detector gave it. The series must not be known. */
	add(slot: number, series: string, target: string, atMs: number): void {
		this.targetOfSlot = withRoom(this.targetOfSlot, slot);
		this.lastSeen = withRoom(this.lastSeen, slot);
		this.recentCounts = withRoom(this.recentCounts, slot);
		this.recentAt = withRoom(this.recentAt, slot * RECENT + RECENT - 1);
		this.recentValues = withRoom(this.recentValues, slot * RECENT + RECENT - 1);
		this.slots.set(series, slot);
		this.names[slot] = series;
		this.characters += series.length;
		this.targetOfSlot[slot] = this.countTarget(target);
		this.lastSeen[slot] = atMs;
		this.recentCounts[slot] = 0;
		this.tracks.delete(slot);
	}

	remove(slot: number): void {
		const series = this.names[slot];
		if (series === undefined) return;
		this.slots.delete(series);
		this.names[slot] = undefined;
		this.characters -= series.length;
		this.tracks.delete(slot);
		const number = this.targetOfSlot[slot] ?? 0;
		this.targetCounts[number] = (this.targetCounts[number] ?? 1) - 1;
	}

	/** The series of a slot; empty where it holds none. */
	series(slot: number): string {
		return this.names[slot] ?? "";
	}

	target(slot: number): string {
		return this.targetNames[this.targetOfSlot[slot] ?? 0] ?? "";
	}

	/** Targets of all series. */
	targets(): readonly string[] {
		return this.targetNames.filter((_name, number) => (this.targetCounts[number] ?? 0) > 0);
	}

	/** The targets of these slots, each once. */
	targetsOf(slots: Uint32Array): readonly string[] {
		const seen = new Uint8Array(this.targetNames.length);
		for (const slot of slots) seen[this.targetOfSlot[slot] ?? 0] = 1;
		return this.targetNames.filter((_name, number) => seen[number] === 1);
	}

	/** Every slot in use. */
	all(): IterableIterator<number> {
		return this.slots.values();
	}

	/** One more than the highest slot that was ever in use. */
	get end(): number {
		return this.names.length;
	}

	lastSeenMs(slot: number): number {
		return this.lastSeen[slot] ?? Number.NEGATIVE_INFINITY;
	}

	/** Notes a value; the newest eight are kept. */
	see(slot: number, atMs: number, value: number): void {
		this.lastSeen[slot] = atMs;
		const count = this.recentCounts[slot] ?? 0;
		const at = slot * RECENT + (count % RECENT);
		this.recentAt[at] = atMs;
		this.recentValues[at] = value;
		// Counted on from eight, so that it never ends.
		this.recentCounts[slot] = count + 1 < 2 * RECENT ? count + 1 : RECENT;
	}

	/** The newest values, oldest first, at most eight. */
	recent(slot: number): Sample[] {
		const count = this.recentCounts[slot] ?? 0;
		const kept = Math.min(count, RECENT);
		return Array.from({ length: kept }, (_, i) => {
			const at = slot * RECENT + ((count - kept + i) % RECENT);
			return { t: this.recentAt[at] ?? 0, v: this.recentValues[at] ?? Number.NaN };
		});
	}

	/** What its last points mean; the same object for all of whom nothing is to be said. */
	track(slot: number): SeriesTrack {
		return this.tracks.get(slot) ?? QUIET;
	}

	setTrack(slot: number, track: SeriesTrack): void {
		if (track === QUIET) this.tracks.delete(slot);
		else this.tracks.set(slot, track);
	}

	private countTarget(target: string): number {
		const known = this.targetNumbers.get(target);
		const number = known ?? this.targetNames.length;
		if (known === undefined) {
			this.targetNumbers.set(target, number);
			this.targetNames.push(target);
		}
		this.targetCounts[number] = (this.targetCounts[number] ?? 0) + 1;
		return number;
	}
}
