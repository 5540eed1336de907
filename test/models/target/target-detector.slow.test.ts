import * as fc from "fast-check";
import { trainAtOnce } from "../../../models/isolation-forest-18/isolation-forest-18.ts";
import { seededRandom } from "../../../models/random.ts";
import { targetDetector } from "../../../models/target/target-detector.ts";

const STEP_MS = 300_000;
const START_MS = Date.UTC(2024, 0, 1);
const NAMES = ["cpu", "memory", "requests", "errors", "latency"];
const options = { stepSeconds: 300, sensitivity: "normal" } as const;

/** Metrics of a service under a daily load; what does not follow it is noise. */
function service(seed: number) {
	const random = seededRandom(seed);
	return (i: number): number[] => {
		const load = 100 + 40 * Math.sin((2 * Math.PI * i) / 288) + 6 * random();
		return [
			load / 2 + random(),
			4e8 + 1e6 * random(),
			load * 10,
			random() < 0.1 ? 1 : 0,
			20 + load / 10 + random(),
		];
	};
}

function openTarget(train: typeof trainAtOnce | undefined = trainAtOnce) {
	const bank = targetDetector(train).open(options);
	const slot = bank.add(NAMES);
	let next = 0;
	const push = (values: readonly number[], stream?: readonly number[]) => {
		next += 1;
		return bank.push(
			slot,
			Float64Array.from(values),
			START_MS + next * STEP_MS,
			stream === undefined ? undefined : Float64Array.from(stream),
		);
	};
	return { bank, slot, push };
}

/** Pushes usual points; gives their scores. */
function usual(push: (values: readonly number[]) => number, count: number, seed = 1, from = 0): number[] {
	const values = service(seed);
	return Array.from({ length: count }, (_, i) => push(values(from + i)));
}

describe("the target detector", () => {
	it("finds an hour in which three metrics go wild, and names them", () => {
		const { bank, slot, push } = openTarget();
		const quiet = usual(push, 2000).slice(600);
		const values = service(9);
		const loud = Array.from({ length: 18 }, (_, i) => {
			const [cpu = 0, memory = 0, requests = 0] = values(2000 + i);
			return push([i % 2 === 0 ? cpu * 2 : cpu / 2, memory, requests * (i % 3), 40 * i, 500 + 100 * (i % 4)]);
		});
		expect(Math.max(...loud)).toBeGreaterThan(1);
		expect(Math.max(...loud)).toBeGreaterThan(2 * Math.max(...quiet));
		const judgement = bank.judgement(slot);
		expect(judgement).toMatchObject({ ready: true, outside: true });
		expect(judgement.tailProbability).toBeLessThan(0.01);
		const reasons = bank.reasons(slot);
		const named = reasons.flatMap(({ metric }) => metric ?? []);
		expect(named).toEqual(expect.arrayContaining(["errors", "latency"]));
		expect(named).not.toContain("memory");
		expect(reasons.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.0001);
	});

	it("calls it over soon after the metrics are usual again, before the score is, and once", () => {
		const { bank, slot, push } = openTarget();
		usual(push, 2000);
		const values = service(9);
		const said = Array.from({ length: 150 }, (_, i) => {
			const [cpu = 0, memory = 0, requests = 0, errors = 0, latency = 0] = values(2000 + i);
			if (i >= 40) push([cpu, memory, requests, errors, latency]);
			else push([i % 2 === 0 ? cpu * 2 : cpu / 2, memory, requests * (i % 3), 40 * i, 500 + 100 * (i % 4)]);
			return bank.judgement(slot);
		});
		const last = said.findLastIndex(({ outside }) => outside);
		const begins = said.filter(({ outside }, i) => outside && said[i - 1]?.outside !== true);
		expect(begins).toHaveLength(1);
		expect(last).toBeGreaterThan(40);
		expect(said[last + 1]?.score).toBeGreaterThan(1);
		expect(said.at(-1)?.score).toBeLessThan(1);
	});

	it("is not ready at first, and raises no alarm on a constant target", () => {
		const { bank, slot, push } = openTarget();
		usual(push, 119);
		expect(bank.judgement(slot).ready).toBe(false);
		const other = openTarget();
		const scores = Array.from({ length: 1500 }, () => other.push([1, 1, 1, 1, 1]));
		expect(Math.max(...scores)).toBeLessThan(0.5);
	});

	it("scores higher where streams of single metrics are loud", () => {
		const [calm, loud] = [
			[0, 0, 0, 0, 0],
			[0, 3, 3, Number.NaN, 3],
		].map((stream) => {
			const { push } = openTarget();
			usual(push, 500);
			return push(service(1)(500), stream);
		});
		expect(loud).toBeGreaterThan(calm ?? Number.NaN);
	});

	it("keeps what it knows of metrics that stay when others come and go", () => {
		const { bank, slot, push } = openTarget();
		usual(push, 1200);
		bank.setMetrics(slot, ["threads", "latency", "cpu"]);
		expect(bank.metrics(slot)).toEqual(["threads", "latency", "cpu"]);
		const values = service(5);
		const push3 = (i: number, threads: number) => {
			const [cpu = 0, , , , latency = 0] = values(1200 + i);
			return push([threads, latency, cpu]);
		};
		const scores = Array.from({ length: 300 }, (_, i) => push3(i, 8));
		expect(Math.max(...scores)).toBeLessThan(1);
		expect(() => bank.setMetrics(slot, ["cpu", "cpu"])).toThrow(/same name/);
		bank.setMetrics(slot, []);
		expect(push([])).toBeGreaterThanOrEqual(0);
	});

	it("goes on after save and load as if nothing had been, and reads no other bytes", () => {
		const { bank, slot, push } = openTarget();
		usual(push, 900);
		const bytes = bank.save([slot]);
		const other = targetDetector(trainAtOnce).open(options);
		const [loaded = -1] = other.load(bytes) ?? [];
		expect(other.metrics(loaded)).toEqual(NAMES);
		const at = START_MS + 2000 * STEP_MS;
		const wild = Float64Array.of(1, 2, 3, 4, 5);
		expect(other.push(loaded, wild, at)).toBe(bank.push(slot, wild, at));
		expect(other.judgement(loaded)).toEqual(bank.judgement(slot));
		expect(other.reasons(loaded)).toEqual(bank.reasons(slot));
		const flip = fc.nat({ max: bytes.length - 1 });
		fc.assert(
			fc.property(flip, (where) => {
				const changed = bytes.slice();
				changed[where] = (changed[where] ?? 0) ^ 9;
				expect(other.load(changed)).toBeUndefined();
				expect(other.load(bytes.subarray(0, where))).toBeUndefined();
			}),
			{ numRuns: 20 },
		);
		expect(other.size).toBe(1);
	});

	it("says nothing different of the past when more comes", () => {
		const first = usual(openTarget().push, 400);
		const longer = usual(openTarget().push, 700);
		expect(longer.slice(0, 400)).toEqual(first);
	});

	it("gives defined scores to any numbers, missing ones and times that go back", () => {
		const odd = fc.oneof(
			fc.double(),
			fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE, -Number.MAX_VALUE, 1e-320),
		);
		const points = fc.array(fc.array(odd, { maxLength: 6 }), { maxLength: 60 });
		fc.assert(
			fc.property(points, fc.integer({ min: -2, max: 2 }), (rows, back) => {
				const { bank, slot, push } = openTarget();
				usual(push, 320);
				for (const row of [...rows, ...rows]) {
					const score = push(row, row);
					expect(score >= 0 && Number.isFinite(score)).toBe(true);
				}
				expect(bank.push(slot, new Float64Array(5), START_MS + back)).toBe(0);
				for (const score of usual(push, 60)) expect(score >= 0 && Number.isFinite(score)).toBe(true);
				expect(bank.judgement(slot).tailProbability).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 12 },
		);
	});

	it("gives slots again, and does without a forest", () => {
		const { bank, slot, push } = openTarget(undefined);
		usual(push, 10);
		bank.remove(slot);
		bank.remove(slot);
		expect(bank.size).toBe(0);
		expect(push([1])).toBe(0);
		expect(bank.add(["a"])).toBe(slot);
		expect(bank.seen(slot)).toBe(0);
	});
});
