import * as fc from "fast-check";
import { isolationForestBytes, readIsolationForest } from "../../../models/isolation-forest/forest-bytes.ts";
import { trainIsolationForest } from "../../../models/isolation-forest/train-isolation-forest.ts";

const rows = Float32Array.from({ length: 90 }, (_, i) => (i * 37) % 91);
const forest = trainIsolationForest(rows, 3, { trees: 4, sample: 16, seed: 3 });
const bytes = isolationForestBytes(forest);

describe("the bytes of an isolation forest", () => {
	it("read back as the same forest, from any offset", () => {
		expect(readIsolationForest(bytes)).toEqual(forest);
		const shifted = new Uint8Array(bytes.length + 3);
		shifted.set(bytes, 3);
		expect(readIsolationForest(shifted.subarray(3))).toEqual(forest);
	});

	it("are not read when a byte is other, missing or too many", () => {
		const at = fc.nat({ max: bytes.length - 1 });
		fc.assert(
			fc.property(at, fc.integer({ min: 1, max: 255 }), (where, change) => {
				const other = bytes.slice();
				other[where] = (other[where] ?? 0) ^ change;
				expect(readIsolationForest(other)).toBeUndefined();
				expect(readIsolationForest(bytes.subarray(0, where))).toBeUndefined();
			}),
			{ numRuns: 200 },
		);
		expect(readIsolationForest(new Uint8Array([...bytes, 0, 0, 0, 0]))).toBeUndefined();
	});

	it("are not read when they are of a newer version, or of nothing", () => {
		const newer = bytes.slice();
		newer[8] = 2;
		expect(readIsolationForest(newer)).toBeUndefined();
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
				expect(readIsolationForest(any)).toBeUndefined();
			}),
		);
	});

	it("are not read when a path in them would never end", () => {
		const left = forest.left.slice();
		left[0] = 0;
		expect(readIsolationForest(isolationForestBytes({ ...forest, left }))).toBeUndefined();
		const far = forest.left.slice();
		far[0] = forest.feature.length;
		expect(readIsolationForest(isolationForestBytes({ ...forest, left: far }))).toBeUndefined();
	});
});
