import { withRoom } from "../slot-pool.ts";

/** The series of one target, in the order in which it has its metrics. */
export type Members = {
	readonly places: Map<string, number>;
	names: string[];
	/** Their slots in the bank that judges them one by one. */
	streams: number[];
	/** What was put since the target was judged last, what it was judged by then, and what was said of each. */
	values: Float64Array;
	newest: Float64Array;
	said: Float64Array;
	/** When each came last; NaN before. */
	seenMs: Float64Array;
	/** How often each was seen to fall, up to three times; and whether it was outside of its own band while the target was abnormal. */
	falls: Uint8Array;
	holds: Uint8Array;
	/** Whether a finite value was put, and whether a series was added, since the target was judged last. */
	put: boolean;
	changed: boolean;
	/** What `isHeld` said last. */
	held: boolean;
};

const FIRST_ROOM = 8;

/** Of a target without series. */
export function newMembers(): Members {
	return {
		places: new Map(),
		names: [],
		streams: [],
		values: missing(FIRST_ROOM),
		newest: missing(FIRST_ROOM),
		said: new Float64Array(FIRST_ROOM),
		seenMs: missing(FIRST_ROOM),
		falls: new Uint8Array(FIRST_ROOM),
		holds: new Uint8Array(FIRST_ROOM),
		put: false,
		changed: false,
		held: false,
	};
}

/** Adds a series that is not there; gives its place. */
export function join(members: Members, name: string, stream: number): number {
	const place = members.names.length;
	members.places.set(name, place);
	members.names.push(name);
	members.streams.push(stream);
	members.changed = true;
	if (place < members.values.length) return place;
	members.values = wider(members.values);
	members.newest = wider(members.newest);
	members.seenMs = wider(members.seenMs);
	members.said = new Float64Array(members.values.length);
	members.falls = withRoom(members.falls, members.values.length - 1);
	members.holds = withRoom(members.holds, members.values.length - 1);
	return place;
}

/** Forgets series that have no new value and came last before this; gives their streams. */
export function forgetMissing(members: Members, beforeMs: number): readonly number[] {
	const { names, values, newest, seenMs, falls, holds, streams, places } = members;
	const isGone = (i: number) => !Number.isFinite(values[i]) && (seenMs[i] ?? 0) < beforeMs;
	const gone = streams.filter((_stream, i) => isGone(i));
	if (gone.length === 0) return gone;
	const stay = [...names.keys()].filter((i) => !isGone(i));
	for (const [to, from] of stay.entries())
		for (const part of [values, newest, seenMs, falls, holds]) part[to] = part[from] ?? Number.NaN;
	for (const part of [values, newest, seenMs, falls, holds]) part.fill(Number.NaN, stay.length);
	members.names = stay.map((i) => names[i] ?? "");
	members.streams = stay.map((i) => streams[i] ?? 0);
	places.clear();
	for (const [i, name] of members.names.entries()) places.set(name, i);
	return gone;
}

/** Falls after which a metric is taken for one that comes back, as a counter that begins anew is not. */
const COMES_BACK = 3;

/** Notes the newest value of a metric, for whether it comes back to where it was. */
export function noteValue({ newest, falls }: Members, place: number, value: number): void {
	const before = newest[place] ?? Number.NaN;
	if (value < before) falls[place] = Math.min(COMES_BACK, (falls[place] ?? 0) + 1);
	newest[place] = value;
}

/**
 * Whether a target is abnormal still. A score tells of what is new and falls while what it told of lasts: so metrics that
 * were outside of their own bands meanwhile hold it until they are back. Those that only ever grow hold nothing.
 */
export function isHeld(
	{ names, holds, falls }: Members,
	outside: boolean,
	isOutside: (i: number) => boolean,
): boolean {
	let held = false;
	for (let i = 0; i < names.length; i += 1) {
		if ((!outside && holds[i] !== 1) || (falls[i] ?? 0) < COMES_BACK) continue;
		holds[i] = isOutside(i) ? 1 : 0;
		held ||= holds[i] === 1;
	}
	return held;
}

/** What is kept of each metric beside the detectors' states, a byte each. */
export function marks({ names, falls, holds }: Members): number[] {
	return names.map((_name, i) => (falls[i] ?? 0) + 4 * (holds[i] ?? 0));
}

/** Takes over what `marks` gave of a metric. */
export function takeMark({ falls, holds }: Members, place: number, mark: number): void {
	falls[place] = mark & 3;
	holds[place] = (mark >> 2) & 1;
}

function missing(length: number): Float64Array {
	return new Float64Array(length).fill(Number.NaN);
}

function wider(part: Float64Array): Float64Array {
	const next = missing(2 * part.length);
	next.set(part);
	return next;
}
