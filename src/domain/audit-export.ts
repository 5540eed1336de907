import type { AuditRecord } from "./audit-event.ts";

/** How an export is written: a sheet for people, or every record as it was sealed, for programs. */
export const AUDIT_FORMATS = ["csv", "jsonl"] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

const COLUMNS: readonly (readonly [name: string, cell: (record: AuditRecord) => string])[] = [
	["sequence", ({ sequence }) => String(sequence)],
	["at", ({ atMs }) => new Date(atMs).toISOString()],
	["action", ({ action }) => action],
	["actor", ({ actorName }) => actorName],
	["actor id", ({ actorId }) => actorId],
	["subject", ({ subject }) => subject],
	["summary", ({ summary }) => summary],
	["data", ({ data }) => JSON.stringify(data)],
	["previous hash", ({ previousHash }) => previousHash],
	["hash", ({ hash }) => hash],
	["key", ({ key }) => key ?? ""],
	["signature", ({ signature }) => signature ?? ""],
];

/** The first line of a CSV export, with its line end. */
export function csvHead(): string {
	return csvLine(COLUMNS.map(([name]) => name));
}

/**
 * A record as one line of CSV (RFC 4180), safe to open in a spreadsheet: every cell is quoted, line ends and other
 * control characters are written as codes, and whatever a spreadsheet could take for a formula, at the beginning of a cell
 * or of what another separator would make one, has an apostrophe before it (OWASP, CSV injection).
 */
export function toCsv(record: AuditRecord): string {
	return csvLine(COLUMNS.map(([, cell]) => cell(record)));
}

/** A record as one line of JSON, exactly as it was sealed. Whatever could end a line or hide a part of it is escaped. */
export function toJsonLine(record: AuditRecord): string {
	return `${escapeHidden(JSON.stringify(record))}\n`;
}

function csvLine(cells: readonly string[]): string {
	return `${cells.map((cell) => `"${inertCell(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

/** What begins a formula, full-width forms included, where a cell begins, also behind another separator or a line end. */
const FORMULA = /(^|[;,\t|\n\r])([\s\p{Cf}]*)(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/gu;

function inertCell(text: string): string {
	return escapeHidden(text.replace(FORMULA, "$1'$2"));
}

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Control and formatting characters and the line ends of Unicode as the codes of JSON. */
function escapeHidden(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (found) => {
		const codes = found.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
		return NAMED[found] ?? codes.join("");
	});
}
