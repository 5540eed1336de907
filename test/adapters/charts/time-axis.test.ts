import * as fc from "fast-check";
import { textWidthPx } from "../../../src/adapters/charts/text-width.ts";
import { type TimeTick, timeAxis } from "../../../src/adapters/charts/time-axis.ts";
import { zoneClock } from "../../../src/adapters/charts/zone-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 02:00 in Berlin on Friday 20 November 2026. */
const NIGHT = Date.UTC(2026, 10, 20, 1);
const WIDE = { left: 44, right: 604, narrow: false };

const ticks = (startMs: number, lengthMs: number, place = WIDE, zone = "Europe/Berlin") =>
	timeAxis({ startMs, endMs: startMs + lengthMs }, zoneClock(zone), place);
const texts = (list: readonly TimeTick[]) => list.map((tick) => tick.text);

describe("time axis", () => {
	test("has round instants and, at the right end, the end of the span with the zone", () => {
		expect(texts(ticks(NIGHT - 10 * MINUTE, 71 * MINUTE))).toEqual([
			"02:00",
			"02:15",
			"02:30",
			"02:45",
			"03:01 CET",
		]);
	});

	test("is read in the zone that was asked for", () => {
		expect(texts(ticks(NIGHT, HOUR, WIDE, "America/New_York")).at(-1)).toBe("21:00 EST");
		expect(texts(ticks(NIGHT, HOUR, WIDE, "Asia/Kolkata")).at(-1)).toBe("07:30 IST");
		expect(texts(ticks(NIGHT, HOUR, WIDE, "Asia/Tokyo")).at(-1)).toBe("11:00 UTC+9");
		expect(texts(ticks(NIGHT, HOUR, WIDE, "UTC")).at(-1)).toBe("02:00 UTC");
	});

	test("falls back to UTC and says so when the zone is unknown", () => {
		expect(texts(ticks(NIGHT, HOUR, WIDE, "Mars/Olympus_Mons")).at(-1)).toBe("02:00 UTC");
	});

	test("shows seconds in spans under five minutes", () => {
		expect(texts(ticks(NIGHT, 90_000))).toEqual([
			"02:00:00",
			"02:00:15",
			"02:00:30",
			"02:00:45",
			"02:01:00",
			"02:01:30 CET",
		]);
		expect(texts(ticks(NIGHT, 6 * MINUTE))[0]).toBe("02:00");
	});

	test("names the day at midnight", () => {
		expect(texts(ticks(NIGHT - 3 * HOUR, 2 * HOUR))).toEqual([
			"23:00",
			"23:30",
			"Fri 00:00",
			"00:30",
			"01:00 CET",
		]);
	});

	test("names the day on the first tick of a span of a day, and midnights after it", () => {
		expect(texts(ticks(NIGHT + HOUR - DAY, DAY))[0]).toBe("Thu 06:00");
		expect(texts(ticks(NIGHT, 3 * DAY, WIDE, "UTC"))).toEqual([
			"Fri 12:00",
			"Sat 00:00",
			"12:00",
			"Sun 00:00",
			"12:00",
			"01:00 UTC",
		]);
	});

	test("shows dates for spans of weeks, and months for years", () => {
		expect(texts(ticks(Date.UTC(2026, 10, 5, 23), 28 * DAY))).toEqual([
			"9 Nov",
			"16 Nov",
			"23 Nov",
			"4 Dec CET",
		]);
		expect(texts(ticks(Date.UTC(2025, 0, 1), 700 * DAY)).at(-1)).toBe("Dec 2026 CET");
	});

	test("stays on round local hours when the clocks change inside the span", () => {
		const before = Date.UTC(2026, 2, 28, 23);
		expect(texts(ticks(before, 11 * HOUR))).toEqual(["Sun 00:00", "03:00", "06:00", "09:00", "12:00 CEST"]);
		const autumn = Date.UTC(2026, 9, 24, 22);
		expect(texts(ticks(autumn, 12 * HOUR))).toEqual([
			"Sun 00:00",
			"02:00",
			"04:00",
			"06:00",
			"08:00",
			"11:00 CET",
		]);
	});

	test("has fewer texts in a narrow drawing", () => {
		const narrow = ticks(NIGHT - 10 * MINUTE, 71 * MINUTE, { left: 44, right: 344, narrow: true });
		expect(texts(narrow)).toEqual(["02:00", "02:30", "03:01 CET"]);
	});

	test("never lets two texts touch, keeps ticks in order, and says the zone exactly once, for any span", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: Date.UTC(2100, 0) }),
				fc.double({ noNaN: true, min: 3, max: 12.5 }),
				fc.constantFrom("Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"),
				fc.boolean(),
				(startMs, magnitude, zone, narrow) => {
					const place = narrow ? { left: 44, right: 240, narrow } : WIDE;
					const list = ticks(startMs, Math.round(10 ** magnitude), place, zone);
					expect(list.length).toBeLessThanOrEqual(narrow ? 5 : 7);
					const boxes = list.map(({ x, text, anchor }) => {
						const width = textWidthPx(text, 400);
						const left = x - (anchor === "start" ? 0 : anchor === "middle" ? width / 2 : width);
						return { left, right: left + width };
					});
					for (const [index, box] of boxes.entries()) {
						expect(box.left).toBeGreaterThan((boxes[index - 1]?.right ?? 0) + (index === 0 ? 0 : 8));
						expect(box.right).toBeLessThanOrEqual(place.right + 0.01);
					}
					const name = zoneClock(zone).nameAt(startMs + Math.round(10 ** magnitude));
					expect(texts(list).filter((text) => text.endsWith(name))).toHaveLength(1);
				},
			),
			{ numRuns: 300 },
		);
	});

	test("has 4 to 6 round ticks, or so many texts with the end, in a wide drawing for the spans that people ask for", () => {
		const lengths = [
			5 * MINUTE,
			15 * MINUTE,
			30 * MINUTE,
			HOUR,
			3 * HOUR,
			6 * HOUR,
			12 * HOUR,
			DAY,
			2 * DAY,
			7 * DAY,
			14 * DAY,
			28 * DAY,
			90 * DAY,
		];
		for (const lengthMs of lengths) {
			const count = ticks(NIGHT + 7 * MINUTE, lengthMs).length;
			expect([lengthMs / HOUR, count >= 4 && count <= 7]).toEqual([lengthMs / HOUR, true]);
		}
	});
});
