import {
	formatAuditTime,
	formatClock,
	formatRemaining,
	formatSpan,
	formatWhen,
} from "../../../web/src/lib/format-time.ts";

const at = (day: number, hour: number, minute: number, second = 0) =>
	new Date(2026, 10, day, hour, minute, second).getTime();
const NOW = at(20, 2, 47);

test("a time is shown on a 24 h clock with two digits", () => {
	expect(formatClock(at(20, 0, 5))).toBe("00:05");
	expect(formatClock(at(20, 23, 59))).toBe("23:59");
});

test.each([
	["today", at(20, 2, 36), "02:36"],
	["yesterday", at(19, 14, 18), "Thu 14:18"],
	["the same hour yesterday", at(19, 2, 47), "Thu 02:47"],
	["within six days", at(15, 3, 5), "Sun 03:05"],
	["longer ago", at(9, 3, 5), "9 Nov 03:05"],
])("%s is named as people would", (_name, ms, expected) => {
	expect(formatWhen(ms, NOW)).toBe(expected);
});

test("a record of the audit names its day unless it is today", () => {
	expect(formatAuditTime(at(20, 2, 46, 51), NOW)).toBe("02:46:51");
	expect(formatAuditTime(at(19, 14, 18, 2), NOW)).toBe("Thu 19 Nov 14:18:02");
});

test.each([
	[-5000, "0 s"],
	[40_000, "40 s"],
	[11 * 60_000 + 59_000, "11 min"],
	[(6 * 60 + 48) * 60_000, "6 h 48 min"],
	[6 * 3_600_000, "6 h"],
	[(2 * 24 + 4) * 3_600_000, "2 d 4 h"],
])("a span of %d ms is named by its largest two parts", (milliseconds, expected) => {
	expect(formatSpan(milliseconds)).toBe(expected);
});

test.each([
	[0, ""],
	[-1, ""],
	[1, "1 s"],
	[59_999, "60 s"],
	[60_000, "1 min"],
	[60_001, "2 min"],
	[11 * 60_000, "11 min"],
])("%d ms before an expiry are counted in minutes, and in seconds under one minute", (left, expected) => {
	expect(formatRemaining(left)).toBe(expected);
});
