import { targetBanks } from "../../../models/target/target-banks.ts";
import { gaussian } from "../../fakes/noise.ts";

const STEP_MS = 60_000;
const START = Date.UTC(2026, 0, 5);
const NAMES = ["memory", "restarts", "latency"].map((metric) => `{metric="${metric}", service="a"}`);

function opened(sensitivity: "low" | "normal" | "high" = "normal") {
	const bank = targetBanks.open({ stepSeconds: 60, direction: "above", minimumChange: 0, sensitivity });
	return { bank, slot: bank.add(), noise: gaussian(3) };
}

type Opened = ReturnType<typeof opened>;

/** Puts and judges one moment of some series; gives the score. */
function moment({ bank, slot }: Opened, i: number, values: readonly (number | undefined)[]): number {
	for (const [k, name] of NAMES.entries()) {
		const value = values[k];
		if (value !== undefined) bank.gathering?.put(slot, name, value, true);
	}
	const atMs = START + i * STEP_MS;
	const score = bank.gathering?.settle(slot, atMs) ?? Number.NaN;
	bank.push(slot, score, atMs);
	return score;
}

function usual(world: Opened, from: number, to: number): void {
	const { noise } = world;
	for (let i = from; i < to; i += 1) moment(world, i, [100 + noise(), 5 + 0.1 * noise(), 20 + noise()]);
}

describe("a bank of targets", () => {
	it("judges all series of a target together, and names those that carried it with what was expected", () => {
		const world = opened();
		usual(world, 0, 300);
		const quiet = world.bank.judgement(world.slot);
		expect(quiet).toMatchObject({ ready: true, outside: false, band: { low: 0, high: 1 } });
		let highest = 0;
		for (let i = 300; i < 320; i += 1)
			highest = Math.max(highest, moment(world, i, [i % 2 ? 900 : 400, 40 + 3 * i, 20 + world.noise()]));
		expect(highest).toBeGreaterThan(1);
		const { bank, slot } = world;
		expect(bank.judgement(slot).outside).toBe(true);
		const [first, second] = bank.reasons(slot).flatMap(({ metric }) => metric ?? []);
		expect(new Set([first?.name, second?.name])).toEqual(new Set(["memory", "restarts"]));
		const memory = [first, second].find((metric) => metric?.name === "memory");
		expect(memory?.value).toBeGreaterThanOrEqual(400);
		expect(memory?.band?.high).toBeLessThan(400);
	});

	it("gives the score at normal sensitivity, and has the band follow the knob", () => {
		const [low, normal] = [opened("low"), opened("normal")];
		for (const world of [low, normal]) usual(world, 0, 130);
		expect(moment(low, 130, [300, 9, 90])).toBeCloseTo(moment(normal, 130, [300, 9, 90]), 10);
		expect(low.bank.judgement(low.slot).band).toEqual({ low: 0, high: 1.4 });
	});

	it("stays abnormal while a metric that carried it is outside of its own band, though its score falls", () => {
		const world = opened();
		usual(world, 0, 300);
		const { bank, slot, noise } = world;
		const scores: number[] = [];
		const outside: boolean[] = [];
		for (let i = 300; i < 400; i += 1) {
			const restarts = i < 315 ? 40 + 3 * (i - 300) : 85;
			const memory = i < 315 && i % 2 === 0 ? 400 : 900;
			scores.push(moment(world, i, [memory + noise(), restarts + 0.1 * noise(), 20 + noise()]));
			outside.push(bank.judgement(slot).outside);
		}
		const first = outside.indexOf(true);
		expect(first).toBeGreaterThanOrEqual(0);
		expect(first).toBeLessThan(15);
		expect(outside.slice(first)).not.toContain(false);
		expect(scores.at(-1)).toBeLessThan(1);
		const other = opened();
		const [read = -1] = other.bank.load(bank.save([slot])) ?? [];
		const restored = { ...other, slot: read };
		moment(restored, 400, [900, 60, 20]);
		expect(restored.bank.judgement(read).outside).toBe(true);
		usual(restored, 401, 440);
		expect(restored.bank.judgement(read).outside).toBe(false);
	});

	it("is not held by what only ever grows", () => {
		const world = opened();
		const { bank, slot, noise } = world;
		let count = 0;
		let highest = 0;
		for (let i = 0; i < 500; i += 1) {
			count += i < 300 || i > 330 ? 5 + 0.1 * noise() : 500 * (i % 5);
			const score = moment(world, i, [count, 2 * count, 20]);
			highest = Math.max(highest, score);
		}
		expect(highest).toBeGreaterThan(1);
		expect(bank.judgement(slot).outside).toBe(false);
	});

	it("goes on as before when it was saved and read, unaligned bytes too", () => {
		const world = opened();
		usual(world, 0, 150);
		const bytes = world.bank.save([world.slot]);
		const unaligned = new Uint8Array(bytes.length + 1);
		unaligned.set(bytes, 1);
		const other = opened();
		const [slot] = other.bank.load(unaligned.subarray(1)) ?? [];
		const read = { ...other, slot: slot ?? -1 };
		expect(read.bank.gathering?.series).toBe(3);
		for (let i = 150; i < 170; i += 1) {
			const values = [500 - i, 9, 20 + (i % 3)];
			expect(moment(read, i, values)).toBe(moment(world, i, values));
		}
		expect(read.bank.reasons(read.slot)).toEqual(world.bank.reasons(world.slot));
	});

	it("reads no damaged bytes, and holds nothing of them", () => {
		const world = opened();
		usual(world, 0, 10);
		const bytes = world.bank.save([world.slot]);
		const { bank } = opened();
		for (const damaged of [bytes.subarray(0, 3), bytes.subarray(0, bytes.length - 9), new Uint8Array(64)])
			expect(bank.load(damaged)).toBeUndefined();
		expect(bank.size).toBe(1);
		expect(bank.gathering?.series).toBe(0);
	});

	it("takes a series that stops for a missing value, forgets it after ten minutes, and goes on with the others", () => {
		const world = opened();
		usual(world, 0, 150);
		const { bank, noise } = world;
		for (let i = 150; i < 160; i += 1) moment(world, i, [100 + noise(), undefined, 20 + noise()]);
		expect(bank.gathering?.series).toBe(3);
		for (let i = 160; i < 165; i += 1) moment(world, i, [100 + noise(), undefined, 20 + noise()]);
		expect(bank.gathering?.series).toBe(2);
		expect(bank.judgement(world.slot)).toMatchObject({ ready: true, outside: false });
		const saved = bank.save([world.slot]);
		expect(opened().bank.load(saved)).toHaveLength(1);
	});

	it("has room for 512 series of a target, and takes no more where none may join", () => {
		const { bank, slot } = opened();
		const put = (i: number, mayJoin = true) => bank.gathering?.put(slot, `m${i}{}`, i, mayJoin);
		for (let i = 0; i < 512; i += 1) expect(put(i)).toBe(true);
		expect(put(512)).toBe(false);
		expect(put(3)).toBe(true);
		const other = opened();
		expect(other.bank.gathering?.put(other.slot, "m{}", 1, false)).toBe(false);
		expect(bank.gathering?.settle(slot, START)).not.toBeNaN();
	});

	it("says nothing of a moment without a number", () => {
		const world = opened();
		usual(world, 0, 10);
		world.bank.gathering?.put(world.slot, NAMES[0] ?? "", Number.NaN, true);
		expect(world.bank.gathering?.settle(world.slot, START + 10 * STEP_MS)).toBeNaN();
		expect(world.bank.seen(world.slot)).toBe(10);
	});
});
