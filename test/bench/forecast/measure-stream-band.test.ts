import { measureStreamBand } from "../../../bench/forecast/measure-stream-band.ts";
import type { Origin } from "../../../bench/forecast/rolling-origins.ts";
import { gridOf } from "../../../models/forecast/regular-grid.ts";
import { seededRandom } from "../../../models/random.ts";

const STEP_MS = 300_000;
const DAY = 288;

/** Noise around 50 for three days, and one value that comes. */
function origin(next: number): Origin {
	const random = seededRandom(1);
	const values = Float64Array.from({ length: 3 * DAY }, () => 50 + random() - random());
	return { history: gridOf(values, STEP_MS, Date.UTC(2026, 10, 20)), coming: Float64Array.of(next) };
}

describe("the band as a forecast of one step", () => {
	it("has its centre where noise is around, and holds what is usual", () => {
		const { step, far } = measureStreamBand([origin(50)], DAY) ?? {};
		expect(step?.mase).toBeLessThan(0.5);
		expect(step?.inBand).toBe(1);
		expect(step?.width95).toBeGreaterThan(2);
		expect([step?.in80, far?.mase]).toEqual([Number.NaN, Number.NaN]);
	});

	it("does not hold what is far away, and its centre does not follow what it is measured by", () => {
		const { step } = measureStreamBand([origin(90)], DAY) ?? {};
		expect(step?.inBand).toBe(0);
		expect(step?.mase).toBeGreaterThan(30);
	});

	it("measures nothing where nothing comes", () => {
		expect(measureStreamBand([origin(Number.NaN)], DAY)).toBeUndefined();
	});
});
