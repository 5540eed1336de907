/** Counts by name. */
export type Counts = Readonly<Record<string, number>>;

/** One sum for each name that occurs. Pure. */
export function addCounts(counts: Counts, more: readonly Counts[]): Counts {
	const sums: Record<string, number> = { ...counts };
	for (const one of more)
		for (const [name, count] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + count;
	return sums;
}
