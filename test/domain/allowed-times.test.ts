import * as fc from "fast-check";
import { judgeTime, nextAllowedTime, spanText, timeChecks } from "../../src/domain/allowed-times.ts";
import { type AllowedTime, Weekday } from "../../src/domain/approval-policy.ts";

const office: AllowedTime = {
	days: ["mon", "tue", "wed", "thu", "fri"],
	from: "08:00",
	to: "18:00",
	timeZone: "Europe/Berlin",
};
const night: AllowedTime = { ...office, days: ["sat"], from: "22:00", to: "04:00" };
const allowed = (span: AllowedTime, at: string) =>
	judgeTime({ allowedTimes: [span] }, Date.parse(at)).allowed;

describe("an allowed time", () => {
	it.each([
		["2026-11-20T07:00:00Z", true],
		["2026-11-20T06:59:59Z", false],
		["2026-11-20T16:59:59.999Z", true],
		["2026-11-20T17:00:00Z", false],
		["2026-11-21T10:00:00Z", false],
		["2026-11-23T10:00:00Z", true],
		// In summer Berlin is two hours ahead.
		["2026-07-20T06:00:00Z", true],
		["2026-07-20T05:59:59Z", false],
		["2026-07-20T16:00:00Z", false],
	])("of office hours in Berlin holds at %s: %s", (at, expected) => {
		expect(allowed(office, at)).toBe(expected);
	});

	it.each([
		["2026-11-21T20:59:00Z", false],
		["2026-11-21T21:00:00Z", true],
		["2026-11-21T23:30:00Z", true],
		["2026-11-22T02:59:00Z", true],
		["2026-11-22T03:00:00Z", false],
		// Before 04:00 on Saturday belongs to Friday's night, which is not allowed.
		["2026-11-21T02:00:00Z", false],
	])("over midnight belongs to the day on which it begins: %s: %s", (at, expected) => {
		expect(allowed(night, at)).toBe(expected);
	});

	it.each([
		// Clocks went forward on 29 March 2026 at 02:00: 03:00 came next.
		["02:00", "03:00", "2026-03-29T00:59:00Z", false],
		["02:00", "03:00", "2026-03-29T01:00:00Z", false],
		["02:00", "03:30", "2026-03-29T01:00:00Z", true],
		// And back on 25 October 2026 at 03:00: 02:30 came twice.
		["02:00", "03:00", "2026-10-25T00:30:00Z", true],
		["02:00", "03:00", "2026-10-25T01:30:00Z", true],
		["02:00", "03:00", "2026-10-25T02:00:00Z", false],
	])("from %s to %s on the day the clocks change, at %s: %s", (from, to, at, expected) => {
		expect(allowed({ ...office, days: ["sun"], from, to }, at)).toBe(expected);
	});

	it("that begins and ends at the same time lasts a day", () => {
		const whole: AllowedTime = { ...office, days: ["wed"], from: "00:00", to: "00:00", timeZone: "UTC" };
		expect(allowed(whole, "2026-11-18T00:00:00Z")).toBe(true);
		expect(allowed(whole, "2026-11-18T23:59:59Z")).toBe(true);
		expect(allowed(whole, "2026-11-19T00:00:00Z")).toBe(false);
		expect(allowed(whole, "2026-11-17T23:59:59Z")).toBe(false);
	});

	it("goes by its own zone, on the other side of the date line too", () => {
		const far: AllowedTime = {
			...office,
			days: ["mon"],
			from: "00:00",
			to: "06:00",
			timeZone: "Pacific/Kiritimati",
		};
		expect(allowed(far, "2026-11-22T10:00:00Z")).toBe(true);
		expect(allowed(far, "2026-11-23T01:00:00Z")).toBe(false);
	});
});

describe("the times of a rule", () => {
	it("are always where there are none, and the sum of all where there are several", () => {
		expect(judgeTime({ allowedTimes: [] }, 0)).toEqual({ allowed: true });
		const rule = { allowedTimes: [office, night] };
		expect(judgeTime(rule, Date.parse("2026-11-20T10:00:00Z")).allowed).toBe(true);
		expect(judgeTime(rule, Date.parse("2026-11-21T23:00:00Z")).allowed).toBe(true);
		expect(judgeTime(rule, Date.parse("2026-11-21T10:00:00Z"))).toEqual({
			allowed: false,
			reason:
				"The approval policy allows this only Mon–Fri 08:00–18:00 (Europe/Berlin) or Sat 22:00–04:00 (Europe/Berlin).",
		});
	});

	it("are named in few words", () => {
		expect(spanText({ ...office, days: ["sun", "mon", "wed", "tue"] })).toBe(
			"Mon–Wed, Sun 08:00–18:00 (Europe/Berlin)",
		);
		expect(spanText({ ...office, days: ["fri", "sat"] })).toBe("Fri, Sat 08:00–18:00 (Europe/Berlin)");
		expect(spanText({ ...office, days: [...Weekday.options] })).toBe("daily 08:00–18:00 (Europe/Berlin)");
	});

	it("in a zone without summer time are open as many minutes of a week as they say", () => {
		const clock = fc.record({ hour: fc.nat(23), minute: fc.constantFrom(0, 15, 30, 45) });
		const text = ({ hour, minute }: { hour: number; minute: number }) =>
			`${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
		const days = fc.uniqueArray(fc.constantFrom(...Weekday.options), { minLength: 1 });
		fc.assert(
			fc.property(clock, clock, days, (from, to, on) => {
				const span = { days: on, from: text(from), to: text(to), timeZone: "Asia/Tokyo" };
				const length = (to.hour * 60 + to.minute - from.hour * 60 - from.minute + 1440) % 1440 || 1440;
				const startMs = Date.parse("2026-11-16T00:00:00Z");
				const open = Array.from({ length: 7 * 96 }, (_, quarter) => startMs + quarter * 900_000).filter(
					(atMs) => judgeTime({ allowedTimes: [span] }, atMs).allowed,
				);
				expect(open.length * 15).toBe(length * on.length);
			}),
			{ numRuns: 30 },
		);
	});
});

describe("a request that is made outside of the allowed times", () => {
	const rule = { allowedTimes: [office] };
	const friday = Date.parse("2026-11-20T18:30:20Z");
	const monday = Date.parse("2026-11-23T07:00:00Z");

	it("says when they begin again, over weekends and to the minute", () => {
		expect(nextAllowedTime(rule, friday)).toBe(monday);
		expect(nextAllowedTime({ allowedTimes: [office, night] }, friday)).toBe(
			Date.parse("2026-11-21T21:00:00Z"),
		);
	});

	it("is told of that where it lives until then, and failed where it does not", () => {
		const text = `May be approved and run only Mon–Fri 08:00–18:00 (Europe/Berlin); next at {{time:${monday}}}`;
		expect(timeChecks(rule, { nowMs: friday, expiresAtMs: monday + 1 })).toEqual([{ verdict: "info", text }]);
		expect(timeChecks(rule, { nowMs: friday, expiresAtMs: monday })).toEqual([
			{ verdict: "fail", text: `${text}, after the request would have expired; ask again then` },
		]);
	});

	it("needs no word where it is always allowed, and a plain one within the times", () => {
		const span = { nowMs: monday, expiresAtMs: monday + 900_000 };
		expect(timeChecks({ allowedTimes: [] }, span)).toEqual([]);
		expect(timeChecks(rule, span)).toMatchObject([{ verdict: "pass" }]);
	});
});
