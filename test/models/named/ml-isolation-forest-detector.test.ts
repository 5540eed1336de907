import type { TrainForest } from "../../../models/isolation-forest-18/forest-detector.ts";
import {
	growMlIsolationForest,
	mlIsolationForestDetector,
} from "../../../models/named/ml-isolation-forest.ts";
import { seededRandom } from "../../../models/random.ts";

const options = { stepSeconds: 60, direction: "both", minimumChange: 0, sensitivity: "normal" } as const;
const atOnce: TrainForest = (data, how, done) => done(growMlIsolationForest(data, { ...how, trees: 20 }));
const SERIES = 4;
const POINTS = 160;

/** A bank that has seen a few quiet hours of some series; gives the highest score of its last points as well. */
function quiet(train: TrainForest) {
	const bank = mlIsolationForestDetector(train).open(options);
	const random = seededRandom(1);
	const slots = Array.from({ length: SERIES }, () => bank.add());
	for (let i = 1; i <= POINTS; i += 1) for (const slot of slots) bank.push(slot, 10 + random(), i * 60_000);
	return { bank, slots, next: (POINTS + 1) * 60_000 };
}

describe("the detector on ml-isolation-forest", () => {
	it("calls a value abnormal that is far from all before it, and says why", () => {
		const { bank, slots, next } = quiet(atOnce);
		const [one = 0, other = 0] = slots;
		expect(bank.push(one, 60, next)).toBeGreaterThan(1);
		expect(bank.judgement(one)).toMatchObject({ ready: true, outside: true });
		expect(bank.reasons(one).length).toBeGreaterThan(0);
		bank.push(other, 10.5, next);
		expect(bank.judgement(other).outside).toBe(false);
	});

	it("says nothing while no forest was trained, and passes over what is no number", () => {
		const { bank, slots, next } = quiet((_data, _options, done) => done(undefined));
		const [one = 0] = slots;
		for (const [i, value] of [60, Number.NaN, Number.POSITIVE_INFINITY, -1e300].entries())
			expect(bank.push(one, value, next + i * 60_000)).toBe(0);
		expect(bank.judgement(one).ready).toBe(false);
	});

	it("goes on after a restart as if there had been none, and refuses the bytes of another forest", () => {
		const { bank, slots, next } = quiet(atOnce);
		const saved = bank.save(slots);
		const other = mlIsolationForestDetector(atOnce).open(options);
		const [again = 0] = other.load(saved) ?? [];
		expect(other.push(again, 60, next)).toBe(bank.push(slots[0] ?? 0, 60, next));
		expect(other.load(saved.subarray(8))).toBeUndefined();
	});
});
