/**
 * A seeded source of numbers in [0, 1), the same on every machine: splitmix32 (Steele, Lea, Flood 2014, with the
 * 32-bit finalizer of MurmurHash3). `seed` is read as 32 bits. Not for secrets.
 */
export function seededRandom(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x9e3779b9) | 0;
		let mixed = state ^ (state >>> 16);
		mixed = Math.imul(mixed, 0x85ebca6b);
		mixed ^= mixed >>> 13;
		mixed = Math.imul(mixed, 0xc2b2ae35);
		mixed ^= mixed >>> 16;
		return (mixed >>> 0) / 4_294_967_296;
	};
}
