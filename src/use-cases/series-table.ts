import type { Sample } from "../domain/time-series.ts";
import { QUIET, type SeriesTrack } from "./track-series.ts";

const RECENT = 8;
/** Where the numbers of a slot lie: target, last seen, count of values, then times and values. */
const TARGET = 0;
const SEEN = 1;
const COUNT = 2;
const AT = 3;
const VALUES = AT + RECENT;
const NUMBERS = VALUES + RECENT;
/** Slots of one page: growing by pages leaves nothing behind, as doubling would. */
const PAGE = 64;

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
	private readonly pages: Float64Array[] = [];
	private known: readonly string[] | undefined;
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
		while (this.pages.length * PAGE <= slot) this.pages.push(new Float64Array(PAGE * NUMBERS));
		this.slots.set(series, slot);
		this.names[slot] = series;
		this.characters += series.length;
		this.set(slot, TARGET, this.countTarget(target));
		this.set(slot, SEEN, atMs);
		this.set(slot, COUNT, 0);
		this.tracks.delete(slot);
	}

	remove(slot: number): void {
		const series = this.names[slot];
		if (series === undefined) return;
		this.slots.delete(series);
		this.names[slot] = undefined;
		this.characters -= series.length;
		this.tracks.delete(slot);
		const number = this.targetNumber(slot);
		this.targetCounts[number] = (this.targetCounts[number] ?? 1) - 1;
		this.known = undefined;
	}

	/** The series of a slot; empty where it holds none. */
	series(slot: number): string {
		return this.names[slot] ?? "";
	}

	target(slot: number): string {
		return this.targetNames[this.targetNumber(slot)] ?? "";
	}

	/** Targets of all series; the same list until one comes or goes. */
	targets(): readonly string[] {
		this.known ??= this.targetNames.filter((_name, number) => (this.targetCounts[number] ?? 0) > 0);
		return this.known;
	}

	/** The targets of these slots, each once. */
	targetsOf(slots: Uint32Array): readonly string[] {
		const seen = new Uint8Array(this.targetNames.length);
		for (const slot of slots) seen[this.targetNumber(slot)] = 1;
		const known = this.targets();
		const count = seen.reduce((sum, one) => sum + one, 0);
		return count === known.length ? known : this.targetNames.filter((_name, number) => seen[number] === 1);
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
		return this.get(slot, SEEN) ?? Number.NEGATIVE_INFINITY;
	}

	/** Notes a value; the newest eight are kept. */
	see(slot: number, atMs: number, value: number): void {
		const count = this.get(slot, COUNT) ?? 0;
		const place = count % RECENT;
		this.set(slot, SEEN, atMs);
		this.set(slot, AT + place, atMs);
		this.set(slot, VALUES + place, value);
		// Counted on from eight, so that it never ends.
		this.set(slot, COUNT, count + 1 < 2 * RECENT ? count + 1 : RECENT);
	}

	/** The newest values, oldest first, at most eight. */
	recent(slot: number): Sample[] {
		const count = this.get(slot, COUNT) ?? 0;
		const kept = Math.min(count, RECENT);
		return Array.from({ length: kept }, (_, i) => {
			const place = (count - kept + i) % RECENT;
			return { t: this.get(slot, AT + place) ?? 0, v: this.get(slot, VALUES + place) ?? Number.NaN };
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

	private get(slot: number, number: number): number | undefined {
		return this.pages[Math.floor(slot / PAGE)]?.[(slot % PAGE) * NUMBERS + number];
	}

	private set(slot: number, number: number, value: number): void {
		const page = this.pages[Math.floor(slot / PAGE)];
		if (page) page[(slot % PAGE) * NUMBERS + number] = value;
	}

	private targetNumber(slot: number): number {
		return this.get(slot, TARGET) ?? 0;
	}

	private countTarget(target: string): number {
		const known = this.targetNumbers.get(target);
		const number = known ?? this.targetNames.length;
		if (known === undefined) {
			this.targetNumbers.set(target, number);
			this.targetNames.push(target);
		}
		this.targetCounts[number] = (this.targetCounts[number] ?? 0) + 1;
		this.known = undefined;
		return number;
	}
}
