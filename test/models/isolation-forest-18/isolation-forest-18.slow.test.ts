import * as fc from "fast-check";
import type { BankOptions } from "../../../models/define-bank.ts";
import { LONG } from "../../../models/isolation-forest-18/features.ts";
import type { TrainForest } from "../../../models/isolation-forest-18/forest-detector.ts";
import { isolationForest18, trainAtOnce } from "../../../models/isolation-forest-18/isolation-forest-18.ts";
import {
	growMlIsolationForest,
	mlIsolationForestDetector,
} from "../../../models/named/ml-isolation-forest.ts";
import { seededRandom } from "../../../models/random.ts";
import { gaussian } from "../../fakes/noise.ts";

const STEP_MS = 300_000;
const START_MS = Date.UTC(2024, 0, 1);
const options: BankOptions = { stepSeconds: 300, direction: "both", minimumChange: 0, sensitivity: "normal" };

/** A daily wave with noise, one value a step. */
function wave(count: number, seed = 1): number[] {
	const random = seededRandom(seed);
	return Array.from({ length: count }, (_, i) => 100 + 20 * Math.sin((2 * Math.PI * i) / 288) + 4 * random());
}

function openBank(train: TrainForest = trainAtOnce, changed: Partial<BankOptions> = {}) {
	const bank = isolationForest18(train).open({ ...options, ...changed });
	const slot = bank.add();
	let at = START_MS;
	const push = (...values: number[]) =>
		values.map((value) => {
			at += STEP_MS;
			return bank.push(slot, value, at);
		});
	return { bank, slot, push };
}

describe("isolation-forest-18", () => {
	it("is not ready until a forest was trained from 64 rows of the bank, and 192 more said what is rare", () => {
		const trained: number[] = [];
		const { bank, slot, push } = openBank((data, how, done) => {
			trained.push(data.values.length / data.columns);
			trainAtOnce(data, how, done);
		});
		const scores = push(...wave(LONG + 254));
		expect(bank.judgement(slot).ready).toBe(false);
		expect(Math.max(...scores)).toBe(0);
		push(...wave(1));
		expect(bank.judgement(slot).ready).toBe(true);
		// Half as many rows again have it trained anew, but no two trainings are within 72 steps.
		push(...wave(800));
		expect(trained).toEqual([64, 136, 208, 312, 468, 702, 1053]);
	});

	it.each([
		["isolation-forest-18", isolationForest18(trainAtOnce)],
		[
			"ml-isolation-forest",
			mlIsolationForestDetector((data, how, done) => done(growMlIsolationForest(data, how))),
		],
	])("%s calls under one in a hundred values of pure noise outside, from the first on", (_name, detector) => {
		const [count, series] = [1500, 4];
		let [ready, outside] = [0, 0];
		for (let seed = 1; seed <= series; seed += 1) {
			const noise = gaussian(seed);
			const bank = detector.open({ ...options, stepSeconds: 60 });
			const slot = bank.add();
			for (let i = 0; i < count; i += 1) {
				bank.push(slot, 100 + 5 * noise(), START_MS + i * 60_000);
				const said = bank.judgement(slot);
				if (said.ready) ready += 1;
				if (said.ready && said.outside) outside += 1;
			}
		}
		expect(ready).toBeGreaterThan(series * 1000);
		expect(outside / ready).toBeLessThan(0.01);
	});

	it("scores a spike above everything usual, with reasons, and then rests", () => {
		const { bank, slot, push } = openBank();
		const usual = push(...wave(1200)).slice(600);
		const [spike = 0] = push(190);
		expect(spike).toBeGreaterThan(1);
		expect(spike).toBeGreaterThan(Math.max(...usual));
		const judgement = bank.judgement(slot);
		expect(judgement.outside).toBe(true);
		expect(judgement.tailProbability).toBeLessThan(1e-3);
		const reasons = bank.reasons(slot);
		expect(reasons.length).toBeGreaterThan(0);
		expect(reasons.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.0001);
		// Within the rest period only a higher score counts; each of them begins it anew.
		const counted = [spike, ...push(...wave(100, 2)).filter((score) => score > 0)];
		expect(counted.length).toBeLessThan(20);
		expect(counted).toEqual(counted.toSorted((a, b) => a - b));
	});

	it("heeds the watched direction and the least change", () => {
		const below = openBank(trainAtOnce, { direction: "below" });
		below.push(...wave(1200));
		expect(below.push(190)).toEqual([0]);
		const large = openBank(trainAtOnce, { minimumChange: 1000 });
		large.push(...wave(1200));
		expect(large.push(190)).toEqual([0]);
	});

	it("waits for a forest that comes later, asks once, and asks again after a failure", () => {
		const asked: ((bytes: Uint8Array | undefined) => void)[] = [];
		const { bank, slot, push } = openBank((_data, _how, done) => asked.push(done));
		push(...wave(1500));
		expect(asked).toHaveLength(1);
		asked[0]?.(undefined);
		expect(bank.judgement(slot).ready).toBe(false);
		push(...wave(10));
		expect(asked).toHaveLength(2);
		asked[1]?.(new Uint8Array(9));
		expect(bank.judgement(slot).ready).toBe(false);
	});

	it("renews a share of its trees once it stands on all rows that it holds", () => {
		const shares: (number | undefined)[] = [];
		const { push } = openBank((data, how, done) => {
			shares.push(how.renew?.share);
			trainAtOnce(data, how, done);
		});
		push(...wave(4300));
		expect(shares.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => undefined));
		expect(shares.slice(9)).toEqual([0.2]);
	});

	it("goes on after save and load as if nothing had been, and reads no other bytes", () => {
		const { bank, slot, push } = openBank();
		push(...wave(700));
		const bytes = bank.save([slot]);
		const other = isolationForest18(trainAtOnce).open(options);
		const [loaded = -1] = other.load(bytes) ?? [];
		const at = START_MS + 5000 * STEP_MS;
		expect(other.push(loaded, 400, at)).toBe(bank.push(slot, 400, at));
		expect(other.judgement(loaded)).toEqual(bank.judgement(slot));
		expect(other.load(bytes.subarray(0, bytes.length - 8))).toBeUndefined();
		const changed = bytes.slice();
		changed[900] = (changed[900] ?? 0) ^ 64;
		expect(other.load(changed)).toBeUndefined();
		expect(other.size).toBe(1);
	});

	it("saves its forest once a bank, with the first series that it has, also where another was removed", () => {
		const { bank, slot, push } = openBank();
		push(...wave(700));
		const others = [bank.add(), bank.add()];
		const whole = bank.save([slot, ...others]).length;
		const part = bank.save(others);
		expect(part.length).toBeLessThan(2 * bank.bytesPerSeries + 200);
		const restored = isolationForest18(trainAtOnce).open(options);
		expect(restored.load(part)).toHaveLength(2);
		const [loaded = -1] = restored.load(bank.save([slot])) ?? [];
		expect(restored.judgement(loaded)).toEqual(bank.judgement(slot));
		bank.remove(slot);
		expect(bank.save(others).length).toBeGreaterThan(whole - 2 * bank.bytesPerSeries);
	});

	it("gives defined scores to any numbers, and the same ones each time", () => {
		const numbers = fc.array(
			fc.oneof(
				fc.double(),
				fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE, -Number.MAX_VALUE, 1e-320),
			),
			{ maxLength: 60 },
		);
		fc.assert(
			fc.property(numbers, (values) => {
				const [first, second] = [1, 2].map(() => {
					const { push } = openBank();
					const many = Array.from({ length: 6 }, () => values).flat();
					return [...push(...wave(80)), ...push(...many), ...push(...wave(260))];
				});
				expect(first).toEqual(second);
				for (const score of first ?? []) expect(score >= 0 && Number.isFinite(score)).toBe(true);
			}),
			{ numRuns: 4 },
		);
	});

	it("passes over a value that comes late, and a constant series is never abnormal", () => {
		const { bank, slot, push } = openBank();
		expect(Math.max(...push(...Array.from({ length: 900 }, () => 5)))).toBe(0);
		const seen = bank.seen(slot);
		expect(bank.push(slot, 9, START_MS)).toBe(0);
		expect(bank.seen(slot)).toBe(seen);
		bank.remove(slot);
		expect(bank.size).toBe(0);
		expect(bank.push(slot, 9, START_MS * 2)).toBe(0);
	});
});
