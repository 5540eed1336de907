import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { inertDeep } from "../../../src/domain/inert-text.ts";
import { replaceTimes } from "../../../src/domain/time-text.ts";
import { LIMITS, SHARES } from "../limits.ts";
import { escapeMrkdwn, fitLine } from "./escape-text.ts";
import { renderButtons } from "./render-buttons.ts";
import { renderCallOut } from "./render-call-out.ts";
import { contextBlock, footerPieces, loopPieces, queriesPieces, statePieces } from "./render-context.ts";
import { renderFacts } from "./render-facts.ts";
import { plainText } from "./render-pieces.ts";
import { renderPlan } from "./render-plan.ts";
import { renderTable } from "./render-table.ts";
import { renderText } from "./render-text.ts";
import { plainTime, type TimeFrame } from "./render-time.ts";
import { leadText, titleText } from "./render-title.ts";
import type { KnownBlock, SlackMessage } from "./slack-message.ts";

export type RenderOptions = TimeFrame & {
	/** The public address of the console: where links and `open` buttons lead. Without it there are none. */
	readonly consoleUrl?: string;
	/** A picture of the chart that Slack has already. */
	readonly chartFileId?: string;
	/** Why there is no picture, in words for the reader. */
	readonly chartsUnavailable?: string;
};

const MODEL_LINE = "The text is by a language model; title, numbers, plan and buttons are not.";

/**
 * A message as Slack takes it: one, and more only where the text is too long for one. Everything but the rest of the
 * text is in the first, so that it can be edited in place. What stands in the message is shown, never interpreted. Pure.
 */
export function renderMessage(message: ChatMessage, options: RenderOptions): readonly SlackMessage[] {
	const { title, ...parts } = inertDeep(message);
	const inert: ChatMessage = title?.trim() ? { ...parts, title } : parts;
	const isTextFirst = inert.title === undefined || inert.facts.length === 0;
	const head = [
		...titleBlocks(inert, options),
		...contextBlock("state", statePieces(inert, options.consoleUrl), options),
	];
	const numbers = [...renderFacts(inert.facts, options), ...chartBlocks(inert, options)];
	const tail = tailBlocks(inert, options);
	const words = textBlocks(inert, options, isTextFirst);
	const fallback = fallbackText(inert, options);
	const fixed = [...head, ...numbers, ...tail];
	const [first = [], ...rest] = intoMessages(words, sizeOf(fixed) + fallback.length, fixed.length);
	const note = rest.length > 0 ? partBlock(1, rest.length + 1, options) : [];
	const body = isTextFirst ? [...first, ...note, ...numbers] : [...numbers, ...first, ...note];
	return [
		{ text: fallback, blocks: [...head, ...body, ...tail] },
		...rest.map((blocks, index) => ({
			text: `Part ${index + 2} of ${rest.length + 1}`,
			blocks: [...blocks, ...partBlock(index + 2, rest.length + 1, options)],
		})),
	];
}

function titleBlocks(message: ChatMessage, frame: TimeFrame): KnownBlock[] {
	if (message.title === undefined) return [];
	const title = plainText(titleText(message), frame).text;
	return [
		{
			type: "header",
			block_id: "title",
			text: { type: "plain_text", text: fitLine(title, LIMITS.headerCharacters), emoji: false },
		},
	];
}

function chartBlocks({ chart }: ChatMessage, options: RenderOptions): KnownBlock[] {
	if (!chart) return [];
	const alt = fitLine(plainText(chart.alt, options).text, SHARES.alt) || "Chart";
	if (options.chartFileId !== undefined)
		return [{ type: "image", block_id: "chart", slack_file: { id: options.chartFileId }, alt_text: alt }];
	const why = options.chartsUnavailable ? `No picture: ${fitLine(options.chartsUnavailable, 200)} ` : "";
	return contextBlock("chart", [{ text: `${why}${alt}` }], options);
}

function textBlocks(message: ChatMessage, frame: TimeFrame, isTextFirst: boolean): KnownBlock[] {
	const text = message.text === message.plan?.summary ? "" : (message.text ?? "");
	const lead = fitLine(leadText(message), SHARES.state);
	const marks = message.textByModel === true;
	const blocks = renderText(text, { ...frame, lead, marks, boldLead: isTextFirst && !marks });
	return marks ? [...blocks, ...contextBlock("model", [{ text: MODEL_LINE }], frame)] : blocks;
}

function tailBlocks(message: ChatMessage, options: RenderOptions): KnownBlock[] {
	const { table, plan, loop, state } = message;
	return [
		...renderCallOut(message),
		...(table ? renderTable(table, options) : []),
		...(plan ? renderPlan(plan, state?.kind, options) : []),
		...renderButtons(message, options.consoleUrl),
		...contextBlock("queries", queriesPieces(message), options),
		...contextBlock("progress", loopPieces(loop), options),
		...contextBlock("footer", footerPieces(message), options),
	];
}

/** Deals blocks into messages; the first has `used` characters and `count` blocks already. */
function intoMessages(blocks: readonly KnownBlock[], used: number, count: number): readonly KnownBlock[][] {
	const messages: KnownBlock[][] = [[]];
	let size = used;
	let held = count;
	for (const block of blocks) {
		const more = sizeOf([block]);
		if (size + more > LIMITS.messageCharacters - SHARES.spare || held + 2 > LIMITS.messageBlocks) {
			messages.push([]);
			size = 0;
			held = 0;
		}
		messages.at(-1)?.push(block);
		size += more;
		held += 1;
	}
	return messages;
}

function partBlock(part: number, parts: number, frame: TimeFrame): KnownBlock[] {
	const more = part < parts ? ", continues in the thread" : "";
	return contextBlock("part", [{ text: `Part ${part} of ${parts}${more}` }], frame);
}

function sizeOf(blocks: readonly KnownBlock[]): number {
	return blocks.reduce((size, block) => size + JSON.stringify(block).length + 1, 2);
}

/** What a notification says: title, state and text in one line, with times in the conversation's zone. */
function fallbackText(message: ChatMessage, frame: TimeFrame): string {
	const { title, state, text = "", chart } = message;
	const heading = title === undefined ? "" : titleText(message);
	const standing = state && !heading.includes(`${state.text} ·`) ? state.text : "";
	const said = title === undefined ? [leadText(message), text] : [heading, standing, text];
	const whole = said
		.map((part) => part.trim())
		.filter((part) => part !== "")
		.map((part) => (/[.?]$/.test(part) ? part : `${part}.`))
		.join(" ")
		.slice(0, 4000);
	const plain = replaceTimes(whole, (atMs) => plainTime(atMs, frame));
	return escapeMrkdwn(fitLine(plain, SHARES.fallback - 100)) || (chart ? "Chart" : "Message");
}
