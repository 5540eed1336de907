/** Trees of a named package as flat arrays: a hundredth of the memory of its objects, and bytes can be made of them. */
export type FlatTrees = {
	readonly columns: number;
	/** The node that each tree starts at; the left child of a node comes right after it. */
	readonly roots: Int32Array;
	/** The column that a node splits on; -1 where a path ends. */
	readonly column: Int32Array;
	/** Rows below it go left, the others right. */
	readonly threshold: Float32Array;
	/** The right child, or where a path ends its place in `ends`. */
	readonly right: Int32Array;
	/** What is said where a path ends. */
	readonly ends: Float64Array;
};

/** One tree of a package, as `flattenTrees` asks for it. */
export type TreeReader<Node> = {
	/** Undefined where a path ends. */
	splitOf(
		node: Node,
	):
		| { readonly column: number; readonly value: number; readonly left: Node; readonly right: Node }
		| undefined;
	/** What is said where a path ends, `depth` splits below the root. */
	endOf(node: Node, depth: number): number;
};

/** The trees of a package as flat arrays. Rows of 32-bit numbers go the same way in both. */
export function flattenTrees<Node>(
	trees: readonly { readonly root: Node; readonly reader: TreeReader<Node> }[],
	columns: number,
): FlatTrees {
	const roots: number[] = [];
	const column: number[] = [];
	const threshold: number[] = [];
	const right: number[] = [];
	const ends: number[] = [];
	const add = (node: Node, depth: number, reader: TreeReader<Node>): void => {
		const at = column.length;
		const split = reader.splitOf(node);
		column.push(split?.column ?? -1);
		threshold.push(split === undefined ? 0 : roundedUp(split.value));
		right.push(ends.length);
		if (split === undefined) {
			ends.push(reader.endOf(node, depth));
			return;
		}
		add(split.left, depth + 1, reader);
		right[at] = column.length;
		add(split.right, depth + 1, reader);
	};
	for (const { root, reader } of trees) {
		roots.push(column.length);
		add(root, 0, reader);
	}
	return {
		columns,
		roots: Int32Array.from(roots),
		column: Int32Array.from(column),
		threshold: Float32Array.from(threshold),
		right: Int32Array.from(right),
		ends: Float64Array.from(ends),
	};
}

/** What the tree at `root` says of the row at `from`; NaN in it would go right. */
export function walkTree(trees: FlatTrees, root: number, values: Float32Array, from: number): number {
	const { column, threshold, right, ends } = trees;
	let node = root;
	let on = column[node] ?? -1;
	while (on >= 0) {
		node = (values[from + on] ?? 0) < (threshold[node] ?? 0) ? node + 1 : (right[node] ?? 0);
		on = column[node] ?? -1;
	}
	return ends[right[node] ?? 0] ?? 0;
}

/** Whether every path ends within its tree, on a finite number. */
export function areSound({ columns, roots, column, threshold, right, ends }: FlatTrees): boolean {
	const nodes = column.length;
	if (columns < 1 || roots.length < 1 || roots[0] !== 0) return false;
	if (threshold.length !== nodes || right.length !== nodes || !ends.every(Number.isFinite)) return false;
	for (let tree = 0; tree < roots.length; tree += 1) {
		const root = roots[tree] ?? 0;
		const last = roots[tree + 1] ?? nodes;
		if (last <= root || last > nodes) return false;
		for (let node = root; node < last; node += 1) {
			const on = column[node] ?? -2;
			const to = right[node] ?? -1;
			const sound =
				on === -1 ? to >= 0 && to < ends.length : on >= 0 && on < columns && to > node + 1 && to < last;
			if (!sound || Number.isNaN(threshold[node])) return false;
		}
	}
	return true;
}

const scratch = new DataView(new ArrayBuffer(4));

/** The least 32-bit number that is not below `value`: a 32-bit number is below the one where it is below the other. */
function roundedUp(value: number): number {
	const near = Math.fround(value);
	if (!(near < value) || !Number.isFinite(near)) return near;
	scratch.setFloat32(0, near);
	if (near === 0) return 1.401298464324817e-45;
	scratch.setInt32(0, scratch.getInt32(0) + (near > 0 ? 1 : -1));
	return scratch.getFloat32(0);
}
