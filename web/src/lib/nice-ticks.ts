const STEPS = [1, 2, 2.5, 5, 10, 20] as const;

/** Round values from at or below `low` to at or above `high`, in at most `most` even steps. `low` must be below `high`. */
export function niceTicks(low: number, high: number, most: number): readonly number[] {
	const rough = (high - low) / most;
	const power = 10 ** Math.floor(Math.log10(rough));
	for (const factor of STEPS) {
		const step = factor * power;
		const first = Math.floor(low / step);
		const last = Math.ceil(high / step);
		if (last - first <= most)
			return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
	}
	return [low, high];
}
