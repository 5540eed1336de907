/** Memory for bytes that are used for a moment and then written over: lent out, given back, lent again. */
export type ByteRooms = {
	/** At least `length` bytes of unknown content. */
	take(length: number): Uint8Array;
	/** Gives one back; nobody may use it any more. One that is never given back is only not lent again. */
	give(room: Uint8Array): void;
};

/** Without it each saved chunk is new memory outside of the heap, which the runtime lets grow by tens of megabytes. */
const MOST_KEPT = 3;

/** Rooms that all watches of a process share: at most three are kept, of those the largest. */
export function createByteRooms(): ByteRooms {
	const kept: Uint8Array[] = [];
	return {
		take: (length) => {
			const at = kept.findIndex((room) => room.length >= length);
			return (at < 0 ? undefined : kept.splice(at, 1)[0]) ?? new Uint8Array(length);
		},
		give: (room) => {
			kept.push(room);
			kept.sort((a, b) => a.length - b.length);
			if (kept.length > MOST_KEPT) kept.shift();
		},
	};
}
