import * as fc from "fast-check";
import { stream } from "../../../models/stream/stream.ts";
import { days, OPTIONS, START_MS } from "./play.ts";

const at = (i: number) => START_MS + i * 300_000;
const options = { ...OPTIONS, stepSeconds: 300 };

/** A bank with two series of different length, and its bytes. */
function saved() {
	const bank = stream.open(options);
	const slots = [bank.add(), bank.add()];
	for (const [i, value] of days(3, 300).entries()) {
		bank.push(slots[0] ?? 0, value, at(i));
		if (i < 100) bank.push(slots[1] ?? 0, -value, at(i));
	}
	return { bank, slots, bytes: bank.save(slots) };
}

describe("a saved bank", () => {
	const { bank, slots, bytes } = saved();

	it("goes on with the very same scores", () => {
		const other = stream.open(options);
		other.add();
		const loaded = other.load(bytes) ?? [];
		expect(loaded).toHaveLength(2);
		expect(loaded.map((slot) => other.seen(slot))).toEqual([864, 100]);
		const judge = (from: typeof bank, slot: number) =>
			days(1, 300, 5).map((value, i) => [from.push(slot, value, at(864 + i)), from.judgement(slot)]);
		expect(judge(other, loaded[0] ?? 0)).toEqual(judge(bank, slots[0] ?? 0));
		expect(other.save([loaded[0] ?? 0])).toEqual(bank.save([slots[0] ?? 0]));
	});

	it("is read from the middle of a larger buffer", () => {
		const larger = Buffer.alloc(bytes.length + 7);
		larger.set(bytes, 3);
		expect(stream.open(options).load(larger.subarray(3, 3 + bytes.length))).toHaveLength(2);
	});

	it("is not read when a byte of it is another", () => {
		const place = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
		fc.assert(
			fc.property(place, ([where, flip]) => {
				const damaged = bytes.slice();
				damaged[where] = (damaged[where] ?? 0) ^ flip;
				const target = stream.open(options);
				expect(target.load(damaged)).toBeUndefined();
				expect(target.size).toBe(0);
			}),
			{ numRuns: 60 },
		);
	});

	it("is not read when it is cut, longer, foreign or of another version", () => {
		const newer = bytes.slice();
		newer[4] = stream.version + 1;
		const cases = [bytes.slice(0, -4), bytes.slice(0, 10), new Uint8Array(), newer, new Uint8Array(20)];
		for (const wrong of [...cases, Uint8Array.from([...bytes, 0, 0, 0, 0])])
			expect(stream.open(options).load(wrong)).toBeUndefined();
	});
});
