import { timeToReach } from "../../../models/forecast/time-to-reach.ts";
import { DAY, daily, gaussian, HOUR, MINUTE, START, series } from "./support.ts";

describe("timeToReach", () => {
	it("finds the crossing with its range", () => {
		const noise = gaussian(3);
		const found = timeToReach(
			series(120, (i) => 40 + 0.05 * i + 0.1 * noise()),
			100,
		);
		if (!("atMs" in found)) throw new Error(JSON.stringify(found));
		const truth = START + 1200 * 10_000;
		expect(Math.abs(found.atMs - truth)).toBeLessThan(10 * MINUTE);
		expect(found.earliestMs).toBeLessThanOrEqual(truth);
		expect(found.latestMs).toBeGreaterThanOrEqual(truth);
		expect(found.earliestMs).toBeLessThan(found.atMs);
		expect(found.latestMs).toBeGreaterThan(found.atMs);
	});

	it("says never for a flat, a noisy flat and a falling series", () => {
		expect(
			timeToReach(
				series(120, () => 40),
				100,
			),
		).toEqual({ never: "it is not rising" });
		const noisy = Array.from({ length: 200 }, (_, seed) => {
			const noise = gaussian(seed + 1);
			return timeToReach(
				series(120, () => 40 + noise()),
				100,
				{ reach: 1e6 },
			);
		});
		const risen = noisy.filter((found) => !("never" in found));
		expect(risen.length).toBeLessThanOrEqual(8);
		expect(
			timeToReach(
				series(120, (i) => 40 - 0.1 * i),
				100,
			),
		).toEqual({ never: "it is falling" });
	});

	it("says that it does not know with little history", () => {
		expect(timeToReach([], 100)).toEqual({ notKnown: "there are no samples" });
		expect(
			timeToReach(
				series(25, (i) => i),
				100,
			),
		).toEqual({ notKnown: "only 4 min of history" });
	});

	it("does not draw a trend further than 48 times its history", () => {
		const found = timeToReach(
			series(61, (i) => 40 + 0.001 * i),
			100,
		);
		expect(found).toEqual({
			notKnown: "not within 8 h at the present pace, and 10 min of history can't tell further",
		});
	});

	it("is now where the limit is passed already, and can look downwards", () => {
		const full = series(60, () => 100);
		expect(timeToReach(full, 100)).toMatchObject({ atMs: full.at(-1)?.t });
		const falling = timeToReach(
			series(60, (i) => 100 - i),
			0,
			{ direction: "below" },
		);
		if (!("atMs" in falling)) throw new Error(JSON.stringify(falling));
		expect(Math.round((falling.atMs - START) / 10_000)).toBe(100);
	});
});
