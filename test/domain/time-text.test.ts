import * as fc from "fast-check";
import { clockText, replaceTimes, replaceTimesDeep, timeToken } from "../../src/domain/time-text.ts";

const at = (iso: string) => Date.parse(iso);

describe("a time as people read it", () => {
	const now = at("2026-11-12T02:47:00Z");
	it.each([
		["2026-11-12T02:36:00Z", "UTC", "02:36"],
		["2026-11-12T00:00:00Z", "UTC", "00:00"],
		["2026-11-11T23:59:00Z", "UTC", "Wed 23:59"],
		["2026-11-11T23:59:00Z", "Europe/Berlin", "00:59"],
		["2026-11-07T14:18:00Z", "UTC", "Sat 14:18"],
		["2026-11-06T02:48:00Z", "UTC", "Fri 02:48"],
		["2026-11-06T02:46:00Z", "UTC", "6 Nov 02:46"],
		["2026-11-05T03:05:00Z", "UTC", "5 Nov 03:05"],
		["2026-11-14T09:00:00Z", "UTC", "Sat 09:00"],
		["2026-11-30T09:00:00Z", "UTC", "30 Nov 09:00"],
		["2025-11-12T02:36:00Z", "UTC", "12 Nov 02:36"],
	])("%s in %s is %p on Thursday 12 November, 02:47 UTC", (iso, zone, text) => {
		expect(clockText(at(iso), now, zone)).toBe(text);
	});

	it("follows the zone over a change of daylight saving", () => {
		expect(clockText(at("2026-03-29T00:59:00Z"), at("2026-03-29T12:00:00Z"), "Europe/Berlin")).toBe("01:59");
		expect(clockText(at("2026-03-29T01:01:00Z"), at("2026-03-29T12:00:00Z"), "Europe/Berlin")).toBe("03:01");
	});
});

describe("a time token", () => {
	it("is replaced wherever it stands, to the millisecond", () => {
		fc.assert(
			fc.property(fc.nat({ max: 4_102_444_800_000 }), (ms) => {
				expect(replaceTimes(`a ${timeToken(ms)} b ${timeToken(ms)}`, String)).toBe(`a ${ms} b ${ms}`);
			}),
		);
	});

	it("is replaced in every string of plain data, and nothing else changes", () => {
		const data = { a: [timeToken(5), 7, null, true], b: { c: `x ${timeToken(6)}` }, d: undefined };
		expect(replaceTimesDeep(data, (ms) => `<${ms}>`)).toEqual({
			a: ["<5>", 7, null, true],
			b: { c: "x <6>" },
			d: undefined,
		});
	});

	it("that somebody wrote into a name can't break the text it stands in", () => {
		const show = (ms: number) => clockText(ms, 0, "UTC");
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (digits) => {
				expect(() => replaceTimes(`{{time:${digits}}}`, show)).not.toThrow();
			}),
		);
		expect(replaceTimes("{{time:9999999999999999}}", show)).toBe("{{time:9999999999999999}}");
		expect(replaceTimes("{{time:1}} {{time:x}} {{time:}}", show)).toBe("00:00 {{time:x}} {{time:}}");
	});
});
