const HEAD_BYTES = 4;

/** Two runs of bytes as one, with the length of the first before them. */
export function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(HEAD_BYTES + first.length + second.length);
	new DataView(bytes.buffer).setUint32(0, first.length, true);
	bytes.set(first, HEAD_BYTES);
	bytes.set(second, HEAD_BYTES + first.length);
	return bytes;
}

/** What `joinBytes` joined; undefined for bytes that are too short to be that. */
export function splitBytes(bytes: Uint8Array): readonly [Uint8Array, Uint8Array] | undefined {
	if (bytes.length < HEAD_BYTES) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = HEAD_BYTES + view.getUint32(0, true);
	return end > bytes.length ? undefined : [bytes.subarray(HEAD_BYTES, end), bytes.subarray(end)];
}
