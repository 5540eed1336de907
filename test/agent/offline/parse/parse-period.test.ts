import { parsePeriods } from "../../../../src/agent/offline/parse/parse-period.ts";
import { tokenise } from "../../../../src/agent/offline/parse/tokenise.ts";

// Friday 20 Nov 2026, 14:30 in Berlin (UTC+1).
const NOW_MS = Date.UTC(2026, 10, 20, 13, 30);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function periods(text: string, timeZone = "Europe/Berlin", nowMs = NOW_MS) {
	return parsePeriods(tokenise(text), { nowMs, timeZone }).map((mention) => mention.period);
}

/** Berlin's wall clock on a day of that November as Unix milliseconds. */
const berlin = (day: number, hour = 0, minute = 0) => Date.UTC(2026, 10, day, hour - 1, minute);

describe("lengths that end now", () => {
	it.each([
		["last 2 hours", 2 * HOUR],
		["in the last hour", HOUR],
		["past 30m", 30 * MINUTE],
		["over the last couple of hours", 2 * HOUR],
		["for the past half an hour", 30 * MINUTE],
		["last 1h30m", 90 * MINUTE],
		["last hour and a half", HOUR],
		["last 1.5 h", 90 * MINUTE],
		["last 2 hours and 15 minutes", 135 * MINUTE],
		["past few days", 3 * DAY],
		["24h", DAY],
		["last fifteen minutes", 15 * MINUTE],
		["since 3 hours", 3 * HOUR],
	])("%s", (text, lengthMs) => {
		expect(periods(text)[0]).toMatchObject({ kind: "length", lengthMs });
	});
});

describe("spans by the reader's clock", () => {
	it.each([
		["since 02:00", berlin(20, 2), NOW_MS],
		["since 2am", berlin(20, 2), NOW_MS],
		["since 16:00", berlin(19, 16), NOW_MS],
		["since midnight", berlin(20), NOW_MS],
		["today", berlin(20), NOW_MS],
		["yesterday", berlin(19), berlin(20) - 1000],
		["the day before yesterday", berlin(18), berlin(19) - 1000],
		["on monday", berlin(16), berlin(17) - 1000],
		["on friday", berlin(13), berlin(14) - 1000],
		["2026-11-02", berlin(2), berlin(3) - 1000],
		["last night", berlin(19, 22), berlin(20, 8)],
		["this morning", berlin(20, 5), berlin(20, 12)],
		["between 2am and 3am", berlin(20, 2), berlin(20, 3)],
		["from 23:30 to 00:15", berlin(19, 23, 30), berlin(20, 0, 15)],
		["since yesterday", berlin(19), NOW_MS],
		["this week", berlin(16), NOW_MS],
	])("%s", (text, startMs, endMs) => {
		expect(periods(text)[0]).toMatchObject({ kind: "range", startMs, endMs });
	});

	it("reads the same words in another zone differently", () => {
		expect(periods("today", "UTC")[0]).toMatchObject({ startMs: Date.UTC(2026, 10, 20) });
		expect(periods("today", "America/New_York")[0]).toMatchObject({ startMs: Date.UTC(2026, 10, 20, 5) });
	});

	it("knows days of 23 and 25 hours", () => {
		const shortDay = periods("yesterday", "Europe/Berlin", Date.UTC(2026, 2, 30, 10))[0];
		const longDay = periods("yesterday", "Europe/Berlin", Date.UTC(2026, 9, 26, 10))[0];
		if (shortDay?.kind !== "range" || longDay?.kind !== "range") throw new Error("not a range");
		expect(shortDay.endMs + 1000 - shortDay.startMs).toBe(23 * HOUR);
		expect(longDay.endMs + 1000 - longDay.startMs).toBe(25 * HOUR);
	});
});

describe("moments and earlier spans", () => {
	it.each([
		["2 hours ago", { kind: "ago", offsetMs: 2 * HOUR }],
		["an hour ago", { kind: "ago", offsetMs: HOUR }],
		["the hour before", { kind: "before", offsetMs: HOUR }],
		["previous 30 minutes", { kind: "before", offsetMs: 30 * MINUTE }],
		["same time yesterday", { kind: "ago", offsetMs: DAY }],
		["this time last week", { kind: "ago", offsetMs: 7 * DAY }],
		["at 02:36", { kind: "at", atMs: berlin(20, 2, 36) }],
		["around 3pm", { kind: "at", atMs: berlin(19, 15) }],
		["right now", { kind: "now" }],
	])("%s", (text, expected) => {
		expect(periods(text)[0]).toMatchObject(expected);
	});
});

describe("what is no time", () => {
	it.each(["requests per second", "top 5 processes", "the last 5 anomalies", "p95 of checkout", "500s"])(
		"%s",
		(text) => {
			expect(periods(text)).toEqual([]);
		},
	);

	it.each(["since 25:99", "last 0 minutes", "over the last 99999999999999999999 hours", "last 5000 days"])(
		"says that it can't be read: %s",
		(text) => {
			expect(periods(text).some((period) => period.kind === "unreadable")).toBe(true);
		},
	);
});
