import type { ChatMessage, LoopStep } from "../../../src/domain/chat-message.ts";
import { timeToken } from "../../../src/domain/time-text.ts";
import { SHARES } from "../limits.ts";
import { costOf, fitLine } from "./escape-text.ts";
import { consoleAddress } from "./render-buttons.ts";
import { type Piece, textObject } from "./render-pieces.ts";
import { tableRest } from "./render-table.ts";
import type { TimeFrame } from "./render-time.ts";
import { severityAfter } from "./render-title.ts";
import type { KnownBlock } from "./slack-message.ts";

const NOW: readonly LoopStep["state"][] = ["now", "ended", "failed", "back", "unknown"];

/** A line in small type; nothing for an empty one. */
export function contextBlock(blockId: string, pieces: readonly Piece[], frame: TimeFrame): KnownBlock[] {
	if (pieces.every((piece) => piece.text.trim() === "")) return [];
	return [{ type: "context", block_id: blockId, elements: [textObject(pieces, frame)] }];
}

/** `Waiting for approval, 0 of 2 · INC-142 · since 02:36`. A message without a title says its state in its text. */
export function statePieces(message: ChatMessage, consoleUrl: string | undefined): Piece[] {
	const { title, state, subject, sinceMs } = message;
	if (title === undefined) return [];
	const url = subject && consoleAddress(subject.path, consoleUrl);
	const past = severityAfter(message);
	return joined([
		state && { text: fitLine(state.text, SHARES.state), style: "bold" },
		subject && { text: fitLine(subject.id, 80), ...(url === undefined ? {} : { url }) },
		sinceMs === undefined ? undefined : { text: `since ${timeToken(sinceMs)}` },
		past === undefined ? undefined : { text: past },
	]);
}

/** `Seen 02:36 › Explained 02:40 › ... › *Approved 1 of 2* › Ran › Verified`. */
export function loopPieces(loop: readonly LoopStep[]): Piece[] {
	const pieces: Piece[] = [];
	let cost = 0;
	for (const { name, note, state } of loop) {
		const text = fitLine([name, ...(note ? [note] : [])].join(" "), 120);
		cost += costOf(text) + 5;
		if (cost > SHARES.loop) break;
		if (pieces.length > 0) pieces.push({ text: " › " });
		pieces.push({ text, ...(NOW.includes(state) ? { style: "bold" as const } : {}) });
	}
	return pieces;
}

/** Where it comes from: expiry, who decides, plan, queries, with or without a model. */
export function footerPieces({ footer, plan, state, table }: ChatMessage): Piece[] {
	const [first = "", ...rest] = footer;
	const hasExpiry = first.startsWith("Expires ");
	const who = plan?.note && state?.kind === "waiting" ? [withoutEnd(plan.note)] : [];
	const lines = [
		...(table ? tableRest(table) : []),
		...(hasExpiry ? [first, ...who, ...rest] : [...who, ...footer]),
	].filter((line) => line.trim() !== "");
	const kept: string[] = [];
	let cost = 0;
	for (const line of lines) {
		const text = fitLine(line, 300);
		cost += costOf(text) + 6;
		if (cost > SHARES.footer) break;
		kept.push(text);
	}
	const left = lines.length - kept.length;
	return [...kept, ...(left > 0 ? [`and ${left} more`] : [])].flatMap((line, index) => [
		...(index === 0 ? [] : [{ text: " · " }]),
		...hashPieces(line),
	]);
}

/** The queries behind an answer, in small type. Those of an incident are behind its button. */
export function queriesPieces({ queries, subject }: ChatMessage): Piece[] {
	if (subject?.path.startsWith("/incidents/")) return [];
	const lines = queries
		.slice(0, SHARES.queries)
		.map(({ id, purpose, query }) => `${id} ${fitLine(purpose, 100)}: ${fitLine(query, 200)}`);
	const left = queries.length - lines.length;
	const text = [...lines, ...(left > 0 ? [`and ${left} more ${left === 1 ? "query" : "queries"}`] : [])].join(
		"\n",
	);
	return text === "" ? [] : [{ text }];
}

/** The hash of a plan stands out, so that two cards can be compared at a glance. */
function hashPieces(line: string): Piece[] {
	const hash = /^plan ([0-9a-f]{4} [0-9a-f]{4})$/.exec(line)?.[1];
	return hash === undefined ? [{ text: line }] : [{ text: "plan " }, { text: hash, style: "code" }];
}

function withoutEnd(sentence: string): string {
	const line = sentence.replace(/\.$/, "");
	return line.charAt(0).toLowerCase() + line.slice(1);
}

function joined(pieces: readonly (Piece | undefined)[]): Piece[] {
	return pieces
		.flatMap((piece) => (piece === undefined || piece.text === "" ? [] : [piece]))
		.flatMap((piece, index) => (index === 0 ? [piece] : [{ text: " · " }, piece]));
}
