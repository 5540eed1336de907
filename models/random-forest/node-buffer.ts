import type { Ground } from "./find-split.ts";

/** The nodes and leaves of a forest while it grows; the arrays double when they are full. */
export class NodeBuffer {
	private nodes: Int32Array;
	private leaves: Float32Array;
	private nodeCount = 0;
	private leafCount = 0;
	private readonly classes: number;

	constructor(classes: number, expected: number) {
		this.classes = classes;
		this.nodes = new Int32Array(2 * expected + 2);
		this.leaves = new Float32Array(classes * (expected + 1));
	}

	/** Room for neighbouring nodes; gives the first. */
	addNodes(count: number): number {
		const first = this.nodeCount;
		this.nodeCount += count;
		if (2 * this.nodeCount > this.nodes.length) {
			const more = new Int32Array(2 * this.nodes.length);
			more.set(this.nodes);
			this.nodes = more;
		}
		return first;
	}

	split(node: number, column: number, cut: number, child: number): void {
		this.nodes[2 * node] = (column << 8) | cut;
		this.nodes[2 * node + 1] = child;
	}

	/** Ends a path with the share of each class; `weight` is the sum of `totals`. */
	endPath(node: number, totals: Float64Array, weight: number): void {
		const leaf = this.leafCount;
		this.leafCount += 1;
		if (this.classes * this.leafCount > this.leaves.length) {
			const more = new Float32Array(2 * this.leaves.length);
			more.set(this.leaves);
			this.leaves = more;
		}
		this.nodes[2 * node] = -1;
		this.nodes[2 * node + 1] = leaf;
		for (let k = 0; k < this.classes; k += 1)
			this.leaves[leaf * this.classes + k] = (totals[k] ?? 0) / weight;
	}

	/** Adds what the tree at `root` says of each row that counted nothing in it. */
	vote(root: number, ground: Ground, votes: Float64Array): void {
		const { nodes, leaves, classes } = this;
		const { weights, cells, shift, count } = ground;
		for (let row = 0; row < count; row += 1) {
			if (weights[row] !== 0) continue;
			let at = 2 * root;
			let split = nodes[at] ?? -1;
			while (split >= 0) {
				const bin = (cells[(split >> 8) * count + row] ?? 0) >> shift;
				at = 2 * ((nodes[at + 1] ?? 0) + Number(bin > (split & 255)));
				split = nodes[at] ?? -1;
			}
			const leaf = (nodes[at + 1] ?? 0) * classes;
			for (let k = 0; k < classes; k += 1)
				votes[row * classes + k] = (votes[row * classes + k] ?? 0) + (leaves[leaf + k] ?? 0);
		}
	}

	done(): { nodes: Int32Array; leaves: Float32Array } {
		return {
			nodes: this.nodes.slice(0, 2 * this.nodeCount),
			leaves: this.leaves.slice(0, this.classes * this.leafCount),
		};
	}
}
