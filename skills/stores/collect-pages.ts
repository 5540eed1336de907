import type { Page, PageRequest } from "../../src/ports/page.ts";

const MOST_PAGES = 5;
const PAGE_SIZE = 200;

/** The first `most` items that fit, over at most five pages: a bound that keeps one question cheap. */
export async function collectPages<T>(
	list: (page: PageRequest) => Promise<Page<T>>,
	fits: (item: T) => boolean,
	most: number,
): Promise<readonly T[]> {
	const found: T[] = [];
	let cursor: string | undefined;
	for (let turn = 0; turn < MOST_PAGES && found.length < most; turn++) {
		const page = await list({ limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) });
		found.push(...page.items.filter(fits));
		cursor = page.next;
		if (cursor === undefined) break;
	}
	return found.slice(0, most);
}
