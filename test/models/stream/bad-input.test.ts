import * as fc from "fast-check";
import type { BankOptions, Judgement } from "../../../models/define-bank.ts";
import { stream } from "../../../models/stream/stream.ts";
import { OPTIONS, START_MS } from "./play.ts";

type Point = readonly [value: number, stepMs: number];

const anyValue = fc.oneof(
	{ weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
	{ weight: 4, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
	{ weight: 1, arbitrary: fc.double() },
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			1e300,
			-1e300,
			1.7e308,
			-1.7e308,
			5e-324,
			Number.NaN,
			Number.NEGATIVE_INFINITY,
		),
	},
);
const anyStep = fc.oneof(
	{ weight: 8, arbitrary: fc.constant(60_000) },
	{ weight: 1, arbitrary: fc.constantFrom(0, -60_000, 1, 86_400_000 * 30, Number.NaN) },
);
const anyPoints = fc.array(fc.tuple(anyValue, anyStep), { maxLength: 400, size: "max" });
const anyOptions: fc.Arbitrary<BankOptions> = fc.record({
	stepSeconds: fc.constantFrom(1, 60, 3600, 86_400),
	direction: fc.constantFrom("above" as const, "below" as const, "both" as const),
	minimumChange: fc.constantFrom(0, 1, 1e9),
	sensitivity: fc.constantFrom("low" as const, "normal" as const, "high" as const),
});

function run(points: readonly Point[], options: BankOptions) {
	const bank = stream.open(options);
	const slot = bank.add();
	let atMs = START_MS;
	const judged: { score: number; judgement: Judgement }[] = [];
	for (const [value, stepMs] of points) {
		const next = atMs + stepMs;
		const score = bank.push(slot, value, next);
		if (next > atMs) atMs = next;
		judged.push({ score, judgement: bank.judgement(slot) });
	}
	return { bank, slot, judged };
}

/** What is wrong with what was said of a point. */
function complaints({ score, judgement }: { score: number; judgement: Judgement }): string[] {
	const { band, usual, tailProbability } = judgement;
	const found: string[] = [];
	if (!(Number.isFinite(score) && score >= 0) || judgement.score !== score) found.push(`score ${score}`);
	if (!(tailProbability >= 0 && tailProbability <= 1)) found.push(`tail ${tailProbability}`);
	const range =
		band === undefined || (Number.isFinite(band.low) && Number.isFinite(band.high) && band.low <= band.high);
	if (!range) found.push(`band ${band?.low} to ${band?.high}`);
	if (band !== undefined && !Number.isFinite(usual)) found.push(`usual ${usual}`);
	return found;
}

describe("whatever comes in", () => {
	it("scores are finite and never negative, bands are ranges, words are texts, and the state can be saved", () => {
		fc.assert(
			fc.property(anyPoints, anyOptions, (points, options) => {
				const { bank, slot, judged } = run(points, options);
				expect(judged.flatMap(complaints)).toEqual([]);
				for (const { share, text } of bank.reasons(slot)) {
					expect(share > 0 && share <= 1).toBe(true);
					expect(text).not.toMatch(/NaN|Infinity|undefined|no data/);
				}
				expect(stream.open(options).load(bank.save([slot]))).toHaveLength(1);
			}),
			{ numRuns: 25 },
		);
	});

	it("what can't be used is passed over: the rest is judged as if it had not come", () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { maxLength: 200 }), (values) => {
				const clean = values.map((value): Point => [value, 60_000]);
				const bad: readonly Point[] = [
					[Number.NaN, 30_000],
					[Number.POSITIVE_INFINITY, 30_000],
					[1e9, 0],
					[1e9, -60_000],
				];
				const bank = stream.open(OPTIONS);
				const slot = bank.add();
				const scores = clean.map(([value], i) => {
					const atMs = START_MS + (i + 1) * 60_000;
					const score = bank.push(slot, value, atMs);
					const [odd = Number.NaN, apart = 0] = bad[i % bad.length] ?? [];
					const passed = bank.push(slot, odd, atMs + apart);
					const { outside } = bank.judgement(slot);
					if (passed !== 0 || outside) return Number.NaN;
					return score;
				});
				expect(scores).toEqual(run(clean, OPTIONS).judged.map(({ score }) => score));
			}),
			{ numRuns: 10 },
		);
	});

	it("scores of the past do not change with what comes, and are the same each time", () => {
		fc.assert(
			fc.property(anyPoints, fc.nat(400), (points, length) => {
				const whole = run(points, OPTIONS).judged;
				expect(run(points.slice(0, length), OPTIONS).judged).toEqual(whole.slice(0, length));
			}),
			{ numRuns: 10 },
		);
	});
});
