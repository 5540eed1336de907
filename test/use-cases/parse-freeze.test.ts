import * as fc from "fast-check";
import { toAppError } from "../../src/domain/errors.ts";
import { nextClockTime } from "../../src/domain/next-clock-time.ts";
import { parseFreeze } from "../../src/use-cases/parse-freeze.ts";

const NOW = Date.parse("2026-11-20T13:30:20Z");
const at = (iso: string) => Date.parse(iso);
const read = (text: string, zone = "UTC") => parseFreeze(text, NOW, zone);

/** Undefined where the text is refused as it should be. */
function understood(text: string) {
	try {
		return read(text);
	} catch (error) {
		if (toAppError(error).code === "invalid") return undefined;
		throw error;
	}
}

test.each([
	["", { scope: {} }],
	["everything", { scope: {} }],
	["all now for 1h", { scope: {}, untilMs: NOW + 3_600_000 }],
	["environment=production", { scope: { environment: "production" } }],
	[
		"env=prod* target=db-* remediation=scale-group",
		{ scope: { environment: "prod*", target: "db-*", remediation: "scale-group" } },
	],
	["for 2h", { scope: {}, untilMs: NOW + 7_200_000 }],
	["for 90 min", { scope: {}, untilMs: NOW + 5_400_000 }],
	["FOR 1d Environment=production", { scope: { environment: "production" }, untilMs: NOW + 86_400_000 }],
	["until 14:00", { scope: {}, untilMs: at("2026-11-20T14:00:00Z") }],
	["until 9:15 target=a", { scope: { target: "a" }, untilMs: at("2026-11-21T09:15:00Z") }],
	["reason release 42 until 14:00", { scope: {}, reason: "release 42 until 14:00" }],
	[
		"target=a for 1h reason: the database moves",
		{ scope: { target: "a" }, untilMs: NOW + 3_600_000, reason: "the database moves" },
	],
])("%p is read as it is meant", (text, expected) => {
	expect(read(text)).toEqual(expected);
});

test("a time of day is one of the reader's zone", () => {
	expect(read("until 15:00", "Europe/Berlin").untilMs).toBe(at("2026-11-20T14:00:00Z"));
	expect(read("until 14:00", "Europe/Berlin").untilMs).toBe(at("2026-11-21T13:00:00Z"));
});

test.each([
	"production",
	"enviroment=production",
	"environment=",
	"environment=a environment=b",
	"until 25:00",
	"until 14:00 for 2h",
	"for 2 weeks",
	"for ever",
	"until tomorrow",
	"target=a nonsense",
])("%p is refused, and nothing is taken for the whole world", (text) => {
	expect(() => read(text)).toThrow(/^Nothing is frozen: /);
});

test("a text of anything either is refused or says all of its scope", () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 80 }), (text) => {
			const input = understood(text);
			const whole = input && Object.keys({ ...input, ...input.scope }).join() === "scope";
			expect(whole && !/^(?:\s|all|everything|now)*$/i.test(text)).toBeFalsy();
		}),
	);
});

test.each([
	// Berlin's clocks go forward on 29 March 2026: 02:30 is missing that day.
	["02:30", "2026-03-29T00:00:00Z", "Europe/Berlin", "2026-03-30T00:30:00Z"],
	// And back on 25 October: the first 02:30 counts.
	["02:30", "2026-10-24T23:00:00Z", "Europe/Berlin", "2026-10-25T00:30:00Z"],
	["00:00", "2026-11-20T00:00:00Z", "UTC", "2026-11-21T00:00:00Z"],
	["00:00", "2026-11-19T23:59:59.999Z", "UTC", "2026-11-20T00:00:00Z"],
])("%s after %s in %s is %s", (clock, now, zone, expected) => {
	expect(nextClockTime(clock, at(now), zone)).toBe(at(expected));
});

test.each(["24:00", "12:60", "noon", ""])("%p is no time of day", (clock) => {
	expect(nextClockTime(clock, NOW, "UTC")).toBeUndefined();
});
