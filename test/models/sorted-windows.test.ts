import * as fc from "fast-check";
import { SortedWindows } from "../../models/sorted-windows.ts";

/** The window of one slot of many, with its neighbours full of other values. */
function windowOf(capacity: number, slot = 300) {
	const windows = new SortedWindows(capacity);
	for (const beside of [slot - 1, slot + 1]) {
		windows.select(beside);
		for (let i = 0; i < 2 * capacity; i += 1) windows.push(1e9);
	}
	windows.select(slot);
	return {
		push: (value: number) => windows.push(value),
		size: () => windows.size,
		clear: () => windows.clear(),
		quantile: (q: number) => windows.quantile(q),
		medianDistance: (center: number) => windows.medianDistance(center),
		values: () => {
			const out = new Float64Array(windows.size);
			windows.copyTo(out, 0);
			return out;
		},
	};
}

/** The same by sorting anew each time. */
function naive(all: readonly number[], capacity: number) {
	const values = all.slice(-capacity);
	const sorted = values.toSorted((a, b) => a - b);
	const quantileOf = (list: readonly number[], q: number) => {
		const at = q * (list.length - 1);
		const low = list[Math.floor(at)] ?? Number.NaN;
		const high = list[Math.ceil(at)] ?? Number.NaN;
		return low + (high - low) * (at - Math.floor(at));
	};
	return {
		values,
		quantile: (q: number) => quantileOf(sorted, q),
		medianDistance: (center: number) =>
			quantileOf(
				values.map((value) => Math.abs(value - center)).toSorted((a, b) => a - b),
				0.5,
			),
	};
}

// Few different values bring ties; the others bring fractions and signs.
const anyValue = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));

describe("a sorted window", () => {
	it("has the size, values, quantiles and distances of a plain list at every push", () => {
		const inputs = [
			fc.integer({ min: 1, max: 12 }),
			fc.array(anyValue, { minLength: 1, maxLength: 60 }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			anyValue,
		] as const;
		fc.assert(
			fc.property(...inputs, (capacity, list, q, center) => {
				const window = windowOf(capacity);
				for (const [index, value] of list.entries()) {
					window.push(value);
					const plain = naive(list.slice(0, index + 1), capacity);
					expect(window.size()).toBe(plain.values.length);
					expect([...window.values()]).toEqual(plain.values);
					expect(window.quantile(q)).toBeCloseTo(plain.quantile(q), 6);
					expect(window.medianDistance(center)).toBeCloseTo(plain.medianDistance(center), 6);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("made again from its values goes on in the same way", () => {
		fc.assert(
			fc.property(
				fc.array(anyValue, { maxLength: 40 }),
				fc.array(anyValue, { maxLength: 20 }),
				(past, next) => {
					const first = windowOf(10);
					for (const value of past) first.push(value);
					const second = windowOf(10);
					for (const value of first.values()) second.push(value);
					for (const value of next) {
						first.push(value);
						second.push(value);
					}
					expect(second.values()).toEqual(first.values());
					expect(second.quantile(0.5)).toBe(first.quantile(0.5));
				},
			),
		);
	});

	it("that was cleared is as a new one", () => {
		const window = windowOf(3);
		for (const value of [5, 6, 7, 8]) window.push(value);
		window.clear();
		expect(window.size()).toBe(0);
		for (const value of [3, 1, 2, 9]) window.push(value);
		expect([...window.values()]).toEqual([1, 2, 9]);
	});

	it("knows nothing while it is empty", () => {
		const window = windowOf(3);
		expect(window.size()).toBe(0);
		expect(window.quantile(0.5)).toBeNaN();
		expect(window.medianDistance(0)).toBeNaN();
		expect(window.values()).toHaveLength(0);
	});

	it("gives numbers between values that are as far apart as numbers can be", () => {
		const window = windowOf(4);
		window.push(-Number.MAX_VALUE);
		window.push(Number.MAX_VALUE);
		expect(window.quantile(0)).toBe(-Number.MAX_VALUE);
		expect(window.quantile(0.5)).toBe(0);
		expect(window.quantile(1)).toBe(Number.MAX_VALUE);
		expect(window.medianDistance(0)).toBe(Number.MAX_VALUE);
	});
});
