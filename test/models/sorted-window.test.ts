import * as fc from "fast-check";
import { SortedWindow } from "../../models/sorted-window.ts";

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
				const window = new SortedWindow(capacity);
				for (const [index, value] of list.entries()) {
					window.push(value);
					const plain = naive(list.slice(0, index + 1), capacity);
					expect(window.size).toBe(plain.values.length);
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
					const first = new SortedWindow(10);
					for (const value of past) first.push(value);
					const second = new SortedWindow(10);
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

	it("knows nothing while it is empty", () => {
		const window = new SortedWindow(3);
		expect(window.size).toBe(0);
		expect(window.quantile(0.5)).toBeNaN();
		expect(window.medianDistance(0)).toBeNaN();
		expect(window.values()).toHaveLength(0);
	});

	it("gives numbers between values that are as far apart as numbers can be", () => {
		const window = new SortedWindow(4);
		window.push(-Number.MAX_VALUE);
		window.push(Number.MAX_VALUE);
		expect(window.quantile(0)).toBe(-Number.MAX_VALUE);
		expect(window.quantile(0.5)).toBe(0);
		expect(window.quantile(1)).toBe(Number.MAX_VALUE);
		expect(window.medianDistance(0)).toBe(Number.MAX_VALUE);
	});
});
