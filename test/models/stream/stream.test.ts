import { stream } from "../../../models/stream/stream.ts";
import { days, noise, OPTIONS, open, START_MS } from "./play.ts";

const at = (i: number) => START_MS + i * 60_000;

describe("the stream detector's bank", () => {
	it("keeps a series in at most 3 KB", () => {
		expect(stream.open(OPTIONS).bytesPerSeries).toBeLessThanOrEqual(3072);
	});

	it("gives the same scores in any slot, whatever the neighbours do", () => {
		const values = days(0.5, 60);
		const alone = stream.open(OPTIONS);
		const slot = alone.add();
		const expected = values.map((value, i) => alone.push(slot, value, at(i)));
		const shared = stream.open(OPTIONS);
		const slots = Array.from({ length: 70 }, () => shared.add());
		const last = slots.at(-1) ?? 0;
		const got = values.map((value, i) => {
			shared.push(slots[3] ?? 0, -value, at(2 * i));
			return shared.push(last, value, at(i));
		});
		expect(Math.max(...expected)).toBeGreaterThan(0);
		expect(got).toEqual(expected);
	});

	it("uses a removed slot again, as if it were new", () => {
		const bank = stream.open(OPTIONS);
		const [first, second] = [bank.add(), bank.add()];
		for (const [i, value] of noise(200).entries()) bank.push(first, value, at(i));
		bank.remove(first);
		bank.remove(first);
		expect([bank.size, bank.seen(first), bank.push(first, 1, at(500))]).toEqual([1, 0, 0]);
		expect(bank.add()).toBe(first);
		expect([bank.size, bank.seen(first), bank.seen(second)]).toEqual([2, 0, 0]);
	});

	it("says nothing of a slot that holds nothing", () => {
		const bank = stream.open(OPTIONS);
		for (const slot of [-1, 0, 3, 0.5, Number.NaN]) {
			expect(bank.push(slot, 1, at(0))).toBe(0);
			expect(bank.judgement(slot)).toEqual({ ready: false, score: 0, outside: false, tailProbability: 1 });
			expect([bank.reasons(slot), bank.seen(slot)]).toEqual([[], 0]);
		}
	});
});

describe("the stream detector", () => {
	it.each([
		[1, 30],
		[5, 15],
		[60, 8],
	])("is ready at a step of %p s after %p points", (stepSeconds, needed) => {
		const { bank, pushAll } = open({ stepSeconds });
		expect(bank.needed).toBe(needed);
		expect(pushAll(noise(40)).findIndex(({ ready }) => ready)).toBe(needed - 1);
	});

	it("says nothing on a constant, and that its first change is news", () => {
		const { push, pushAll } = open();
		const judged = pushAll(Array.from({ length: 400 }, () => 5));
		expect(judged.every(({ score, outside }) => score < 1 && !outside)).toBe(true);
		const changed = push(6);
		expect(changed.score).toBeGreaterThanOrEqual(1);
		expect(changed.outside).toBe(true);
	});

	it.each([30, 60, 150, 250, 400])("finds a jump of 12 deviations after %p points within two", (count) => {
		for (const seed of [1, 2, 3, 4, 5]) {
			const { push, pushAll } = open({ stepSeconds: 5 });
			pushAll(noise(count, seed));
			const found = [push(112), push(112.5)];
			expect(found.some(({ score }) => score >= 1)).toBe(true);
			expect(found.at(-1)?.outside).toBe(true);
		}
	});

	it("raises at most five alarms on twenty series of steady noise in their first hour, and no finding", () => {
		const judged = Array.from({ length: 20 }, (_, seed) =>
			open({ stepSeconds: 5 }).pushAll(noise(720, seed + 1)),
		);
		expect(judged.flat().filter(({ score }) => score >= 1).length).toBeLessThanOrEqual(5);
		const twice = judged.map((series) => series.filter((one, i) => one.outside && series[i - 1]?.outside));
		expect(twice.flat()).toHaveLength(0);
	});

	it("calls a single spike outside, and the values after it not", () => {
		const { push, pushAll } = open();
		pushAll(noise(400));
		expect(push(140).outside).toBe(true);
		expect(pushAll(noise(30, 2)).some(({ outside }) => outside)).toBe(false);
	});

	it("still finds a spike after one wild value", () => {
		const { push, pushAll } = open();
		pushAll(noise(400));
		push(1e9);
		pushAll(noise(200, 2));
		expect(push(140)).toMatchObject({ outside: true });
	});

	it.each([50, 150, 400])("is not blinded by a first value far from the %p others", (count) => {
		const { push, pushAll } = open();
		pushAll([1e6, ...noise(count)]);
		expect(push(140).score).toBeGreaterThanOrEqual(1);
	});

	it("keeps a shifted level outside until the values return", () => {
		const { pushAll } = open();
		pushAll(noise(400));
		expect(pushAll(noise(60, 2).map((value) => value + 25)).every(({ outside }) => outside)).toBe(true);
		expect(pushAll(noise(20, 3)).some(({ outside }) => outside)).toBe(false);
	});

	it("accepts a new level after 120 steps", () => {
		const { pushAll } = open();
		pushAll(noise(400));
		const judged = pushAll(noise(200, 2).map((value) => value + 25));
		expect(judged.slice(0, 119).every(({ outside }) => outside)).toBe(true);
		expect(judged.slice(125).some(({ outside }) => outside)).toBe(false);
	});

	it("holds the band with which an episode began", () => {
		const { push, pushAll } = open();
		pushAll(noise(400));
		const begun = push(130);
		expect(begun.band?.high).toBeLessThan(110);
		expect(push(131).band).toEqual(begun.band);
		expect(push(132).usual).toBe(begun.usual);
	});

	it("finds a value that is usual, but not at this hour, and keeps its alarm for a dozen points", () => {
		const { pushAll } = open({ stepSeconds: 300 });
		const values = days(8.5, 300);
		const before = pushAll(values.slice(0, 8 * 288 + 72));
		expect(before.slice(-288).every(({ outside }) => !outside)).toBe(true);
		// At the top of the day the values of its bottom.
		const night = noise(24, 3).map((value) => value - 30);
		const found = pushAll(night);
		expect(found.findIndex(({ score }) => score >= 1)).toBeLessThan(8);
		expect(found.filter(({ outside }) => outside).length).toBeGreaterThanOrEqual(12);
	});

	it("watches the side that is asked for", () => {
		const { push, pushAll } = open({ direction: "below" });
		pushAll(noise(400));
		expect(push(140)).toMatchObject({ outside: false });
		expect(push(60).score).toBeGreaterThanOrEqual(1);
	});

	it("lets small changes be where only larger ones matter", () => {
		const { push, pushAll } = open({ minimumChange: 50 });
		pushAll(noise(400));
		expect(push(140)).toMatchObject({ score: 0, outside: false });
		expect(push(190).score).toBeGreaterThanOrEqual(1);
		expect((push(100).band?.high ?? 0) - 100).toBeGreaterThan(45);
	});

	it("turns the threshold with the sensitivity", () => {
		const [low, normal, high] = (["low", "normal", "high"] as const).map((sensitivity) => {
			const { push, pushAll } = open({ sensitivity });
			pushAll(noise(400));
			return push(108).score;
		});
		expect(low).toBeLessThan(normal ?? 0);
		expect(high).toBeGreaterThan(normal ?? 0);
	});

	it("says how rare a score is: the rarer the higher", () => {
		const chances = [101, 103, 106, 112, 130].map((value) => {
			const { push, pushAll } = open();
			pushAll(noise(600));
			return push(value).tailProbability;
		});
		expect(chances).toEqual(chances.toSorted((a, b) => b - a));
		expect(chances[0]).toBeGreaterThan(0.02);
		expect(chances.at(-1)).toBeLessThan(0.001);
	});

	it("expects no negative value of a series that never had one", () => {
		const { push, pushAll } = open();
		pushAll(Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? 3 : 0)));
		expect(push(0).band?.low).toBe(0);
	});
});
