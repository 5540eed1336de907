import { packArrays, unpackArrays } from "../../models/packed-arrays.ts";

const KIND = { content: 77, version: 2 };
const arrays = [
	Uint8Array.of(1, 2, 3),
	Int32Array.of(-1, 7),
	Float32Array.of(0.5, Number.NaN),
	new Float64Array(),
	Float64Array.of(1 / 3),
];

describe("packed arrays", () => {
	it("come back as they were, also from the middle of a buffer", () => {
		const bytes = packArrays(KIND, arrays);
		expect(unpackArrays(KIND, bytes)).toEqual(arrays);
		const within = new Uint8Array(bytes.length + 3);
		within.set(bytes, 3);
		expect(unpackArrays(KIND, within.subarray(3))).toEqual(arrays);
	});

	it("are refused when of another kind or version, or cut", () => {
		const bytes = packArrays(KIND, arrays);
		expect(unpackArrays({ ...KIND, content: 78 }, bytes)).toBeUndefined();
		expect(unpackArrays({ ...KIND, version: 3 }, bytes)).toBeUndefined();
		for (let length = 0; length < bytes.length; length += 1)
			expect(unpackArrays(KIND, bytes.subarray(0, length))).toBeUndefined();
	});

	it("are refused with any bit, or any two of the same place in two words, turned over", () => {
		const bytes = packArrays(KIND, [Float64Array.of(1, 2), Uint8Array.of(9)]);
		const turned = (...bits: number[]) => {
			const copy = bytes.slice();
			for (const bit of bits) copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			return unpackArrays(KIND, copy);
		};
		const read: number[][] = [];
		for (let bit = 0; bit < 8 * bytes.length; bit += 1) {
			if (turned(bit) !== undefined) read.push([bit]);
			for (let other = bit + 32; other < 8 * bytes.length; other += 32)
				if (turned(bit, other) !== undefined) read.push([bit, other]);
		}
		expect(read).toEqual([]);
	});
});
