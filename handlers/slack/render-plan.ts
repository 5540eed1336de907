import type { MessageState, PlanView } from "../../src/domain/chat-message.ts";
import { costOf, fitLine } from "./escape-text.ts";
import { SHARES } from "./limits.ts";
import { isPlainInMrkdwn, mrkdwn, type Piece, richElements } from "./render-pieces.ts";
import type { TimeFrame } from "./render-time.ts";
import type { KnownBlock } from "./slack-message.ts";

const IN_FULL: readonly (MessageState | undefined)[] = ["waiting", "running", "verifying", undefined];
const ENDED_WELL: readonly (MessageState | undefined)[] = ["resolved", "rolled_back"];

/**
 * What would be done, its checks, and how we will know that it helped. Once it is decided against or failed only the
 * plan itself is left; after a good end the facts tell it. Checks that fail come first; those without room are counted.
 */
export function renderPlan(plan: PlanView, state: MessageState | undefined, frame: TimeFrame): KnownBlock[] {
	if (ENDED_WELL.includes(state)) return [];
	const isInFull = IN_FULL.includes(state);
	const pieces = [...whatPieces(plan, isInFull), ...(isInFull ? guardPieces(plan) : [])];
	if (isPlainInMrkdwn(pieces))
		return [{ type: "section", block_id: "plan", text: mrkdwn(pieces, frame), expand: true }];
	const elements = richElements(pieces, frame);
	return [{ type: "rich_text", block_id: "plan", elements: [{ type: "rich_text_section", elements }] }];
}

function whatPieces({ title, summary, takes }: PlanView, isAhead: boolean): Piece[] {
	const name = fitLine(title, 120);
	const what = summary.startsWith(`${title}: `) ? summary.slice(title.length + 2) : summary;
	const end = /[.?]$/.test(what) ? "" : ".";
	const time = isAhead ? ` Takes ${fitLine(takes, 100)}.` : "";
	return [{ text: name, style: "bold" }, { text: `: ${fitLine(what, SHARES.plan / 3)}${end}${time}` }];
}

function guardPieces(plan: PlanView): Piece[] {
	const risk = `${plan.risk.charAt(0).toUpperCase()}${plan.risk.slice(1)} risk`;
	const failing = plan.checks.filter((check) => check.verdict === "fail").map(({ text }) => `✕ ${text}`);
	const others = plan.checks.filter((check) => check.verdict !== "fail").map(({ text }) => lowerFirst(text));
	const helped = `helped if ${fitLine(plan.helpedIf, 250)}, if not: ${fitLine(plan.otherwise, 250)}`;
	const parts = [risk, ...withinCost([...failing, ...others], SHARES.plan / 3), helped];
	return [{ text: `\n${parts.join(" · ")}` }];
}

function withinCost(texts: readonly string[], maximum: number): string[] {
	const kept: string[] = [];
	let cost = 0;
	for (const text of texts) {
		const line = fitLine(text, maximum / 2);
		cost += costOf(line) + 3;
		if (cost > maximum) break;
		kept.push(line);
	}
	const left = texts.length - kept.length;
	return left > 0 ? [...kept, `and ${left} more checks`] : kept;
}

/** A sentence's first letter small, as inside a line; names and abbreviations stay. */
function lowerFirst(text: string): string {
	return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
