/** What the public ids begin with. `AUDIT` is seen in cursors only. */
export type IdPrefix = "INC" | "AN" | "AL" | "A" | "X" | "F" | "P" | "M" | "R" | "AUDIT";

/** The public id of a row: `INC-7`. */
export function toId(prefix: IdPrefix, number: number): string {
	return `${prefix}-${number}`;
}

/** The row's number of a public id, or undefined where the text is no id of that kind. */
export function fromId(prefix: IdPrefix, id: string): number | undefined {
	const digits = id.startsWith(`${prefix}-`) ? id.slice(prefix.length + 1) : "";
	return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : undefined;
}
