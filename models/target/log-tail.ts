/** Halvings of a number from the largest one on that are told apart; what is smaller counts as that small. */
const OCTAVES = 24;
const BINS_PER_OCTAVE = 2;
const BINS = OCTAVES * BINS_PER_OCTAVE;
/** Where the numbers of a tail lie: the place of the largest bin, all that was counted, then the bins. */
const TOP = 0;
const TOTAL = 1;
const FIRST = 2;
/** Floats of one tail. */
export const TAIL_FLOATS = FIRST + BINS;
/** At so many numbers all counts are halved: what is long past counts less and less. */
const MOST = 8192;
/** Numbers that are needed before anything is said. */
const NEEDED = 100;
const LARGEST = 1e30;
const SMALLEST = 1e-30;

/**
 * -log10 of how often such a number or a larger one came, by a histogram over the logarithm of all before it, and
 * learns the number. From 0 to about 4; 0 for the first 100 and for what is not above 0. Cost: one logarithm and at
 * most 48 additions. The tail lies in `floats` from `at` on and begins as zeros.
 */
export function pushTail(floats: Float32Array, at: number, value: number): number {
	const total = floats[at + TOTAL] ?? 0;
	floats[at + TOTAL] = total + 1;
	let rare = 0;
	if (value > SMALLEST) {
		const place = BINS_PER_OCTAVE * Math.log2(Math.min(value, LARGEST));
		const bin = binOf(floats, at, Math.floor(place), total === 0);
		if (total >= NEEDED) {
			let above = 0;
			for (let i = bin + 1; i < BINS; i += 1) above += floats[at + FIRST + i] ?? 0;
			above += (floats[at + FIRST + bin] ?? 0) * (1 - (place - Math.floor(place)));
			rare = Math.log10((total + 1) / (above + 1));
		}
		floats[at + FIRST + bin] = (floats[at + FIRST + bin] ?? 0) + 1;
	}
	if (total + 1 >= MOST)
		for (let i = at + TOTAL; i < at + TAIL_FLOATS; i += 1) floats[i] = (floats[i] ?? 0) / 2;
	return Math.max(0, rare);
}

/** The bin of a place; where it lies above all bins, they are moved down and the lowest ones join. */
function binOf(floats: Float32Array, at: number, place: number, empty: boolean): number {
	const top = floats[at + TOP] ?? 0;
	if (place > top || empty) {
		const moved = Math.min(BINS, place - top);
		if (!empty && moved > 0) {
			let joined = 0;
			for (let i = 0; i <= Math.min(moved, BINS - 1); i += 1) joined += floats[at + FIRST + i] ?? 0;
			floats.copyWithin(at + FIRST, at + FIRST + moved, at + FIRST + BINS);
			floats.fill(0, at + FIRST + BINS - moved, at + FIRST + BINS);
			floats[at + FIRST] = joined;
		}
		floats[at + TOP] = place;
		return BINS - 1;
	}
	return Math.max(0, BINS - 1 - (top - place));
}
