import { array, assert, constantFrom, double, integer, nat, oneof, property, uint8Array } from "fast-check";
import { bitsOf, isStale, writeStale } from "../../../../src/adapters/embedded-metrics/stale-marker.ts";
import { decodeChunk, encodeChunk } from "../../../../src/adapters/embedded-metrics/store/chunk-codec.ts";

const value = oneof(
	double(),
	integer(),
	integer({ min: -1_000_000, max: 1_000_000 }).map((number) => number / 100),
	constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 2 ** 53, 1e300),
);
const gaps = oneof(array(nat(100_000).map((gap) => gap + 1)), array(constantFrom(5_000)));

/** Times from gaps, and as many of the values. */
function samplesOf(startMs: number, gapsMs: readonly number[], given: readonly number[]) {
	const count = Math.max(1, Math.min(gapsMs.length, given.length));
	const times = new Float64Array(count);
	times[0] = startMs;
	for (let index = 1; index < count; index += 1)
		times[index] = (times[index - 1] ?? 0) + (gapsMs[index] ?? 1);
	return { times, values: Float64Array.from({ length: count }, (_, index) => given[index] ?? 0), count };
}

describe("the chunk codec", () => {
	test("gives back every sample bit by bit", () => {
		assert(
			property(nat(2 ** 31), gaps, array(value), (start, gapsMs, given) => {
				const { times, values, count } = samplesOf(1_700_000_000_000 + start, gapsMs, given);
				const decoded = decodeChunk(encodeChunk(times, values, count));
				expect(decoded.times).toEqual(times);
				expect(bitsOf(decoded.values)).toEqual(bitsOf(values));
			}),
			{ numRuns: 500 },
		);
	});

	test("tells staleness markers from NaN", () => {
		const values = Float64Array.of(1, Number.NaN, 0);
		writeStale(values, 2);
		const decoded = decodeChunk(encodeChunk(Float64Array.of(1, 2, 3), values, 3));
		expect([0, 1, 2].map((index) => isStale(bitsOf(decoded.values), index))).toEqual([false, false, true]);
		expect(decoded.values[1]).toBeNaN();
	});

	test("takes under 2.5 bytes a sample for counters with two decimals and 1.5 for small whole numbers", () => {
		const times = Float64Array.from({ length: 120 }, (_, index) => 1_700_000_000_000 + index * 5_000);
		const seconds = Float64Array.from({ length: 120 }, (_, index) => (index * 437 + (index % 7) * 31) / 100);
		const requests = Float64Array.from({ length: 120 }, (_, index) => index * 21 + (index % 5));
		expect(encodeChunk(times, seconds, 120).length / 120).toBeLessThan(2.5);
		expect(encodeChunk(times, requests, 120).length / 120).toBeLessThan(1.5);
	});

	test("never takes more than 9.2 bytes a sample at a steady rhythm", () => {
		const times = Float64Array.from({ length: 120 }, (_, index) => 1_700_000_000_000 + index * 5_000);
		assert(
			property(array(double(), { minLength: 120, maxLength: 120 }), (given) => {
				expect(encodeChunk(times, Float64Array.from(given), 120).length / 120).toBeLessThan(9.2);
			}),
		);
	});

	test("damaged bytes are an error or other samples, never a crash", () => {
		assert(
			property(uint8Array({ maxLength: 60 }), (bytes) => {
				expect(() => {
					try {
						decodeChunk(bytes);
					} catch (error) {
						if (!(error instanceof RangeError)) throw error;
					}
				}).not.toThrow();
			}),
			{ numRuns: 1_000 },
		);
	});
});
