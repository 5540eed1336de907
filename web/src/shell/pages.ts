import type { IconName } from "../lib/icon-name.ts";

export type PageName =
	| "Now"
	| "Incidents"
	| "Ask"
	| "Watches"
	| "Approvals"
	| "Remediations"
	| "Audit"
	| "People & access"
	| "Settings"
	| "More";

/** What a link to a page shows. */
export type PageEntry = { readonly name: PageName; readonly path: string; readonly icon: IconName };

/** The console's pages in the order of the side bar; `key` follows "g". */
export const PAGES: readonly (PageEntry & { readonly key: string })[] = [
	{ name: "Now", path: "/", icon: "now", key: "n" },
	{ name: "Incidents", path: "/incidents", icon: "incidents", key: "i" },
	{ name: "Ask", path: "/ask", icon: "ask", key: "a" },
	{ name: "Watches", path: "/watches", icon: "watches", key: "w" },
	{ name: "Approvals", path: "/approvals", icon: "approvals", key: "p" },
	{ name: "Remediations", path: "/remediations", icon: "remediations", key: "r" },
	{ name: "Audit", path: "/audit", icon: "audit", key: "u" },
	{ name: "People & access", path: "/people", icon: "people", key: "c" },
	{ name: "Settings", path: "/doctor", icon: "settings", key: "s" },
];

const MORE: PageEntry = { name: "More", path: "/more", icon: "more" };

const UNDER_MORE: readonly PageName[] = ["Watches", "Remediations", "Audit", "People & access", "Settings"];

/** The pages that have no room in the tab bar of phones and are found under More. */
export const MORE_PAGES: readonly PageEntry[] = PAGES.filter(({ name }) => UNDER_MORE.includes(name));

/** The tab bar of phones. */
export const TABS: readonly PageEntry[] = [...PAGES.filter((page) => !MORE_PAGES.includes(page)), MORE];

/** The page that an address belongs to. */
export function pageOf(path: string): PageName | undefined {
	return [...PAGES, MORE].find(
		(page) => path === page.path || (page.path !== "/" && path.startsWith(`${page.path}/`)),
	)?.name;
}

/** The tab that a page belongs to. */
export function tabOf(page: PageName | undefined): PageName | undefined {
	return page && UNDER_MORE.includes(page) ? "More" : page;
}
