import { spanText } from "../../../models/stream/span-text.ts";
import { days, noise, open } from "./play.ts";

const HOUR_MS = 3_600_000;

/** The words on one signal after these values; empty where it says nothing. */
function wordsOn(signal: string, values: readonly number[], stepSeconds = 300): string {
	const { bank, slot, pushAll } = open({ stepSeconds });
	pushAll(values);
	return bank.reasons(slot).find((reason) => reason.signal === signal)?.text ?? "";
}

describe("the reasons of a score", () => {
	it("are shares of it, the strongest first, and none of a quiet constant", () => {
		const { bank, slot, push, pushAll } = open();
		pushAll(noise(600));
		push(130);
		const shares = bank.reasons(slot).map(({ share }) => share);
		expect(shares.length).toBeGreaterThan(1);
		expect(shares).toEqual(shares.toSorted((a, b) => b - a));
		expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
		const constant = open();
		constant.pushAll(Array.from({ length: 50 }, () => 7));
		expect(constant.bank.reasons(constant.slot)).toEqual([]);
	});

	it("say highest and lowest only of what is, over no longer than was seen", () => {
		const quiet = noise(3 * 288);
		expect(wordsOn("level", [...quiet, 140])).toBe("highest in 3 days");
		expect(wordsOn("level", [...quiet, 60])).toBe("lowest in 3 days");
		expect(wordsOn("level", [...quiet.slice(0, 287), 140])).toBe("highest in 23 hours");
		expect(wordsOn("level", [...quiet, 160, ...noise(20, 2), 140])).toMatch(
			/^140 is between the values seen before, about 10[2-4](\.\d)? and 160$/,
		);
	});

	it("name a jump beside the usual ones", () => {
		const zigzag = Array.from({ length: 600 }, (_, i) => 50 + (i % 2));
		expect(wordsOn("change", [...zigzag, 80])).toMatch(
			/^a rise of 29 in one step, where about 1(\.\d+)? is usual$/,
		);
		expect(wordsOn("change", [...zigzag, 20])).toMatch(
			/^a fall of 31 in one step, where about 1(\.\d+)? is usual$/,
		);
	});

	it("name what is usual at the hour", () => {
		const values = days(8.25, 300);
		const text = wordsOn("season", [...values, 70, 70, 70, 70]);
		const [, low = 0, high = 0] = (
			/^70 where ([\d.]+) to ([\d.]+) is usual at this hour$/.exec(text) ?? []
		).map(Number);
		expect(low).toBeGreaterThan(110);
		expect(high).toBeLessThan(145);
	});

	it("say for how long a value has been the same", () => {
		expect(wordsOn("stuck", [...noise(500), ...Array.from({ length: 15 }, () => 100.5)])).toBe(
			"101 for 15 values in a row, where values hardly ever repeat",
		);
	});

	it("say that a series rises only while it does", () => {
		const ramp = Array.from({ length: 60 }, (_, i) => 100 + i);
		expect(wordsOn("drift", [...noise(600), ...ramp])).toMatch(/^rising [\d.]+ times faster than usual$/);
		const fall = Array.from({ length: 60 }, (_, i) => 100 - i);
		expect(wordsOn("drift", [...noise(600), ...fall])).toMatch(/^falling [\d.]+ times faster than usual$/);
		expect(wordsOn("drift", [...noise(600), ...ramp, 100])).toMatch(/ lately, where the longer average is /);
	});

	it("say on which side of its range a young series is", () => {
		expect(wordsOn("band", [...noise(60), 140], 5)).toBe("above the range that is usual so far");
	});

	it("do not call a line that stands still rising", () => {
		expect(wordsOn("drift", [...noise(600), 500, 500, 500])).not.toMatch(/rising/);
	});
});

describe("a span in words", () => {
	it.each([
		[0, "1 seconds"],
		[119_000, "119 seconds"],
		[120_000, "2 minutes"],
		[47.9 * HOUR_MS, "47 hours"],
		[13.9 * 24 * HOUR_MS, "13 days"],
		[20.9 * 24 * HOUR_MS, "2 weeks"],
	])("rounds %p ms down to %p", (ms, text) => {
		expect(spanText(ms)).toBe(text);
	});
});
