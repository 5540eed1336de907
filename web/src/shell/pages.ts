import type { IconName } from "../lib/icon-name.ts";

export type PageName = "Now" | "Incidents" | "Ask" | "Approvals" | "Audit";

/** The console's pages in the order of the side bar; `key` follows "g". */
export const PAGES: readonly {
	readonly name: PageName;
	readonly path: string;
	readonly icon: IconName;
	readonly key: string;
}[] = [
	{ name: "Now", path: "/", icon: "now", key: "n" },
	{ name: "Incidents", path: "/incidents", icon: "incidents", key: "i" },
	{ name: "Ask", path: "/ask", icon: "ask", key: "a" },
	{ name: "Approvals", path: "/approvals", icon: "approvals", key: "p" },
	{ name: "Audit", path: "/audit", icon: "audit", key: "u" },
];

/** The page that an address belongs to. */
export function pageOf(path: string): PageName | undefined {
	return PAGES.find((page) => path === page.path || (page.path !== "/" && path.startsWith(`${page.path}/`)))
		?.name;
}
