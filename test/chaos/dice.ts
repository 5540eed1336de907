import { createHash } from "node:crypto";

/** Chance that repeats: the same words give the same throws. */
export type Dice = {
	/** At least 0, below 1. */
	next(): number;
	/** A whole number from `least` to `most`, both included. */
	whole(least: number, most: number): number;
	pick<T>(list: readonly T[]): T;
	/** True in this share of throws. */
	chance(share: number): boolean;
	shuffled<T>(list: readonly T[]): readonly T[];
};

/** Dice for one purpose, such as (seed, fault, batch). Mulberry32 over the first 32 bits of a SHA-256. */
export function diceOf(...words: readonly (string | number)[]): Dice {
	let state = createHash("sha256").update(words.join("\n")).digest().readUInt32LE(0);
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
	return {
		next,
		whole,
		chance: (share) => next() < share,
		pick: <T>(list: readonly T[]): T => {
			const [first] = list.slice(whole(0, list.length - 1));
			if (first === undefined) throw new Error("there is nothing to pick from");
			return first;
		},
		shuffled: (list) =>
			list
				.map((item) => ({ item, at: next() }))
				.toSorted((a, b) => a.at - b.at)
				.map(({ item }) => item),
	};
}
