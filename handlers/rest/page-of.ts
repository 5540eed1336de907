import type { Page, PageRequest } from "../../src/ports/page.ts";

/** The paging part of a query string. */
export function pageOf(query: { readonly limit: number; readonly cursor?: string | undefined }): PageRequest {
	return { limit: query.limit, ...(query.cursor ? { cursor: query.cursor } : {}) };
}

/** The cursor of the page after this one, where there is one. */
export function nextOf(page: Page<unknown>): { next?: string } {
	return page.next === undefined ? {} : { next: page.next };
}
