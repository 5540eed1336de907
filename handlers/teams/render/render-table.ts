import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { replaceTimes } from "../../../src/domain/time-text.ts";
import { LIMITS } from "../limits.ts";
import { type CardElement, textBlock } from "./render-element.ts";
import type { CardTexts } from "./render-texts.ts";

type Table = NonNullable<ChatMessage["table"]>;

// A column is as wide as its longest text asks for, with room around it, within these characters.
const NARROWEST = 9;
const WIDEST = 30;
const ROOM = 4;

/** A table, its columns as wide as what they hold asks for. */
export function renderTable(table: Table | undefined, texts: CardTexts): readonly CardElement[] {
	if (!table || table.columns.length === 0 || table.rows.length === 0) return [];
	const columns = table.columns.slice(0, LIMITS.tableColumns);
	const rows = table.rows.slice(0, LIMITS.tableRows);
	const row = (cells: readonly string[], bold: (column: number) => boolean) => ({
		type: "TableRow",
		cells: columns.map(({ align }, index) => ({
			type: "TableCell",
			items: [
				textBlock(texts.line(cells[index] ?? "", LIMITS.cellCharacters), {
					size: "Small",
					...(bold(index) ? { weight: "Bolder" } : {}),
					...(align === "right" ? { horizontalAlignment: "Right" } : {}),
				}),
			],
		})),
	});
	return [
		{
			type: "Table",
			firstRowAsHeader: true,
			showGridLines: false,
			columns: columns.map(({ title }, index) => ({
				width: widthOf([title, ...rows.map((cells) => cells[index] ?? "")]),
			})),
			rows: [
				row(
					columns.map(({ title }) => title),
					() => true,
				),
				...rows.map((cells) => row(cells, (column) => column === 0)),
			],
		},
	];
}

function widthOf(cells: readonly string[]): number {
	const longest = Math.max(...cells.map((cell) => replaceTimes(cell, () => "02:36").length));
	return Math.min(WIDEST, Math.max(NARROWEST, longest + ROOM));
}
