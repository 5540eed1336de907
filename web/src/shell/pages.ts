import type { IconName } from "../lib/icon-name.ts";

export type PageName = "Now" | "Incidents" | "Ask" | "Approvals" | "Audit" | "More";

/** What a link to a page shows. */
export type PageEntry = { readonly name: PageName; readonly path: string; readonly icon: IconName };

/** The console's pages in the order of the side bar; `key` follows "g". */
export const PAGES: readonly (PageEntry & { readonly key: string })[] = [
	{ name: "Now", path: "/", icon: "now", key: "n" },
	{ name: "Incidents", path: "/incidents", icon: "incidents", key: "i" },
	{ name: "Ask", path: "/ask", icon: "ask", key: "a" },
	{ name: "Approvals", path: "/approvals", icon: "approvals", key: "p" },
	{ name: "Audit", path: "/audit", icon: "audit", key: "u" },
];

const MORE: PageEntry = { name: "More", path: "/more", icon: "more" };

/** The tab bar of phones: what has no room there is found under More. */
export const TABS: readonly PageEntry[] = [...PAGES.filter(({ name }) => name !== "Audit"), MORE];

/** The page that an address belongs to. */
export function pageOf(path: string): PageName | undefined {
	return [...PAGES, MORE].find(
		(page) => path === page.path || (page.path !== "/" && path.startsWith(`${page.path}/`)),
	)?.name;
}

/** The tab that a page belongs to. */
export function tabOf(page: PageName | undefined): PageName | undefined {
	return page === "Audit" ? "More" : page;
}
