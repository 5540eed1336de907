import { asObject, asObjects, asText, type JsonObject } from "./json-object.ts";

/** Texts of each block may not be longer; in characters as they are sent. */
const MOST = {
	blocks: 50,
	viewBlocks: 100,
	/** Where it was seen to begin; what Slack counts is not documented, and as JSON is never less. */
	blocksCharacters: 13_200,
	text: 40_000,
	updateBytes: 4_000,
	sectionText: 3_000,
	fields: 10,
	fieldText: 2_000,
	header: 150,
	contextElements: 10,
	actionElements: 25,
	buttonText: 75,
	buttonValue: 2_000,
	id: 255,
	url: 3_000,
	altText: 2_000,
	markdown: 12_000,
	tableRows: 100,
	tableColumns: 20,
} as const;

const TYPES = new Set(
	"actions alert card carousel context context_actions data_table data_visualization divider file header image input markdown plan rich_text section table task_card video".split(
		" ",
	),
);

export type Refusal = { readonly error: string; readonly why: string };
type Problem = string | undefined;

/** How Slack refuses a message that breaks its limits; undefined where it takes it. Pure. */
export function refuseMessage(
	args: JsonObject,
	isUpdate: boolean,
	fileIsReady: (id: string) => boolean,
): Refusal | undefined {
	const text = asText(args.text);
	if (text.length > MOST.text) return { error: "msg_too_long", why: `text has ${text.length} characters` };
	if (isUpdate && Buffer.byteLength(text) > MOST.updateBytes)
		return { error: "msg_too_long", why: "an edit's text is over 4,000 bytes" };
	const blocks = asObjects(args.blocks);
	const problem = problemOfBlocks(blocks, MOST.blocks, fileIsReady);
	if (problem !== undefined) return { error: "invalid_blocks", why: problem };
	const characters = JSON.stringify(blocks).length;
	if (characters > MOST.blocksCharacters)
		return { error: "msg_blocks_too_long", why: `the blocks have ${characters} characters` };
	return undefined;
}

/** The same for the view of views.open and its kin. */
export function refuseView(view: JsonObject, fileIsReady: (id: string) => boolean): Refusal | undefined {
	if (JSON.stringify(view).length > 250_000) return { error: "view_too_large", why: "over 250 KB" };
	for (const part of ["title", "submit", "close"] as const)
		if (asText(asObject(view[part]).text).length > 24)
			return { error: "invalid_arguments", why: `${part} is over 24 characters` };
	if (asText(view.private_metadata).length > 3000)
		return { error: "invalid_arguments", why: "private_metadata is over 3,000 characters" };
	const problem = problemOfBlocks(asObjects(view.blocks), MOST.viewBlocks, fileIsReady);
	return problem === undefined ? undefined : { error: "invalid_arguments", why: problem };
}

function problemOfBlocks(
	blocks: readonly JsonObject[],
	most: number,
	fileIsReady: (id: string) => boolean,
): Problem {
	if (blocks.length > most) return `no more than ${most} items allowed [json-pointer:/blocks]`;
	const ids = blocks.map((block) => asText(block.block_id)).filter((id) => id !== "");
	if (new Set(ids).size < ids.length) return "block_id must be unique";
	if (blocks.filter((block) => block.type === "table").length > 1) return "only_one_table_allowed";
	for (const [index, block] of blocks.entries()) {
		const problem =
			tooLong("block_id", block.block_id, MOST.id) ?? problemOfBlock(block, fileIsReady) ?? undefined;
		if (problem !== undefined) return `${problem} [json-pointer:/blocks/${index}]`;
	}
	return undefined;
}

function problemOfBlock(block: JsonObject, fileIsReady: (id: string) => boolean): Problem {
	const type = asText(block.type);
	if (!TYPES.has(type)) return `unsupported type: ${type}`;
	if (type === "header") return problemOfText(block.text, MOST.header, ["plain_text"]);
	if (type === "section") return problemOfSection(block);
	if (type === "context") return problemOfContext(block);
	if (type === "actions") return problemOfActions(block);
	if (type === "image") return problemOfImage(block, fileIsReady);
	if (type === "markdown") return needed("text", block.text) ?? tooLong("text", block.text, MOST.markdown);
	if (type === "table") return problemOfTable(block);
	return undefined;
}

function problemOfSection(block: JsonObject): Problem {
	const fields = asObjects(block.fields);
	if (block.text === undefined && fields.length === 0) return "missing required field: text";
	if (fields.length > MOST.fields) return `no more than ${MOST.fields} fields`;
	const accessory = asObject(block.accessory);
	return (
		(block.text === undefined ? undefined : problemOfText(block.text, MOST.sectionText)) ??
		firstProblem(fields, (field) => problemOfText(field, MOST.fieldText)) ??
		(accessory.type === "button" ? problemOfButton(accessory) : undefined)
	);
}

function problemOfContext(block: JsonObject): Problem {
	const elements = asObjects(block.elements);
	if (elements.length === 0 || elements.length > MOST.contextElements) return "elements: 1 to 10 are allowed";
	return firstProblem(elements, (element) =>
		element.type === "image"
			? needed("alt_text", element.alt_text)
			: problemOfText(element, MOST.sectionText),
	);
}

function problemOfActions(block: JsonObject): Problem {
	const elements = asObjects(block.elements);
	if (elements.length === 0 || elements.length > MOST.actionElements) return "elements: 1 to 25 are allowed";
	const ids = elements.map((element) => asText(element.action_id)).filter((id) => id !== "");
	if (new Set(ids).size < ids.length) return "action_id must be unique within a block";
	return firstProblem(elements, (one) => (one.type === "button" ? problemOfButton(one) : undefined));
}

function problemOfButton(button: JsonObject): Problem {
	const style = button.style;
	if (style !== undefined && style !== "primary" && style !== "danger")
		return "style must be primary or danger";
	if (button.value === "") return "value must be more than 0 characters";
	return (
		problemOfText(button.text, MOST.buttonText, ["plain_text"]) ??
		tooLong("value", button.value, MOST.buttonValue) ??
		tooLong("action_id", button.action_id, MOST.id) ??
		tooLong("url", button.url, MOST.url)
	);
}

function problemOfImage(block: JsonObject, fileIsReady: (id: string) => boolean): Problem {
	const file = asObject(block.slack_file);
	const id = asText(file.id);
	if (id === "" && asText(block.image_url) === "" && asText(file.url) === "")
		return "missing image_url or slack_file";
	if (id !== "" && !fileIsReady(id)) return "invalid slack file";
	return (
		needed("alt_text", block.alt_text) ??
		tooLong("alt_text", block.alt_text, MOST.altText) ??
		tooLong("image_url", block.image_url, MOST.url)
	);
}

function problemOfTable(block: JsonObject): Problem {
	const rows = Array.isArray(block.rows) ? (block.rows as unknown[]) : [];
	if (rows.length === 0 || rows.length > MOST.tableRows) return "rows: 1 to 100 are allowed";
	const widths = rows.map((row) => (Array.isArray(row) ? row.length : 0));
	return widths.some((width) => width === 0 || width > MOST.tableColumns)
		? "columns: 1 to 20 are allowed"
		: undefined;
}

function problemOfText(value: unknown, most: number, types = ["plain_text", "mrkdwn"]): Problem {
	const text = asObject(value);
	if (!types.includes(asText(text.type))) return `text must be of type ${types.join(" or ")}`;
	return needed("text", text.text) ?? tooLong("text", text.text, most);
}

function needed(name: string, value: unknown): Problem {
	return asText(value) === "" ? `missing required field: ${name}` : undefined;
}

function tooLong(name: string, value: unknown, most: number): Problem {
	return asText(value).length > most ? `${name} must be less than ${most + 1} characters` : undefined;
}

function firstProblem(items: readonly JsonObject[], problemOf: (item: JsonObject) => Problem): Problem {
	for (const item of items) {
		const problem = problemOf(item);
		if (problem !== undefined) return problem;
	}
	return undefined;
}
