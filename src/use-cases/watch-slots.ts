import type { Bank } from "../../models/define-bank.ts";
import type { Watch } from "../domain/watch.ts";
import type { SeriesTable } from "./series-table.ts";

/** Longest text of a series' labels, and the most that all series of a watch may have together, in characters. */
const LONGEST_NAME = 16_384;
const MOST_NAME_CHARACTERS = 64 * 1024 * 1024;

/** What a watch judges: a slot is a series, or a target with many where its bank gathers them. */
export type WatchSlots = {
	readonly watch: Watch;
	readonly bank: Bank;
	readonly table: SeriesTable;
	readonly maximumSeries: number;
};

/** Why a series is not scored. */
export type Unscored = "no-target" | "too-many" | "too-many-of-target" | "too-long";

/** Whether the text of labels is too long to be kept, alone or with those that are. */
export function nameRefused({ table }: Pick<WatchSlots, "table">, name: string): boolean {
	return name.length > LONGEST_NAME || table.nameLength + name.length > MOST_NAME_CHARACTERS;
}

/** The slot of that name, which is made where it is new; or why there is none. A new one was never seen at `atMs`. */
export function slotFor(
	state: WatchSlots,
	name: string,
	targetOf: () => string | undefined,
	atMs: number,
): number | Unscored {
	const { bank, table, maximumSeries } = state;
	const known = table.slotOf(name);
	if (known !== undefined) return known;
	if (nameRefused(state, name)) return "too-long";
	if (table.size >= maximumSeries) return "too-many";
	const target = targetOf();
	if (target === undefined) return "no-target";
	const slot = bank.add();
	table.add(slot, name, target, atMs - 1);
	return slot;
}
