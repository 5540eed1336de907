/** So that arrays of doubles may lie in it. */
const ALIGNMENT = 8;

/** `length` bytes of unknown content: the beginning of `room` where that is large enough, else new ones. */
export function bytesInRoom(length: number, room?: Uint8Array): Uint8Array {
	return room !== undefined && room.length >= length && room.byteOffset % ALIGNMENT === 0
		? room.subarray(0, length)
		: new Uint8Array(length);
}
