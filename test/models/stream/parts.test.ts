import * as fc from "fast-check";
import { learnTail, rareness } from "../../../models/stream/calibration.ts";
import { afterRest } from "../../../models/stream/rest.ts";
import { insertAt, nearestDistance, placeIn } from "../../../models/stream/sketch.ts";
import { medianDistance, medianOf } from "../../../models/stream/young-median.ts";
import { uniform } from "../../fakes/noise.ts";

const anyList = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 });

/** A sketch of at most `capacity` of these values, two places into its array. */
function sketchOf(values: readonly number[], capacity: number) {
	const list = new Float32Array(capacity + 4).fill(7777);
	let size = 0;
	for (const value of values) size = insertAt(list, 2, size, capacity, placeIn(list, 2, size, value), value);
	return { list, size, held: [...list.subarray(2, 2 + size)] };
}

describe("a sketch of values", () => {
	it("is sorted, bounded, made of values that were seen, and keeps the smallest and the largest", () => {
		fc.assert(
			fc.property(anyList, fc.integer({ min: 3, max: 12 }), (values, capacity) => {
				const { list, held } = sketchOf(values, capacity);
				expect(held).toEqual(held.toSorted((a, b) => a - b));
				expect(held.length).toBe(Math.min(values.length, capacity));
				expect(held.every((value) => values.includes(value))).toBe(true);
				expect([held[0], held.at(-1)]).toEqual([Math.min(...values), Math.max(...values)]);
				expect([list[0], list[1], list.at(-1)]).toEqual([7777, 7777, 7777]);
			}),
			{ numRuns: 50 },
		);
	});

	it("knows the distance to the nearest value, and the medians while it holds them all", () => {
		fc.assert(
			fc.property(anyList, fc.integer({ min: -60, max: 60 }), (values, value) => {
				const { list, size } = sketchOf(values, 60);
				const nearest = Math.min(...values.map((one) => Math.abs(one - value)));
				expect(nearestDistance(list, 2, size, placeIn(list, 2, size, value), value)).toBe(nearest);
				const median = plainMedian(values);
				expect(medianOf(list, 2, size)).toBe(median);
				const distances = values.map((one) => Math.abs(one - median));
				expect(medianDistance(list, 2, size, median)).toBeCloseTo(plainMedian(distances), 9);
			}),
			{ numRuns: 50 },
		);
	});
});

function plainMedian(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

describe("a tail", () => {
	it("says 1 in 100 of what comes 1 in 100 times, and more of what is larger", () => {
		const tail = new Float64Array(4);
		const random = uniform(5);
		let rare = 0;
		for (let i = 0; i < 20_000; i += 1) {
			const signal = -Math.log(1 - random());
			if (i >= 1000 && rareness(tail, 0, signal) >= 2) rare += 1;
			learnTail(tail, 0, signal);
		}
		expect(rare / 19_000).toBeGreaterThan(0.005);
		expect(rare / 19_000).toBeLessThan(0.02);
		const said = [0, 1, 2, 4, 8, 16].map((signal) => rareness(tail, 0, signal));
		expect(said).toEqual(said.toSorted((a, b) => a - b));
	});

	it("says nothing in its first hundred values", () => {
		const tail = new Float64Array(4);
		for (let i = 0; i < 99; i += 1) learnTail(tail, 0, i % 3);
		expect(rareness(tail, 0, 1000)).toBe(0);
	});
});

describe("the rest after an alarm", () => {
	it("lasts 120 points for scores that are not higher, and starts anew with one that is", () => {
		const row = new Float64Array(80);
		const scores = [3, 3, 2.9, 3.1, ...Array.from({ length: 119 }, () => 3), 1, 2];
		const kept = scores.map((score) => afterRest(row, score, false));
		expect(kept.flatMap((score, i) => (score > 0 ? [[i, score]] : []))).toEqual([
			[0, 3],
			[3, 3.1],
			[124, 2],
		]);
	});
});
