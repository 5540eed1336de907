/** Bytes kept within a larger block. */
export type StoredBytes = { readonly block: Uint8Array; readonly offset: number; readonly length: number };

/** Keeps many small byte strings in few large blocks; a block is freed when nothing kept in it is referenced. */
export type ByteArena = { readonly keep: (bytes: Uint8Array) => StoredBytes };

/** A small buffer of its own costs some 300 bytes in V8, more than many a chunk holds. */
export function createByteArena(blockBytes = 65_536): ByteArena {
	let block = new Uint8Array(0);
	let used = 0;
	const keep = (bytes: Uint8Array): StoredBytes => {
		if (used + bytes.length > block.length) {
			block = new Uint8Array(Math.max(blockBytes, bytes.length));
			used = 0;
		}
		const offset = used;
		block.set(bytes, offset);
		used += bytes.length;
		return { block, offset, length: bytes.length };
	};
	return { keep };
}
