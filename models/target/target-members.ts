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
	/** Whether a finite value was put, and whether a series was added, since the target was judged last. */
	put: boolean;
	changed: boolean;
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
		put: false,
		changed: false,
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
	return place;
}

/** Forgets series that have no new value and came last before this; gives their streams. */
export function forgetMissing(members: Members, beforeMs: number): readonly number[] {
	const { names, values, newest, seenMs, streams, places } = members;
	const isGone = (i: number) => !Number.isFinite(values[i]) && (seenMs[i] ?? 0) < beforeMs;
	const gone = streams.filter((_stream, i) => isGone(i));
	if (gone.length === 0) return gone;
	const stay = [...names.keys()].filter((i) => !isGone(i));
	for (const [to, from] of stay.entries())
		for (const part of [values, newest, seenMs]) part[to] = part[from] ?? Number.NaN;
	for (const part of [values, newest, seenMs]) part.fill(Number.NaN, stay.length);
	members.names = stay.map((i) => names[i] ?? "");
	members.streams = stay.map((i) => streams[i] ?? 0);
	places.clear();
	for (const [i, name] of members.names.entries()) places.set(name, i);
	return gone;
}

function missing(length: number): Float64Array {
	return new Float64Array(length).fill(Number.NaN);
}

function wider(part: Float64Array): Float64Array {
	const next = missing(2 * part.length);
	next.set(part);
	return next;
}
