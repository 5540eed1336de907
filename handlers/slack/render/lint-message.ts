import { LIMITS } from "../limits.ts";
import { CALL_OUT_BLOCK } from "./render-call-out.ts";
import type { KnownBlock, ModalView } from "./slack-message.ts";

type Found = { readonly path: string; readonly key: string; readonly value: unknown; readonly owner: Owner };
type Owner = Readonly<Record<string, unknown>>;

/** How long a text may be, by the key it stands under and the type of what holds it. */
const TEXT_LIMITS: Readonly<Record<string, number>> = {
	block_id: LIMITS.idCharacters,
	action_id: LIMITS.idCharacters,
	alt_text: LIMITS.altCharacters,
	value: LIMITS.buttonValueCharacters,
	url: LIMITS.urlCharacters,
	accessibility_label: LIMITS.buttonCharacters,
	private_metadata: LIMITS.privateMetadataCharacters,
	callback_id: LIMITS.idCharacters,
};
/** How many things a list may hold. */
const LIST_LIMITS: Readonly<Record<string, number>> = {
	"section.fields": LIMITS.fields,
	"actions.elements": LIMITS.actionElements,
	"context.elements": LIMITS.contextElements,
	"table.rows": LIMITS.tableRows,
};
const MENTION = /<(?:[@#!])(?!date\^)/;
const CALL_OUT_ELEMENTS = ["user", "usergroup"];
const FORBIDDEN_ELEMENTS = ["broadcast", "user", "usergroup", "channel", "team", "emoji"];

/**
 * What Slack would refuse about a message, or what would ping somebody, one line each; empty for a good one. Run over
 * every message before it is sent: one character too many loses the whole message.
 */
export function lintMessage(blocks: readonly KnownBlock[], text: string): readonly string[] {
	const size = JSON.stringify(blocks).length + text.length;
	return [
		...(text.trim() === "" ? ["text is empty"] : []),
		...(MENTION.test(text) ? ["text holds a mention"] : []),
		...(blocks.length > LIMITS.messageBlocks
			? [`${blocks.length} blocks, at most ${LIMITS.messageBlocks}`]
			: []),
		...(size > LIMITS.messageCharacters
			? [`${size} characters in all, at most ${LIMITS.messageCharacters}`]
			: []),
		...lintBlocks(blocks),
	];
}

/** The same for a form or a sheet on top of the conversation. */
export function lintView(view: ModalView): readonly string[] {
	const bytes = Buffer.byteLength(JSON.stringify(view));
	const titles = [view.title, view.submit, view.close].flatMap((title) => (title ? [title.text] : []));
	return [
		...(view.blocks.length > LIMITS.viewBlocks
			? [`${view.blocks.length} blocks, at most ${LIMITS.viewBlocks}`]
			: []),
		...(bytes > LIMITS.viewBytes ? [`${bytes} bytes, at most ${LIMITS.viewBytes}`] : []),
		...titles
			.filter((title) => title.length > LIMITS.viewTitleCharacters)
			.map((title) => `title ${title}: at most ${LIMITS.viewTitleCharacters} characters`),
		...lintBlocks(view.blocks as readonly KnownBlock[]),
	];
}

function lintBlocks(blocks: readonly KnownBlock[]): string[] {
	const tables = blocks.filter((block) => block.type === "table").length;
	return [
		...(tables > LIMITS.tables ? [`${tables} tables, at most ${LIMITS.tables}`] : []),
		...repeated(blocks.map((block) => block.block_id)).map((id) => `block_id ${id} occurs twice`),
		...blocks.flatMap((block, index) => {
			const found = [...walk(block, `blocks[${index}]`)];
			const ids = found.filter(({ key }) => key === "action_id").map(({ value }) => String(value));
			return [
				...repeated(ids).map((id) => `blocks[${index}]: action_id ${id} occurs twice`),
				...found.flatMap((item) => problemOf(item, block)),
			];
		}),
	];
}

function problemOf({ path, key, value, owner }: Found, block: KnownBlock): string[] {
	if (Array.isArray(value)) {
		const most = LIST_LIMITS[`${String(owner.type)}.${key}`];
		if (value.length === 0) return [`${path} is empty`];
		if (most !== undefined && value.length > most)
			return [`${path} has ${value.length} items, at most ${most}`];
		if (key === "rows" && value.some((row: unknown[]) => row.length > LIMITS.tableColumns))
			return [`${path} has more than ${LIMITS.tableColumns} columns`];
		return [];
	}
	const isCallOut = block.block_id === CALL_OUT_BLOCK && CALL_OUT_ELEMENTS.includes(String(value));
	if (key === "type" && FORBIDDEN_ELEMENTS.includes(String(value)) && !isCallOut)
		return [`${path}: ${String(value)} elements ping people`];
	if (typeof value !== "string") return [];
	const most = key === "text" ? textLimit(path, owner, block) : TEXT_LIMITS[key];
	return [
		...(value === "" ? [`${path} is empty`] : []),
		...(most !== undefined && value.length > most
			? [`${path} has ${value.length} characters, at most ${most}`]
			: []),
		...(owner.type === "mrkdwn" && key === "text" ? mrkdwnProblems(path, value, owner) : []),
		...(value.isWellFormed() ? [] : [`${path} holds half a character`]),
	];
}

function mrkdwnProblems(path: string, text: string, owner: Owner): string[] {
	return [
		...(MENTION.test(text) ? [`${path} holds a mention`] : []),
		...(owner.verbatim === true ? [] : [`${path} is not verbatim, so addresses in it become links`]),
	];
}

function textLimit(path: string, owner: Owner, block: KnownBlock): number {
	if (block.type === "header") return LIMITS.headerCharacters;
	if (path.includes(".fields[")) return LIMITS.fieldCharacters;
	if (block.type === "actions" && owner.type === "plain_text") return LIMITS.buttonCharacters;
	if (block.type === "input") return LIMITS.inputLabelCharacters;
	return LIMITS.textCharacters;
}

function* walk(value: unknown, path: string): Generator<Found> {
	if (typeof value !== "object" || value === null) return;
	const owner = value as Owner;
	for (const [key, member] of Object.entries(value)) {
		const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
		yield { path: at, key: Array.isArray(value) ? "" : key, value: member, owner };
		yield* walk(member, at);
	}
}

function repeated(ids: readonly (string | undefined)[]): string[] {
	return [...new Set(ids.filter((id, index) => id !== undefined && ids.indexOf(id) !== index))].map(String);
}
