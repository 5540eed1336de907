/** "SCOF" as a number: what other bytes hardly begin with. */
const MARK = 0x464f_4353;
const KINDS = [Uint8Array, Int32Array, Float32Array, Float64Array] as const;
/** Mark, kind of content, version, check sum, number of arrays; then kind and length of each array. */
const HEADER = 5;

export type Packable = Uint8Array | Int32Array | Float32Array | Float64Array;

/** What bytes are of: a number of its own for each kind of content, and the version of its layout. */
export type PackedKind = { readonly content: number; readonly version: number };

/** Arrays of numbers as bytes with a header and a check sum; `unpackArrays` reads them. */
export function packArrays({ content, version }: PackedKind, arrays: readonly Packable[]): Uint8Array {
	const head = HEADER + 2 * arrays.length;
	const words = arrays.reduce((sum, array) => sum + Math.ceil(array.byteLength / 4), head);
	const out = new Uint32Array(words);
	const bytes = new Uint8Array(out.buffer);
	out.set([MARK, content, version, 0, arrays.length]);
	let at = head * 4;
	for (const [i, array] of arrays.entries()) {
		out[HEADER + 2 * i] = KINDS.findIndex((kind) => array instanceof kind);
		out[HEADER + 2 * i + 1] = array.length;
		bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
		at += Math.ceil(array.byteLength / 4) * 4;
	}
	out[3] = checkSum(out);
	return bytes;
}

/** Copies of the arrays that were packed; undefined for bytes that are damaged, of another kind or version. */
export function unpackArrays({ content, version }: PackedKind, bytes: Uint8Array): Packable[] | undefined {
	if (bytes.byteLength < HEADER * 4 || bytes.byteLength % 4 !== 0) return undefined;
	const { buffer } = Uint8Array.from(bytes);
	const words = new Uint32Array(buffer);
	const [mark, ofContent, ofVersion, sum, count = 0] = words;
	if (mark !== MARK || ofContent !== content || ofVersion !== version) return undefined;
	if (count > 64 || sum !== checkSum(words)) return undefined;
	const arrays: Packable[] = [];
	let at = (HEADER + 2 * count) * 4;
	for (let i = 0; i < count; i += 1) {
		const Kind = KINDS[words[HEADER + 2 * i] ?? -1];
		const length = words[HEADER + 2 * i + 1] ?? 0;
		if (Kind === undefined) return undefined;
		const end = at + length * Kind.BYTES_PER_ELEMENT;
		if (end > buffer.byteLength) return undefined;
		arrays.push(new Kind(buffer.slice(at, end)));
		at += Math.ceil((end - at) / 4) * 4;
	}
	return at === buffer.byteLength ? arrays : undefined;
}

/**
 * FNV-1a (Fowler, Noll, Vo) over all words but the sum itself. The fold lets the highest bits count in the lower ones:
 * without it the topmost bits of any two words cancel out.
 */
function checkSum(words: Uint32Array): number {
	let sum = 0x811c_9dc5;
	for (let i = 0; i < words.length; i += 1) {
		if (i === 3) continue;
		sum = Math.imul(sum ^ (words[i] ?? 0), 0x0100_0193);
		sum ^= sum >>> 15;
	}
	return sum >>> 0;
}
