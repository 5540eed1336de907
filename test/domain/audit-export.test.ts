import * as fc from "fast-check";
import type { AuditRecord } from "../../src/domain/audit-event.ts";
import { csvHead, toCsv, toJsonLine } from "../../src/domain/audit-export.ts";

function aRecord(parts: Partial<AuditRecord> = {}): AuditRecord {
	return {
		sequence: 7,
		atMs: Date.UTC(2026, 10, 20, 9, 30),
		action: "approval.decided",
		actorId: "person:P-1",
		actorName: "operator-1",
		subject: "approval:A-3",
		summary: "operator-1 approved Restart checkout",
		data: { reason: null },
		previousHash: "0".repeat(64),
		hash: "f".repeat(64),
		...parts,
	};
}

/** Reads one line of CSV as RFC 4180 has it. */
function cellsOf(line: string, separator = ","): string[] {
	const cells: string[] = [];
	let rest = line.replace(/\r\n$/, "");
	for (;;) {
		const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
		const cell = quoted ? quoted[0] : (rest.split(separator)[0] ?? "");
		cells.push(quoted ? (quoted[1] ?? "").replaceAll('""', '"') : cell);
		rest = rest.slice(cell.length);
		if (!rest.startsWith(separator)) return cells;
		rest = rest.slice(1);
	}
}

const texts = fc.oneof(
	fc.string({ unit: "binary" }),
	fc.string({
		unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", ";", "|", " ", "a", "\uFF1D"),
	}),
);
const records = fc
	.record({ actorName: texts, summary: texts, subject: texts, reason: texts })
	.map(({ reason, ...parts }) => aRecord({ ...parts, data: { reason } }));

describe("CSV", () => {
	test("a line of names, and a line for each record", () => {
		expect(csvHead()).toBe(
			'"sequence","at","action","actor","actor id","subject","summary","data","previous hash","hash","key","signature"\r\n',
		);
		expect(toCsv(aRecord({ key: "k", signature: "s" }))).toBe(
			`"7","2026-11-20T09:30:00.000Z","approval.decided","operator-1","person:P-1","approval:A-3","operator-1 approved Restart checkout","{""reason"":null}","${"0".repeat(64)}","${"f".repeat(64)}","k","s"\r\n`,
		);
	});

	test.each([
		['=HYPERLINK("http://evil.example","open")', `'=HYPERLINK("http://evil.example","open")`],
		["+1+1", "'+1+1"],
		["-2+3", "'-2+3"],
		["@SUM(A1)", "'@SUM(A1)"],
		["\t=1", "'\\t=1"],
		["\r=1", "'\\r=1"],
		["  =1", "'  =1"],
		["\uFF1D1", "'\uFF1D1"],
		["a;=1", "a;'=1"],
		["a\n=1", "a\\n'=1"],
		["\u200b=1", "'\\u200b=1"],
		["restarted -- twice", "restarted -- twice"],
		["a=b", "a=b"],
	])("case 49: %j can't become a formula", (summary, cell) => {
		const cells = cellsOf(toCsv(aRecord({ summary })));
		expect(cells[6]).toBe(cell);
	});

	test("case 49: whatever a record says, no cell begins like a formula, read with any separator", () => {
		fc.assert(
			fc.property(records, fc.constantFrom(",", ";", "\t", "|"), (record, separator) => {
				for (const cell of cellsOf(toCsv(record), separator))
					expect(cell).not.toMatch(/^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u);
			}),
		);
	});

	test("case 47: whatever a record says, it is one line, and its cells are as many as the names", () => {
		fc.assert(
			fc.property(records, (record) => {
				const line = toCsv(record);
				expect(line.slice(0, -2)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
				expect(cellsOf(line)).toHaveLength(12);
			}),
		);
	});
});

describe("JSON lines", () => {
	test("case 47: line ends and made-up fields in a text stay inside their text, on one line", () => {
		const summary = 'ok\r\n{"sequence":8,"action":"approval.decided"}\u2028\u0085\u001b[2K\u202Eend';
		const line = toJsonLine(aRecord({ summary, data: { reason: '"}\n{"sequence":9}' } }));
		expect(line.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)).toEqual([line.trimEnd(), ""]);
		expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
		expect(JSON.parse(line)).toMatchObject({ sequence: 7, summary });
	});

	test("whatever a record says, it is read back as it was sealed", () => {
		fc.assert(fc.property(records, (record) => expect(JSON.parse(toJsonLine(record))).toEqual(record)));
	});
});
