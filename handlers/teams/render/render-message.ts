import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { LIMITS, type Scale, utf16Bytes } from "../limits.ts";
import { cardOf } from "./card-of.ts";
import { renderActions, renderSuggestions } from "./render-actions.ts";
import { renderAiLabel } from "./render-ai-label.ts";
import { renderCallOut } from "./render-call-out.ts";
import {
	type Card,
	type CardElement,
	orBlank,
	SMALL,
	type TeamsMessage,
	textBlock,
} from "./render-element.ts";
import { renderEvidence } from "./render-evidence.ts";
import { renderHead, summaryOf } from "./render-head.ts";
import { renderPlan, repeatsPlan } from "./render-plan.ts";
import { renderRefresh } from "./render-refresh.ts";
import { renderTable } from "./render-table.ts";
import { splitText } from "./render-text-pieces.ts";
import { type CardTexts, cardTexts } from "./render-texts.ts";

/** How a message is drawn. `timeZone`: for times that clients do not format; IANA name. */
export type RenderOptions = {
	readonly nowMs: number;
	readonly timeZone: string;
	/** Where the console is reached; without it no button leads there. */
	readonly consoleUrl?: string;
	/** The address of the chart's picture; without it the chart is told in words. */
	readonly chartUrl?: string;
	/** Decisions are shown only to those who may make them. */
	readonly viewer: "may-decide" | "reader";
	/** Whose clients ask for a card of their own; at most 60 are. */
	readonly refreshUserIds?: readonly string[];
};

/**
 * A message as Adaptive Cards inside the limits of Teams: one, or several where the text is too long. The first has all
 * the parts and the buttons; the others go on with the text. Pure.
 */
export function renderMessage(message: ChatMessage, options: RenderOptions): readonly TeamsMessage[] {
	const whole = cardTexts(options.nowMs, options.timeZone, 1);
	const pieces = repeatsPlan(message) ? [] : splitText(textOf(message), whole);
	const first = fittingCard(message, pieces[0], pieces.length, options);
	const entities = renderAiLabel(message, whole);
	const summary = first.fallbackText;
	return [
		{ summary, card: first, ...entities },
		...pieces.slice(1).map((piece, index) => {
			const counted = `${index + 2} of ${pieces.length}`;
			const body = [textBlock(piece), textBlock(counted, { ...SMALL, separator: true })];
			return { summary: `${counted}: ${summary}`, card: cardOf(`${counted}: ${summary}`, body), ...entities };
		}),
	];
}

/** The text; without a title, the state stands before it. */
function textOf({ title, state, text = "" }: ChatMessage): string {
	return title === undefined && state ? `**${state.text}.** ${text}`.trim() : text;
}

/** The first card, with less of its texts where it would be too large. */
function fittingCard(
	message: ChatMessage,
	text: string | undefined,
	pieces: number,
	options: RenderOptions,
): Card {
	const scales: readonly Scale[] = [1, 0.5, 0.25, 0.1];
	const cards = scales.map((scale) => () => firstCard(message, text, pieces, options, scale));
	for (const make of cards) {
		const card = make();
		if (utf16Bytes(card) <= LIMITS.messageBytes) return card;
	}
	return firstCard(message, text, pieces, options, 0.1);
}

function firstCard(
	message: ChatMessage,
	text: string | undefined,
	pieces: number,
	options: RenderOptions,
	scale: Scale,
): Card {
	const texts = cardTexts(options.nowMs, options.timeZone, scale);
	const prose = text === undefined || text === "" ? [] : [textBlock(text, { spacing: "Medium" })];
	const chart = renderChart(message, options.chartUrl, texts);
	const facts = renderFacts(message, texts);
	const callOut = renderCallOut(message);
	const body = [
		...renderHead(message, texts),
		// An answer begins with its sentence, an incident with its numbers.
		...(message.title === undefined || facts.length === 0
			? [...prose, ...facts, ...chart]
			: [...facts, ...chart, ...prose]),
		...callOut.body,
		...renderTable(message.table, texts),
		...renderPlan(message, texts, options.consoleUrl),
		...renderActions(message, options, texts),
		...renderEvidence(message, texts),
		...renderSuggestions(message, texts),
		...renderLoop(message, texts),
	];
	const last = body.at(-1)?.type;
	body.push(...renderFooter(message, pieces, texts, last === "ActionSet" ? "Medium" : "Small"));
	const summary = summaryOf(message, texts);
	return cardOf(
		summary,
		body.length > 0 ? body : [textBlock(texts.line(summary, LIMITS.summaryCharacters))],
		{
			...renderRefresh(message, options),
			msteams: { width: "Full", ...callOut.msteams },
		},
	);
}

function renderFacts({ facts }: ChatMessage, texts: CardTexts): readonly CardElement[] {
	if (facts.length === 0) return [];
	const joined = (value: string, note: string | undefined) =>
		note === undefined ? value : `${value}${note.startsWith("at ") ? " " : ", "}${note}`;
	return [
		{
			type: "FactSet",
			spacing: "Medium",
			facts: facts.slice(0, LIMITS.facts).map(({ label, value, note }) => ({
				title: orBlank(texts.fact(label, LIMITS.labelCharacters)),
				value: orBlank(texts.fact(joined(value, note), LIMITS.lineCharacters)),
			})),
		},
	];
}

/** The picture, or what it would show in words where there is no address for it. */
function renderChart(
	{ chart }: ChatMessage,
	url: string | undefined,
	texts: CardTexts,
): readonly CardElement[] {
	if (!chart) return [];
	if (url === undefined) {
		const words = texts.line(chart.alt, LIMITS.altCharacters);
		return words === "" ? [] : [textBlock(words, { ...SMALL, spacing: "Small" })];
	}
	const altText = texts.plain(chart.alt, LIMITS.altCharacters) || "A chart.";
	return [{ type: "Image", id: "chart", url, size: "Stretch", altText }];
}

/** How far the loop has come, in one line; where it stands now, or how it ended, is bold. */
function renderLoop({ loop }: ChatMessage, texts: CardTexts): readonly CardElement[] {
	if (loop.length === 0) return [];
	const steps = loop.slice(0, LIMITS.loopSteps).map(({ name, note, state }) => {
		const step = texts.line([name, note].filter(Boolean).join(" "), LIMITS.labelCharacters);
		return state === "done" || state === "ahead" ? step : `**${step}**`;
	});
	return [textBlock(steps.join(" › "), { ...SMALL, spacing: "Medium" })];
}

function renderFooter(
	message: ChatMessage,
	pieces: number,
	texts: CardTexts,
	spacing: "Small" | "Medium",
): readonly CardElement[] {
	const rows = (message.table?.rows.length ?? 0) - LIMITS.tableRows;
	const lines = [
		...(pieces > 1 ? [`1 of ${pieces}`] : []),
		...(rows > 0 ? [`and ${rows} more rows`] : []),
		...message.footer.slice(0, LIMITS.footerLines),
	];
	const written = lines.map((line) => texts.line(line, LIMITS.lineCharacters)).filter((line) => line !== "");
	if (written.length === 0) return [];
	return [textBlock(written.join(" · "), { ...SMALL, spacing, separator: true })];
}
