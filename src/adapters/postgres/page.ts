import { AppError } from "../../domain/errors.ts";
import type { Page, PageRequest } from "../../ports/page.ts";
import { fromId, type IdPrefix, toId } from "./public-id.ts";

const largestPage = 200;

/** Where a page starts: rows below `before` (all if undefined), one more than asked to see if there is a next. */
export type PageStart = { readonly before: number | undefined; readonly rows: number };

/** Reads a page request. AppError `invalid` for a limit outside 1-200 or a cursor of another list. */
export function startOf(prefix: IdPrefix, page: PageRequest): PageStart {
	const { limit, cursor } = page;
	if (!Number.isInteger(limit) || limit < 1 || limit > largestPage)
		throw new AppError("invalid", `A page holds 1 to ${largestPage} entries; ask for a limit in that range.`);
	if (cursor === undefined) return { before: undefined, rows: limit + 1 };
	const before = fromId(prefix, Buffer.from(cursor, "base64url").toString("utf8"));
	if (before === undefined || cursorAt(prefix, before) !== cursor)
		throw new AppError("invalid", "This cursor is not one of this list; start again without a cursor.");
	return { before, rows: limit + 1 };
}

/** The page of rows that were read newest first, with the cursor of the next one if there is more. */
export function toPage<Row, T>(
	prefix: IdPrefix,
	page: PageRequest,
	rows: readonly Row[],
	numberOf: (row: Row) => number,
	read: (row: Row) => T,
): Page<T> {
	const kept = rows.slice(0, page.limit);
	const last = kept.at(-1);
	const more = rows.length > page.limit && last !== undefined;
	return { items: kept.map(read), ...(more ? { next: cursorAt(prefix, numberOf(last)) } : {}) };
}

function cursorAt(prefix: IdPrefix, number: number): string {
	return Buffer.from(toId(prefix, number), "utf8").toString("base64url");
}
