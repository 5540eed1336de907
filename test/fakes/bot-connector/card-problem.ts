import { z } from "zod";

const CARD = "application/vnd.microsoft.card.adaptive";
const ELEMENTS = new Set(
	"TextBlock Image Media RichTextBlock ActionSet Container ColumnSet ImageSet FactSet Table Column TableRow TableCell TextRun Input.Text Input.Number Input.Date Input.Time Input.Toggle Input.ChoiceSet Action.Execute Action.OpenUrl Action.Submit Action.ShowCard Action.ToggleVisibility AdaptiveCard".split(
		" ",
	),
);
const Node = z.looseObject({ type: z.string().optional(), id: z.string().optional() });
const CardContent = z.looseObject({
	type: z.literal("AdaptiveCard"),
	version: z.string().regex(/^1\.[0-5]$/),
	refresh: z.looseObject({ action: Node, userIds: z.array(z.string()).max(60).optional() }).optional(),
});

/** Why Teams would refuse a card, in a few words; undefined where it would show it. */
export function cardProblem(content: unknown): string | undefined {
	const card = CardContent.safeParse(content);
	if (!card.success) return `not an adaptive card of version 1.0 to 1.5: ${z.prettifyError(card.error)}`;
	const minor = Number(card.data.version.slice(2));
	if (card.data.refresh && minor < 4) return "refresh needs version 1.4";
	const ids = new Set<string>();
	return nodeProblem({ ...card.data }, minor, ids);
}

function nodeProblem(value: unknown, minor: number, ids: Set<string>): string | undefined {
	if (Array.isArray(value)) return firstProblem(value, minor, ids);
	if (typeof value !== "object" || value === null) return undefined;
	const { data: _data, msteams: _msteams, ...members } = value as Record<string, unknown>;
	const { type, id, url } = members;
	if (type !== undefined && (typeof type !== "string" || !ELEMENTS.has(type)))
		return `unknown element ${JSON.stringify(type)}`;
	if (type === "Action.Execute" && minor < 4) return "Action.Execute needs version 1.4";
	if (type === "Table" && minor < 5) return "Table needs version 1.5";
	if (type === "TextBlock" && typeof members.text !== "string") return "a TextBlock without text";
	if ((type === "Image" || type === "Action.OpenUrl") && !(typeof url === "string" && URL.canParse(url)))
		return `${type} without an address`;
	if (typeof type === "string" && type.startsWith("Input.") && typeof id !== "string")
		return "an input without an id";
	if (type !== undefined && typeof id === "string") {
		if (ids.has(id)) return `the id ${id} is used twice`;
		ids.add(id);
	}
	return firstProblem(Object.values(members), minor, ids);
}

function firstProblem(values: readonly unknown[], minor: number, ids: Set<string>): string | undefined {
	for (const value of values) {
		const problem = nodeProblem(value, minor, ids);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** Why Teams would refuse a message's attachments, or undefined. */
export function attachmentsProblem(attachments: unknown): string | undefined {
	if (attachments === undefined) return undefined;
	const list = z
		.array(z.looseObject({ contentType: z.string(), content: z.unknown() }))
		.safeParse(attachments);
	if (!list.success) return "attachments are not a list of contents with types";
	for (const { contentType, content } of list.data) {
		const problem = contentType === CARD ? cardProblem(content) : undefined;
		if (problem !== undefined) return problem;
	}
	return undefined;
}
