import { PAGES } from "../shell/pages.ts";

/** The address that a text names: an incident (`INC-3`), an approval (`A-3`) or a page. Undefined: it is a question. */
export function jumpTarget(text: string): string | undefined {
	const id = text.trim().toUpperCase();
	if (/^INC-\d+$/.test(id)) return `/incidents/${id}`;
	if (/^A-\d+$/.test(id)) return `/approvals/${id}`;
	return PAGES.find((page) => page.name.toUpperCase() === id || page.path.toUpperCase() === `/${id}`)?.path;
}
