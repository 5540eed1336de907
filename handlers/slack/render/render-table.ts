import type { types } from "@slack/bolt";
import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { SHARES } from "../limits.ts";
import { fitLine } from "./escape-text.ts";
import { plainText, richElements } from "./render-pieces.ts";
import type { TimeFrame } from "./render-time.ts";
import type { KnownBlock } from "./slack-message.ts";

type Table = NonNullable<ChatMessage["table"]>;
type Cell = types.RichTextBlock | types.RawTextElement;

const HAS_TIME = /\{\{time:\d{1,15}\}\}/;
const TRIES = [
	{ cell: SHARES.cell, isPlain: false },
	{ cell: SHARES.cell, isPlain: true },
	{ cell: 60, isPlain: true },
	{ cell: 30, isPlain: true },
	{ cell: 14, isPlain: true },
];

/** A table with its header and first column in bold. Cells are shortened where all of them would be too much. */
export function renderTable(table: Table, frame: TimeFrame): KnownBlock[] {
	const columns = table.columns.slice(0, SHARES.tableColumns);
	if (columns.length === 0) return [];
	for (const { cell, isPlain } of TRIES) {
		const draw = (text: string, isBold: boolean) => cellOf(fitLine(text, cell), isBold, isPlain, frame);
		const rows: Cell[][] = [
			columns.map(({ title }) => draw(title, true)),
			...table.rows
				.slice(0, SHARES.tableRows)
				.map((row) => columns.map((_, index) => draw(row[index] ?? "", index === 0))),
		];
		const column_settings = columns.map(({ align }, index) => ({ align, is_wrapped: index > 0 }));
		const block: KnownBlock = { type: "table", block_id: "table", column_settings, rows };
		if (JSON.stringify(block).length <= SHARES.table) return [block];
	}
	return [];
}

/** What a table had no room for, in words. */
export function tableRest({ columns, rows }: Table): string[] {
	const left = [
		[rows.length - SHARES.tableRows, "rows"],
		[columns.length - SHARES.tableColumns, "columns"],
	] as const;
	return left.filter(([count]) => count > 0).map(([count, what]) => `and ${count} more ${what}`);
}

function cellOf(text: string, isBold: boolean, isPlain: boolean, frame: TimeFrame): Cell {
	// Slack refuses a cell without text.
	const shown = text === "" ? " " : text;
	if (isPlain || shown === " " || !(isBold || HAS_TIME.test(shown)))
		return { type: "raw_text", text: plainText(shown, frame).text };
	const elements = richElements([{ text: shown, ...(isBold ? { style: "bold" as const } : {}) }], frame);
	return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}
