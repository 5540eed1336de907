import type { IsolationForest } from "./isolation-forest.ts";

/** "IFOR" as a number: what other bytes hardly begin with. */
const MARK = 0x524f_4649;
const VERSION = 1;
/** Mark, version, check sum, columns, sample, trees, nodes, and one that is free. */
const HEADER = 8;

/** The forest as bytes of a version of their own, with a check sum; `readIsolationForest` reads them. */
export function isolationForestBytes(forest: IsolationForest): Uint8Array {
	const { columns, sample, fill, roots, feature, threshold, left } = forest;
	const nodes = feature.length;
	const words = HEADER + columns + roots.length + 2 * nodes + Math.ceil(nodes / 2);
	const out = new Uint32Array(words);
	out.set([MARK, VERSION, 0, columns, sample, roots.length, nodes]);
	const bytes = new Uint8Array(out.buffer);
	let at = HEADER * 4;
	for (const part of [fill, roots, threshold, left, feature]) {
		bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
		at += part.byteLength;
	}
	out[2] = checkSum(out);
	return bytes;
}

/** The forest that `isolationForestBytes` wrote; undefined for bytes that are damaged, newer or something else. */
export function readIsolationForest(bytes: Uint8Array): IsolationForest | undefined {
	if (bytes.byteLength < HEADER * 4 || bytes.byteLength % 4 !== 0) return undefined;
	// A copy: what is read may be a view at any offset, and must not change with what it was read from.
	const { buffer } = Uint8Array.from(bytes);
	const words = new Uint32Array(buffer);
	const [mark, version, sum, columns = 0, sample = 0, trees = 0, nodes = 0] = words;
	if (mark !== MARK || version !== VERSION || sum !== checkSum(words)) return undefined;
	if (words.length !== HEADER + columns + trees + 2 * nodes + Math.ceil(nodes / 2)) return undefined;
	let at = HEADER * 4;
	const next = (count: number) => {
		const from = at;
		at += count * 4;
		return from;
	};
	const forest: IsolationForest = {
		columns,
		sample,
		fill: new Float32Array(buffer, next(columns), columns),
		roots: new Int32Array(buffer, next(trees), trees),
		threshold: new Float32Array(buffer, next(nodes), nodes),
		left: new Int32Array(buffer, next(nodes), nodes),
		feature: new Int16Array(buffer, at, nodes),
	};
	return isSound(forest) ? forest : undefined;
}

/** Whether every path ends within its tree: what is sound can be walked without a look at the bounds. */
function isSound({ columns, sample, fill, roots, feature, threshold, left }: IsolationForest): boolean {
	if (columns < 1 || columns > 32_767 || sample < 2 || sample > 65_536 || roots.length < 1) return false;
	if (roots[0] !== 0 || !fill.every(Number.isFinite) || !threshold.every(Number.isFinite)) return false;
	for (let tree = 0; tree < roots.length; tree += 1) {
		const end = roots[tree + 1] ?? feature.length;
		const root = roots[tree] ?? 0;
		if (end <= root || end > feature.length) return false;
		for (let node = root; node < end; node += 1) {
			const column = feature[node] ?? -1;
			const on = left[node] ?? 0;
			const length = threshold[node] ?? 0;
			if (column === -1 ? on !== 0 || length < 0 : column < 0 || column >= columns || on < 1) return false;
			if (column >= 0 && node + on + 1 >= end) return false;
		}
	}
	return true;
}

/** FNV-1a (Fowler, Noll, Vo) a word at a time, folded so that high bits count as well; without the sum itself. */
function checkSum(words: Uint32Array): number {
	let sum = 0x811c_9dc5;
	for (let i = 0; i < words.length; i += 1) {
		if (i === 2) continue;
		sum = Math.imul(sum ^ (words[i] ?? 0), 0x0100_0193);
		sum ^= sum >>> 15;
	}
	return sum >>> 0;
}
