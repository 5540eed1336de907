/** Lines of a table with aligned columns: the first to the left, numbers to the right. */
export function table(
	title: string,
	header: readonly string[],
	rows: readonly (readonly string[])[],
	notes: readonly string[] = [],
): string {
	const widths = header.map((cell, k) => Math.max(cell.length, ...rows.map((row) => row[k]?.length ?? 0)));
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, k) => (k === 0 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0)))
			.join("  ")
			.trimEnd();
	const rule = widths.map((width) => "-".repeat(width)).join("  ");
	return ["", title, line(header), rule, ...rows.map(line), ...notes, ""].join("\n");
}

/** A number with so many digits; "-" where there is none. */
export function digits(value: number | null | undefined, places: number): string {
	return value === undefined || value === null || Number.isNaN(value) ? "-" : value.toFixed(places);
}

/** Bounds of an interval as "61.2..78.0". */
export function range([low, high]: readonly [number, number], places: number): string {
	return `${digits(low, places)}..${digits(high, places)}`;
}
