import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** A table of numbers by column. `first` is the text of the first column; a cell that holds no number is NaN. */
export type Table = {
	readonly header: readonly string[];
	readonly rows: number;
	readonly first: readonly string[];
	readonly columns: readonly Float64Array[];
};

/**
 * Reads a gzip CSV file with a header and without quotes.
 * @throws Error with a short reason where it is no gzip, has no rows, or a row has too few or too many cells.
 */
export function readTable(path: string): Table {
	const lines = unzip(path).split("\n");
	while (lines.at(-1)?.trim() === "") lines.pop();
	const header = (lines.shift() ?? "").trim().split(",");
	if (lines.length === 0) throw new Error("it has no rows");
	const columns = header.map(() => new Float64Array(lines.length));
	const first: string[] = [];
	for (const [row, line] of lines.entries()) {
		const cells = line.split(",");
		if (cells.length !== header.length) throw new Error(`row ${row + 1} has ${cells.length} cells`);
		first.push(cells[0] ?? "");
		for (const [index, column] of columns.entries()) column[row] = toNumber(cells[index]);
	}
	return { header, rows: lines.length, first, columns };
}

/** @throws Error where the table has no such column. */
export function columnOf(table: Table, name: string): Float64Array {
	const column = table.columns[table.header.indexOf(name)];
	if (column === undefined) throw new Error(`it has no column "${name}"`);
	return column;
}

function unzip(path: string): string {
	const packed = readFileSync(path);
	try {
		return gunzipSync(packed).toString("utf8");
	} catch {
		throw new Error("it is not a whole gzip file");
	}
}

function toNumber(cell: string | undefined): number {
	const text = cell?.trim() ?? "";
	return text === "" ? Number.NaN : Number(text);
}
