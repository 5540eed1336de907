import type { BankOptions } from "../../../models/define-bank.ts";
import { seededRandom } from "../../../models/random.ts";
import { stream } from "../../../models/stream/stream.ts";

const options: BankOptions = { stepSeconds: 60, direction: "both", minimumChange: 0, sensitivity: "normal" };
const START_MS = Date.UTC(2026, 0, 5);
const at = (i: number) => START_MS + i * 60_000;

/** Values around 100 with a daily season and noise, the same for the same seed. */
function values(count: number, seed = 1): number[] {
	const random = seededRandom(seed);
	const noise = () => random() + random() + random() + random() - 2;
	return Array.from({ length: count }, (_, i) => 100 + 10 * Math.sin((2 * Math.PI * i) / 1440) + noise());
}

describe("the stream detector's bank", () => {
	it("keeps a series in at most 3 KB", () => {
		expect(stream.open(options).bytesPerSeries).toBeLessThanOrEqual(3072);
	});

	it("says nothing on a constant, and that its first change is news", () => {
		const bank = stream.open(options);
		const slot = bank.add();
		const scores = Array.from({ length: 600 }, (_, i) => bank.push(slot, 5, at(i)));
		expect(Math.max(...scores)).toBeLessThan(1);
		expect(bank.push(slot, 6, at(600))).toBeGreaterThanOrEqual(1);
	});

	it("gives the same scores in any slot, whatever the neighbours do", () => {
		const alone = stream.open(options);
		const slot = alone.add();
		const expected = values(1500).map((value, i) => alone.push(slot, value, at(i)));
		const shared = stream.open(options);
		const slots = Array.from({ length: 70 }, () => shared.add());
		const last = slots.at(-1) ?? 0;
		const got = values(1500).map((value, i) => {
			shared.push(slots[3] ?? 0, -value, at(2 * i));
			return shared.push(last, value, at(i));
		});
		expect(got).toEqual(expected);
	});

	it("uses a removed slot again, as if it were new", () => {
		const bank = stream.open(options);
		const [first, second] = [bank.add(), bank.add()];
		for (const [i, value] of values(200).entries()) bank.push(first, value, at(i));
		bank.remove(first);
		expect([bank.size, bank.seen(first), bank.push(first, 1, at(500))]).toEqual([1, 0, 0]);
		expect(bank.add()).toBe(first);
		expect([bank.size, bank.seen(first), bank.seen(second)]).toEqual([2, 0, 0]);
	});
});
