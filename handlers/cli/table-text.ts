/** Rows as aligned text, each column as wide as its widest cell. Control characters become spaces. */
export function tableText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
	const clean = (cell: string) => cell.replaceAll(/\p{Cc}/gu, " ");
	const all = [columns, ...rows.map((row) => row.map(clean))];
	const widths = columns.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)));
	const line = (row: readonly string[]) =>
		row
			.map((cell, index) => cell.padEnd(widths[index] ?? 0))
			.join("  ")
			.trimEnd();
	return `${all.map(line).join("\n")}\n`;
}
