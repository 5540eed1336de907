import * as fc from "fast-check";
import type { Judgement } from "../../../models/define-bank.ts";
import { stream } from "../../../models/stream/stream.ts";
import { gaussian, uniform } from "../../fakes/noise.ts";
import { noise, OPTIONS, open } from "./play.ts";

/** A series that is played on: noise of deviation 1 around `level`. */
function played(stepSeconds: number, seed = 1) {
	const { bank, slot, push } = open({ stepSeconds });
	const next = gaussian(seed);
	const at = (level: number, points: number): Judgement[] =>
		Array.from({ length: points }, () => push(level + next()));
	const reasons = () => bank.reasons(slot);
	return { at, reasons };
}

/** Findings as the tracking of series asks for them: two points outside in a row, after four inside. */
function findings(judged: readonly Judgement[]): number {
	let count = 0;
	let inside = 4;
	let outside = 0;
	for (const one of judged) {
		outside = one.outside ? outside + 1 : 0;
		if (outside === 2 && inside >= 4) {
			count += 1;
			inside = 0;
		} else inside = one.outside ? inside : inside + 1;
		if (one.outside && outside > 2) inside = 0;
	}
	return count;
}

/** Points where something begins to be outside and the score does not say so. */
function contradictions(judged: readonly Judgement[]): number {
	let inBand = 4;
	let count = 0;
	for (const { outside, score } of judged) {
		if (outside && inBand >= 4 && score < 1) count += 1;
		inBand = outside ? 0 : inBand + 1;
	}
	return count;
}

describe("what comes while smaller scores rest", () => {
	it.each([
		[140, 0],
		[2000, 0],
		[2000, 85],
		[60, 130],
	])("is told of where it is far out: %p, half an hour of quiet, then %p", (first, second) => {
		const series = played(60);
		series.at(100, 600);
		expect(series.at(first, 1)[0]?.outside).toBe(true);
		expect(series.at(100, 30).at(-1)?.outside).toBe(false);
		const judged = series.at(second, 10);
		expect(judged.every(({ outside }) => outside)).toBe(true);
		expect(judged[0]?.score).toBeGreaterThanOrEqual(1);
		expect(judged.at(-1)?.band?.high).toBeLessThan(115);
	});
});

describe("an outage like one of weeks ago", () => {
	it.each([10, 20, 30])("is told of after %p quiet days", (days) => {
		const series = played(300);
		series.at(200, 5 * 288);
		expect(series.at(800, 12)[0]?.outside).toBe(true);
		series.at(200, days * 288);
		const [first, ...others] = series.at(800, 12);
		expect(first?.score).toBeGreaterThanOrEqual(1);
		expect(others.every(({ outside }) => outside)).toBe(true);
	});
});

describe("the same leak again, after restarts", () => {
	it.each([2, 15, 60])(
		"is told of within six points at a step of %p s, though each restart warms up",
		(stepSeconds) => {
			const { push } = open({ stepSeconds, direction: "above", minimumChange: 16 });
			const next = uniform(3);
			const warm = (points: number, restarts: number) => {
				const life = Math.ceil(points / restarts);
				for (let point = 0; point < points; point += 1)
					push(67 + 8 * (1 - Math.exp(-(point % life) / 8)) + 0.02 * next());
			};
			const leak = () => Array.from({ length: 50 }, (_, step) => push(75 + 12 * (step + 1) + 0.02 * next()));
			warm(65, 1);
			expect(leak().findIndex(({ outside }) => outside)).toBeLessThan(6);
			warm(210, 4);
			const again = leak();
			expect(again.findIndex(({ outside }) => outside)).toBeLessThan(6);
			expect(again.at(-1)?.outside).toBe(true);
		},
	);
});

describe("plain noise", () => {
	it("gives at most one finding in forty days of a minute's step", () => {
		const told = Array.from({ length: 10 }, (_, seed) => findings(played(60, seed + 1).at(100, 4 * 1440)));
		expect(told.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1);
	});
});

describe("what stays away", () => {
	it("is told of within two hours of points every five minutes, though there was far worse ten days ago", () => {
		const series = played(300);
		series.at(200, 5 * 288);
		series.at(800, 12);
		series.at(200, 10 * 288);
		const judged = series.at(230, 30);
		expect(judged.findIndex(({ outside }) => outside)).toBeLessThan(24);
		expect(judged.at(-1)?.outside).toBe(true);
	});
});

describe("a steady climb", () => {
	it.each([30, 60, 130, 250, 600])(
		"is told of after %p quiet points, though each step is small",
		(points) => {
			const { push } = open({ stepSeconds: 2, direction: "above", minimumChange: 15 });
			const next = gaussian(points);
			for (let point = 0; point < points; point += 1) push(100 + next());
			const judged = Array.from({ length: 20 }, (_, step) => push(100 + 5 * (step + 1) + next()));
			expect(judged.findIndex(({ outside }) => outside)).toBeLessThan(12);
			expect(judged.slice(-5).every(({ outside }) => outside)).toBe(true);
		},
	);
});

describe("what was abnormal and returns", () => {
	it.each([
		[2, 130],
		[2, 600],
		[60, 130],
		[60, 600],
	])("is abnormal again, each of four times, at a step of %p s after %p points", (stepSeconds, points) => {
		const series = played(stepSeconds);
		series.at(100, points);
		for (const gap of [20, 40, 90, 150]) {
			const [first, second] = series.at(112, 25);
			expect([first?.outside, second?.outside]).toEqual([true, true]);
			expect(first?.score).toBeGreaterThanOrEqual(1);
			expect(first?.band?.high).toBeLessThan(108);
			expect(series.at(100, gap).some(({ outside }) => outside)).toBe(false);
		}
	});

	it("is found on its way back there, when it comes slowly", () => {
		const series = played(2);
		const leak = () => Array.from({ length: 30 }, (_, i) => series.at(100 + 2 * i, 1)).flat();
		series.at(100, 400);
		leak();
		series.at(100, 60);
		expect(leak().findIndex(({ outside }) => outside)).toBeLessThan(7);
	});

	it("is as bad as it was, and says when that was", () => {
		const series = played(60);
		series.at(100, 400);
		const before = Math.max(...series.at(120, 20).map(({ score }) => score));
		series.at(100, 60);
		const [again] = series.at(121, 1);
		expect(again?.score).toBeGreaterThan(Math.min(2, before - 1e-6));
		expect(again?.score).toBeLessThanOrEqual(before + 1e-6);
		expect(series.reasons()[0]).toMatchObject({
			signal: "return",
			text: expect.stringMatching(/^(as high as|above its band again, as it was) (59|60|61) minutes before/),
		});
		const total = series.reasons().reduce((sum, { share }) => sum + share, 0);
		expect(total).toBeLessThanOrEqual(1 + 1e-9);
	});

	it("is forgotten after hours", () => {
		const series = played(60);
		series.at(100, 400);
		series.at(120, 20);
		series.at(100, 5 * 60);
		expect(findings(series.at(120, 20))).toBe(0);
	});

	it("does not make the other side abnormal", () => {
		const series = played(60);
		series.at(100, 400);
		series.at(120, 20);
		series.at(100, 60);
		const [first] = series.at(120, 20);
		expect(first?.outside).toBe(true);
		series.at(100, 60);
		expect(series.at(97, 5).some(({ outside }) => outside)).toBe(false);
	});

	it("is remembered by what is saved", () => {
		const { bank, slot, pushAll } = open();
		pushAll([...noise(400), ...noise(20, 2).map((value) => value + 20), ...noise(60, 3)]);
		const other = stream.open(OPTIONS);
		const [loaded = -1] = other.load(bank.save([slot])) ?? [];
		const atMs = Date.UTC(2026, 0, 5) + 480 * 60_000;
		expect(other.push(loaded, 120, atMs)).toBeGreaterThanOrEqual(1);
		expect(other.judgement(loaded)).toMatchObject({ outside: true });
	});
});

describe("what came to stay", () => {
	it("is accepted after an hour of fine steps, and the level before it is where a fault of the new one is seen", () => {
		const series = played(5);
		series.at(100, 400);
		expect(series.at(125, 700).every(({ outside }) => outside)).toBe(true);
		expect(
			series
				.at(125, 900)
				.slice(60)
				.some(({ outside }) => outside),
		).toBe(false);
		expect(findings(series.at(150, 20))).toBe(1);
	});

	it("does not count as a return any more", () => {
		const series = played(60);
		series.at(100, 400);
		series.at(125, 30);
		series.at(100, 30);
		expect(findings(series.at(125, 130))).toBe(1);
		expect(
			series
				.at(125, 300)
				.slice(20)
				.some(({ outside }) => outside),
		).toBe(false);
	});

	it.each([
		[5, 300, 4],
		[60, 1200, 3],
	])("a spike at steps of %p s that comes every %p s is normal in the end", (stepSeconds, every, points) => {
		const series = played(stepSeconds);
		series.at(100, 400);
		const period = every / stepSeconds;
		const perHour = Array.from({ length: 8 }, () =>
			findings(
				Array.from({ length: 3600 / every }, () => [
					...series.at(160, points),
					...series.at(100, period - points),
				]).flat(),
			),
		);
		expect(perHour[0]).toBeGreaterThanOrEqual(2);
		expect(perHour.slice(-3)).toEqual([0, 0, 0]);
		expect(perHour.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(14);
		// What is far beyond the spikes is not what came so often.
		expect(findings(series.at(300, 5))).toBe(1);
	});
});

describe("outside and score", () => {
	it("agree: nothing begins to be outside with a score below 1, whatever returns", () => {
		const anyRun = fc.record({
			level: fc.constantFrom(0, 0, 6, 12, -12, 40),
			points: fc.integer({ min: 1, max: 40 }),
		});
		fc.assert(
			fc.property(fc.array(anyRun, { maxLength: 25 }), fc.integer({ min: 1, max: 9 }), (runs, seed) => {
				const series = played(5, seed);
				const judged = runs.flatMap(({ level, points }) => series.at(100 + level, points));
				expect(contradictions([...series.at(100, 40), ...judged].slice(40))).toBe(0);
			}),
			{ numRuns: 30 },
		);
	});

	it("say nothing of a day of bursts that are as they always were, once they are known", () => {
		const series = played(60);
		const random = uniform(4);
		const day = Array.from({ length: 1440 }, () => series.at(random() < 0.01 ? 115 : 100, 1)).flat();
		expect(findings(day.slice(720))).toBeLessThanOrEqual(1);
	});
});
