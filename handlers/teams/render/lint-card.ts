import { LIMITS, utf16Bytes } from "../limits.ts";
import { CALL_OUT } from "./render-call-out.ts";
import type { Card } from "./render-element.ts";

type Properties = Readonly<Record<string, unknown>>;

/** The elements and actions we draw with, each with the properties that hold others. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
	AdaptiveCard: ["body"],
	TextBlock: [],
	ColumnSet: ["columns"],
	Column: ["items"],
	Container: ["items"],
	FactSet: [],
	Image: [],
	Table: ["rows"],
	TableRow: ["cells"],
	TableCell: ["items"],
	ActionSet: ["actions"],
	"Action.Execute": [],
	"Action.OpenUrl": [],
	"Action.ToggleVisibility": [],
};

/** What is noted on the way through a card. */
type Seen = { readonly ids: string[]; readonly targets: string[]; calls: number };

const DECISIONS = new Set(["approval.approve", "approval.deny"]);
// What Markdown would make a link or an image of, where no backslash stands before it.
const LINK = /(?<!\\)(?:\\\\)*\]\(|(?<!\\)<[a-z/!?]/i;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\//;

/**
 * What Teams would refuse or show wrongly in a card, and what must never be in one: one line each, none where it is
 * fit to be sent. Pictures come over https, or from our own address while that is a local one. Pure.
 */
export function lintCard(card: Omit<Card, "version"> & { readonly version: string }): string[] {
	const problems: string[] = [];
	if (card.version !== "1.5") problems.push(`version ${card.version} is not 1.5`);
	if (utf16Bytes(card) > LIMITS.messageBytes) problems.push(`${utf16Bytes(card)} bytes are too many`);
	if (card.fallbackText === "") problems.push("fallbackText is empty");
	const seen: Seen = { ids: [], targets: [], calls: 0 };
	lintElement(card, problems, seen);
	if (card.refresh) {
		lintElement(card.refresh.action, problems, seen);
		const { length } = card.refresh.userIds;
		if (length === 0 || length > LIMITS.refreshUsers) problems.push(`refresh is for ${length} people`);
	}
	if (seen.calls !== (card.msteams.entities?.length ?? 0)) problems.push("a mention names nobody");
	if (new Set(seen.ids).size !== seen.ids.length) problems.push("an id is used twice");
	for (const target of seen.targets)
		if (!seen.ids.includes(target)) problems.push(`nothing has the id ${target}`);
	return problems;
}

function lintElement(element: Properties, problems: string[], seen: Seen): void {
	const type = String(element.type);
	const parts = Object.hasOwn(KNOWN, type) ? KNOWN[type] : undefined;
	if (!parts) {
		problems.push(`${type} is not an element we use`);
		return;
	}
	if (typeof element.id === "string") seen.ids.push(element.id);
	problems.push(...(LINTS[type]?.(element) ?? []));
	if (type === "TextBlock" && String(element.text).includes(CALL_OUT)) seen.calls += 1;
	if (type === "Action.ToggleVisibility") seen.targets.push(...strings(element.targetElements));
	for (const part of parts) {
		const children = list(element[part]);
		if (children.length === 0) problems.push(`${type} has no ${part}`);
		for (const child of children) lintElement(child, problems, seen);
	}
}

const LINTS: Readonly<Record<string, (element: Properties) => readonly string[]>> = {
	TextBlock: ({ text }) => lintText(typeof text === "string" ? text.replace(CALL_OUT, "-") : text),
	FactSet: ({ facts }) =>
		list(facts).length === 0
			? ["a FactSet has no facts"]
			: list(facts).flatMap(({ title, value }) => [...lintText(title), ...lintText(value)]),
	Image: ({ url, altText }) => [
		...(isPicture(url) ? [] : ["a picture is not on https"]),
		...(typeof altText === "string" && altText !== "" ? [] : ["a picture has no alternative text"]),
	],
	ActionSet: ({ actions }) =>
		list(actions).length > LIMITS.actions ? [`${list(actions).length} actions in one row`] : [],
	"Action.Execute": lintExecute,
	"Action.OpenUrl": ({ url, title }) => [
		...lintTitle(title),
		...(typeof url === "string" && /^https?:\/\//.test(url)
			? []
			: ["a button opens something else than a page"]),
	],
	"Action.ToggleVisibility": ({ title }) => lintTitle(title),
	Table: ({ rows, columns }) => {
		const width = list(columns).length;
		const odd = list(rows).some(({ cells }) => list(cells).length !== width);
		return odd ? [`a row of the table has not ${width} cells`] : [];
	},
};

function lintText(text: unknown): readonly string[] {
	if (typeof text !== "string" || text === "") return ["a text is empty"];
	return LINK.test(text) ? ["a text holds a link or a tag"] : [];
}

function lintTitle(title: unknown): readonly string[] {
	if (typeof title !== "string" || title.trim() === "") return ["a button has no title"];
	return title.length > LIMITS.labelCharacters ? ["a button's title is too long"] : [];
}

function lintExecute({ title, verb, data }: Properties): readonly string[] {
	const keys = typeof data === "object" && data !== null ? Object.keys(data) : [];
	const decides = typeof verb === "string" && DECISIONS.has(verb);
	return [
		...lintTitle(title),
		...(typeof verb === "string" && verb !== "" ? [] : ["a button has no verb"]),
		...(decides && keys.join(",") !== "approvalId" ? ["a decision carries more than an approval id"] : []),
	];
}

function isPicture(url: unknown): boolean {
	return typeof url === "string" && (url.startsWith("https://") || LOOPBACK.test(url));
}

function list(value: unknown): readonly Properties[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];
}

function strings(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
