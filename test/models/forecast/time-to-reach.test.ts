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

describe("timeToReach with days of history", () => {
	const noise = gaussian(21);
	/** Between 40 and 52 by the time of day, and 3 more each day. */
	const filling = daily(7, { low: 40, high: 52, trend: 3, noise: () => 0.2 * noise() });
	const level = (t: number) => 46 - 6 * Math.cos((2 * Math.PI * (t - START)) / DAY) + (3 * (t - START)) / DAY;

	it("finds when the trend and the peak of a day first reach the limit together", () => {
		const found = timeToReach(filling, 90);
		if (!("atMs" in found)) throw new Error(JSON.stringify(found));
		let truth = START + 7 * DAY;
		while (level(truth) < 90) truth += 10 * MINUTE;
		expect(Math.abs(found.atMs - truth)).toBeLessThan(DAY);
		expect(found.earliestMs).toBeLessThanOrEqual(found.atMs);
		expect(found.latestMs).toBeGreaterThanOrEqual(found.atMs);
		expect(level(found.atMs)).toBeGreaterThan(88);
	});

	it("is not deceived by a morning that rises every day", () => {
		const flat = daily(6.3, { low: 40, high: 60, noise: () => 0.2 * noise() });
		expect(timeToReach(flat, 90)).toMatchObject({
			never: expect.stringMatching(/^it is (not rising|falling)$/),
		});
		const morning = timeToReach(flat.slice(-6 * 6), 90);
		expect("atMs" in morning).toBe(true);
	});

	it("says when the next peak reaches a limit that only peaks reach", () => {
		const flat = daily(6, { low: 40, high: 60, noise: () => 0.2 * noise() });
		const found = timeToReach(flat, 59);
		if (!("atMs" in found)) throw new Error(JSON.stringify(found));
		const hours = (found.atMs - (START + 6 * DAY)) / HOUR;
		expect(hours).toBeGreaterThan(8);
		expect(hours).toBeLessThan(13);
	});

	it("looks downwards by the trough of the day", () => {
		const falling = filling.map(({ t, v }) => ({ t, v: 100 - v }));
		const found = timeToReach(falling, 10, { direction: "below" });
		const upwards = timeToReach(filling, 90);
		if (!("atMs" in found) || !("atMs" in upwards)) throw new Error("not found");
		expect(Math.abs(found.atMs - upwards.atMs)).toBeLessThan(HOUR);
	});
});
