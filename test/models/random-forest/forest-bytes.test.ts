import * as fc from "fast-check";
import { forestBytes, readForest } from "../../../models/random-forest/forest-bytes.ts";
import { randomForest, trainRandomForest } from "../../../models/random-forest/random-forest.ts";
import { exclusiveOr } from "./forest-data.ts";

const bytes = trainRandomForest(exclusiveOr(1, 60), { seed: 1, trees: 3 });

function trained() {
	const forest = readForest(bytes);
	if (forest === undefined) throw new Error("the bytes can be read");
	return forest;
}

describe("the bytes of a random forest", () => {
	it("are read as they were written, also from the middle of other bytes", () => {
		const around = new Uint8Array(bytes.length + 3);
		around.set(bytes, 3);
		const forest = readForest(around.subarray(3));
		expect(forest).toEqual(trained());
		expect(forest && forestBytes(forest)).toEqual(bytes);
	});

	it("are refused where they are cut short, longer, or empty", () => {
		for (let length = 0; length < bytes.length; length += 7)
			expect(randomForest.open(bytes.subarray(0, length))).toBeUndefined();
		const longer = new Uint8Array(bytes.length + 4);
		longer.set(bytes);
		expect(randomForest.open(longer)).toBeUndefined();
	});

	it("are refused where any bit is another", () => {
		fc.assert(
			fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
				const damaged = bytes.slice();
				damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
				expect(randomForest.open(damaged)).toBeUndefined();
			}),
		);
	});

	it("are refused where anything else was written", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (other) => {
				expect(randomForest.open(other)).toBeUndefined();
			}),
		);
	});

	const forged: [string, () => Uint8Array][] = [
		["a path that leads back", () => withNode(1, 0)],
		["a path that leads out of the forest", () => withNode(1, 1_000_000)],
		["a column that is not there", () => withNode(0, (9 << 8) | 1)],
		["a leaf that is not there", () => withLeaf(1_000_000)],
		[
			"a calibration without a number",
			() => forestBytes({ ...trained(), calibration: Float64Array.of(1, 0, Number.NaN, 0) }),
		],
		["no columns", () => forestBytes({ ...trained(), columns: 0 })],
		["more classes than leaves have shares", () => forestBytes({ ...trained(), classes: 16 })],
	];
	it.each(forged)("are refused with a good check sum and %s", (_name, forge) => {
		expect(randomForest.open(forge())).toBeUndefined();
	});
});

/** The forest with one number of its first node changed. */
function withNode(at: number, value: number): Uint8Array {
	const forest = trained();
	const nodes = forest.trees.nodes.slice();
	nodes[at] = value;
	return forestBytes({ ...forest, trees: { ...forest.trees, nodes } });
}

function withLeaf(leaf: number): Uint8Array {
	const forest = trained();
	const nodes = forest.trees.nodes.slice();
	const at = nodes.findIndex((value, index) => index % 2 === 0 && value === -1);
	nodes[at + 1] = leaf;
	return forestBytes({ ...forest, trees: { ...forest.trees, nodes } });
}
