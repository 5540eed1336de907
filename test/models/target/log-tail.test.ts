import * as fc from "fast-check";
import { seededRandom } from "../../../models/random.ts";
import { pushTail, TAIL_FLOATS } from "../../../models/target/log-tail.ts";

describe("the tail of a number's past", () => {
	it("says how rare a number is, near to what counting would", () => {
		const random = seededRandom(4);
		const floats = new Float32Array(TAIL_FLOATS + 3);
		const past: number[] = [];
		const off: number[] = [];
		for (let i = 0; i < 1500; i += 1) {
			const value = 5 * random() ** -0.7;
			const counted = Math.log10((past.length + 1) / (past.filter((one) => one >= value).length + 1));
			const said = pushTail(floats, 3, value);
			off.push(Math.abs(said - (i < 100 ? 0 : counted)));
			past.push(value);
		}
		off.sort((a, b) => a - b);
		expect(off[Math.floor(off.length * 0.99)]).toBeLessThan(0.25);
		expect(floats.slice(0, 3)).toEqual(Float32Array.of(0, 0, 0));
	});

	it("gets used to a new size of numbers", () => {
		const floats = new Float32Array(TAIL_FLOATS);
		const random = seededRandom(1);
		for (let i = 0; i < 3000; i += 1) pushTail(floats, 0, 1 + random());
		const first = pushTail(floats, 0, 1e6);
		for (let i = 0; i < 20_000; i += 1) pushTail(floats, 0, 1e6 * (1 + random()));
		expect(first).toBeGreaterThan(3);
		expect(pushTail(floats, 0, 1.5e6)).toBeLessThan(0.6);
	});

	it("stays finite and at 0 or more whatever comes", () => {
		const any = fc.oneof(
			fc.double(),
			fc.constantFrom(0, Number.POSITIVE_INFINITY, Number.NaN, -1, 1e-320, 1e300),
		);
		fc.assert(
			fc.property(fc.array(any, { minLength: 110, maxLength: 150 }), (values) => {
				const floats = new Float32Array(TAIL_FLOATS);
				for (const value of values) {
					const rare = pushTail(floats, 0, value);
					expect(rare >= 0 && rare < 10).toBe(true);
				}
				expect(floats.every(Number.isFinite)).toBe(true);
			}),
			{ numRuns: 10 },
		);
	});
});
