import type { Band } from "../../src/domain/anomaly.ts";
import type { Severity } from "../../src/domain/severity.ts";
import {
	beginningText,
	expectedText,
	explainFinding,
	explainPeak,
	findingTitle,
	isRising,
	reasonsSentence,
	relation,
	severityOf,
	speaksOf,
} from "../../src/use-cases/describe-finding.ts";
import { exampleWatch } from "../fakes/example-watch.ts";

const MB = 1024 ** 2;
const band: Band = { low: 190 * MB, high: 260 * MB };
const watch = exampleWatch();
const points = (...values: readonly number[]) => values.map((v, i) => ({ t: i * 2000, v: v * MB }));
const flat = points(804, 804, 804, 804, 804, 804);
const rising = points(700, 720, 740, 760, 780, 804);
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("the severity of a score", () => {
	it.each<[number, Severity]>([
		[1, "low"],
		[1.29, "low"],
		[1.3, "medium"],
		[2, "high"],
		[7.9, "high"],
		[8, "critical"],
		[Number.MAX_VALUE, "critical"],
	])("%p is %s", (score, severity) => {
		expect(severityOf(score, exampleWatch({ maximumSeverity: "critical" }))).toBe(severity);
	});

	it("is never worse than the watch allows", () => {
		expect(severityOf(100, exampleWatch({ maximumSeverity: "medium" }))).toBe("medium");
		expect(severityOf(1, exampleWatch({ maximumSeverity: "medium" }))).toBe("low");
	});
});

describe("a trend", () => {
	it.each([
		["rises with nearly every step", rising, 1, true],
		["does not rise on a level", flat, 1, false],
		["may have one step back", points(700, 720, 740, 735, 780, 804), 1, true],
		["may not have two", points(700, 690, 740, 735, 780, 804), 1, false],
		["needs four points", points(700, 720, 804), 1, false],
		["must be more than noise", points(800, 801, 802, 803, 803.5, 804), 1, false],
		["falls the other way", points(100, 80, 60, 40, 20, 0), -1, true],
		["that rises does not fall", rising, -1, false],
	] as const)("%s", (_what, list, direction, answer) => {
		expect(isRising(list, direction, 35 * MB)).toBe(answer);
	});
});

describe("what the detector saw", () => {
	const reason = (text: string, share: number) => ({ signal: "s", text, share });

	it("is told as a sentence of at most two reasons that carry something", () => {
		const reasons = [reason("highest in 6 days", 0.6), reason("rising 4 times faster than usual", 0.3)];
		expect(plain(explainFinding(watch, 804 * MB, band, flat, [...reasons, reason("a third", 0.2)]))).toBe(
			"Memory is 804 MB, expected 190–260 MB. What stands out: highest in 6 days, and rising 4 times faster than usual.",
		);
		expect(reasonsSentence([reason("highest in 6 days", 0.9), reason("little", 0.1)], "bytes")).toBe(
			"What stands out: highest in 6 days.",
		);
	});

	it("is left out where there is nothing to say", () => {
		expect(reasonsSentence([], "bytes")).toBe("");
		expect(reasonsSentence([reason("little", 0.1), reason("", 0.9)], "bytes")).toBe("");
	});
});

describe("how a value stands to what is usual", () => {
	it.each([
		[3000, flat, "over ten times its usual level"],
		[804, flat, "over three times its usual level"],
		[804, rising, "over three times its usual level and rising"],
		[500, flat, "over twice its usual level"],
		[300, flat, "above its expected band"],
		[150, flat, "below its expected band"],
		[100, flat, "less than half its usual level"],
		[20, points(200, 160, 120, 80, 40, 20), "less than half its usual level and falling"],
	])("%p MB is %s", (value, recent, text) => {
		expect(relation(value * MB, band, recent)).toBe(text);
	});

	it("names no multiple of nothing", () => {
		expect(relation(5, { low: -1, high: 1 }, [])).toBe("above its expected band");
		expect(relation(-5, { low: -4, high: -2 }, [])).toBe("below its expected band");
	});
});

describe("a finding told by its peak, when all is known", () => {
	const reason = (text: string, distance?: number) => ({
		signal: "level",
		share: 1,
		text,
		...(distance === undefined ? {} : { distance }),
	});
	const atFirst = [reason("above its usual level", 14.9 * MB)];
	const atPeak = [reason("above its usual level", 394 * MB)];

	it("names the peak, and how far it is from usual in the watch's unit", () => {
		expect(plain(explainPeak(watch, 619 * MB, band, atPeak, atFirst))).toBe(
			"Memory reached 619 MB, expected 190–260 MB. What stands out: 394 MB above its usual level.",
		);
		const share = exampleWatch({ unit: "percent", metric: "error rate" });
		expect(
			plain(explainPeak(share, 15, { low: 0, high: 2 }, [reason("above its usual level", 14)], [])),
		).toBe("Error rate reached 15 %, expected 0–2 %. What stands out: 14 points above its usual level.");
	});

	it("names what was seen at first as what it is, where nothing was seen at the peak", () => {
		expect(plain(explainPeak(watch, 619 * MB, band, [], atFirst))).toBe(
			"Memory reached 619 MB, expected 190–260 MB. What stood out when it was told: 14.9 MB above its usual level.",
		);
		expect(plain(explainPeak(watch, 619 * MB, band, [], []))).toBe(
			"Memory reached 619 MB, expected 190–260 MB.",
		);
	});

	it("did not reach what lies inside its band", () => {
		expect(plain(explainPeak(watch, 240 * MB, band, [], []))).toBe(
			"Memory was 240 MB, inside its expected 190–260 MB.",
		);
	});
});

describe("a finding whose value is inside its band", () => {
	const noise: Band = { low: 8.98, high: 10.9 };
	const big = exampleWatch({ metric: "big", unit: "count" });
	const by = (signal: string, share = 1) => ({ signal, share, text: "falling 4.19 times faster than usual" });

	it.each([
		["drift", "is drifting"],
		["shape", "moves unlike before"],
		["stuck", "stopped moving"],
		["season", "is unusual for this hour"],
		["hour", "is unusual for this hour"],
		["change", "changes unlike before"],
		["swing", "swings unlike before"],
		["level", "is at an unusual level"],
		["aggregate", "is at an unusual level"],
		["band", "is away from its usual level"],
		["return", "is abnormal again"],
		["of another detector", "is unusual"],
	])("carried by %s, %s", (signal, words) => {
		const title = findingTitle("big", big, 9.84, noise, [], [by("other", 0.2), by(signal, 0.8)]);
		expect(title).toBe(`big: big ${words}`);
		expect(speaksOf(title, "big", big)).toBe(true);
	});

	it("is not said to be outside, in its title, its text or its beginning", () => {
		expect(findingTitle("big", big, 9.84, noise, [])).toBe("big: big is unusual");
		expect(explainFinding(big, 9.84, noise, [], [by("drift")])).toBe(
			"Big is 9.84, inside its expected 8.98–10.9. What stands out: falling 4.19 times faster than usual.",
		);
		expect(beginningText(big, false)).toBe("Big became abnormal");
		expect(beginningText(big, true)).toBe("Big left its band");
	});

	it("is said to be outside as soon as it is, whatever carried it", () => {
		expect(findingTitle("big", big, 12, noise, [], [by("drift")])).toBe(
			"big: big is above its expected band",
		);
		expect(explainFinding(big, 12, noise, [])).toBe("Big is 12, expected 8.98–10.9.");
	});

	it("has no multiple of its usual level where the band reaches below nothing", () => {
		expect(findingTitle("big", big, 20, { low: -5, high: 21 }, [])).toBe("big: big is unusual");
	});

	it("is told without a range where its detector expects none", () => {
		const none = { low: 9.84, high: 9.84 };
		expect(explainFinding(big, 9.84, none, [], [by("swing")])).toBe(
			"Big is 9.84. What stands out: falling 4.19 times faster than usual.",
		);
		expect(findingTitle("big", big, 12, none, [], [by("swing")])).toBe("big: big swings unlike before");
		expect(expectedText(big, none)).toBe("no range is expected");
	});

	it("is told by words for its own metric alone", () => {
		expect(speaksOf("big: big loss is drifting", "big", big)).toBe(false);
		expect(speaksOf("big: big is above its expected band", "big", big)).toBe(true);
		expect(speaksOf("other: big is drifting", "big", big)).toBe(false);
	});
});

describe("the words of a finding", () => {
	it("put the target first, then the metric, then the fact", () => {
		expect(findingTitle("checkout", watch, 804 * MB, band, rising)).toBe(
			"checkout: memory is over three times its usual level and rising",
		);
	});

	it("give every number its expectation, and the pace where it moves", () => {
		expect(plain(explainFinding(watch, 804 * MB, band, flat))).toBe("Memory is 804 MB, expected 190–260 MB.");
		expect(plain(explainFinding(watch, 804 * MB, band, rising))).toBe(
			"Memory is 804 MB, expected 190–260 MB. It rises 624 MB a minute.",
		);
		const falling = points(804, 760, 720, 700);
		expect(plain(explainFinding(watch, 700 * MB, band, falling))).toContain("It falls 1.02 GB a minute.");
		expect(plain(explainFinding(watch, 700 * MB, band, []))).toBe("Memory is 700 MB, expected 190–260 MB.");
	});

	it("speak of points where the unit is percent", () => {
		const share = exampleWatch({ unit: "percent", metric: "error rate" });
		const recent = [0, 5, 10, 15].map((v, i) => ({ t: i * 15_000, v }));
		expect(plain(explainFinding(share, 15, { low: -2, high: 2 }, recent))).toBe(
			"Error rate is 15 %, expected 0–2 %. It rises 20 points a minute.",
		);
	});

	it("expect nothing below what the quantity can be", () => {
		expect(plain(expectedText(exampleWatch({ unit: "percent" }), { low: -3, high: 7 }))).toBe(
			"expected 0–7 %",
		);
		const { floor: _floor, ...open } = exampleWatch({ unit: "percent" });
		expect(plain(expectedText(open, { low: -3, high: 7 }))).toBe("expected -3–7 %");
	});

	it("have no exclamation marks, no first person and short sentences", () => {
		for (const value of [20, 100, 150, 300, 500, 804, 3000]) {
			const text = `${findingTitle("checkout", watch, value * MB, band, rising)}. ${explainFinding(watch, value * MB, band, rising)}`;
			expect(text).not.toMatch(/!|\bI\b|please|oops/i);
			for (const sentence of text.split(". ")) expect(sentence.split(" ").length).toBeLessThanOrEqual(20);
		}
	});
});
