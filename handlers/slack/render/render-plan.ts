import type { MessageState, PlanView } from "../../../src/domain/chat-message.ts";
import { sentenceCase } from "../../../src/domain/sentence-case.ts";
import { listProblem } from "../../../src/use-cases/plan-view.ts";
import { SHARES } from "../limits.ts";
import { costOf, fitLine } from "./escape-text.ts";
import { consoleAddress } from "./render-buttons.ts";
import { contextBlock } from "./render-context.ts";
import { isPlainInMrkdwn, mrkdwn, type Piece, plainText, richElements } from "./render-pieces.ts";
import type { TimeFrame } from "./render-time.ts";
import type { KnownBlock } from "./slack-message.ts";

const IN_FULL: readonly (MessageState | undefined)[] = [
	"waiting",
	"investigating",
	"blind",
	"running",
	"verifying",
	undefined,
];
const ENDED_WELL: readonly (MessageState | undefined)[] = ["resolved", "rolled_back"];
const MARKS = { pass: "✓", info: "–", fail: "✕" } as const;

/**
 * What would be done to which targets, its checks, and how we will know that it helped. Once it is decided against or
 * failed only the plan itself is left, with the check that stopped it; after a good end the facts tell it. Checks that
 * fail come first; those without room are counted. A list of targets is never cut without its count, the hash and a way
 * to all of it.
 */
export function renderPlan(
	plan: PlanView,
	state: MessageState | undefined,
	options: TimeFrame & { readonly consoleUrl?: string },
): KnownBlock[] {
	if (ENDED_WELL.includes(state)) return [];
	const isInFull = IN_FULL.includes(state) || isStopped(plan);
	const pieces = [
		...whatPieces(plan, isInFull && !isStopped(plan)),
		...(isInFull ? guardPieces(plan) : []),
		...targetPieces(plan, state, options.consoleUrl),
	];
	return [planBlock(pieces, options), ...statementBlocks(plan, options)];
}

function planBlock(pieces: readonly Piece[], frame: TimeFrame): KnownBlock {
	if (isPlainInMrkdwn(pieces))
		return { type: "section", block_id: "plan", text: mrkdwn(pieces, frame), expand: true };
	const elements = richElements(pieces, frame);
	return { type: "rich_text", block_id: "plan", elements: [{ type: "rich_text_section", elements }] };
}

/** Whether a check says no: then nobody decides, and what it says is all that counts. */
function isStopped({ checks }: PlanView): boolean {
	return checks.some(({ verdict }) => verdict === "fail");
}

function whatPieces({ title, summary, takes }: PlanView, isAhead: boolean): Piece[] {
	const name = fitLine(title, 120);
	const what = summary.startsWith(`${title}: `) ? summary.slice(title.length + 2) : summary;
	const end = /[.?]$/.test(what) ? "" : ".";
	const time = isAhead ? ` Takes ${fitLine(takes, 100)}.` : "";
	const sentence = `${fitLine(what, SHARES.plan / 3)}${end}`;
	// A summary that begins as the title does would say the same twice.
	if (what === summary && what.split(" ")[0] === title.split(" ")[0])
		return [{ text: sentence, style: "bold" }, ...(time === "" ? [] : [{ text: time }])];
	return [{ text: name, style: "bold" }, { text: `: ${sentence}${time}` }];
}

function guardPieces(plan: PlanView): Piece[] {
	const { checks, undoing, where } = plan;
	const risk = `${sentenceCase(plan.risk)} risk`;
	const [helpedIf, otherwise] = [fitLine(plan.helpedIf, 300), fitLine(plan.otherwise, 250)];
	const about = [
		risk,
		...(undoing === undefined ? [] : [fitLine(undoing, 60)]),
		...(where === undefined ? [] : [fitLine(where, 100)]),
	];
	if (checks.length <= SHARES.checksInline && !isStopped(plan)) {
		const shown = withinCost(
			checks.map(({ text }) => lowerFirst(text)),
			SHARES.plan / 3,
		);
		return [{ text: `\n${[...about, ...shown, `helped if ${helpedIf}, if not: ${otherwise}`].join(" · ")}` }];
	}
	const lines = checks
		.toSorted((a, b) => Number(b.verdict === "fail") - Number(a.verdict === "fail"))
		.map(({ verdict, text }) => `${MARKS[verdict]} ${text}`);
	const judged = isStopped(plan) ? [] : [`Helped if ${helpedIf}. If not: ${otherwise}.`];
	return [{ text: `\n${[...withinCost(lines, SHARES.plan / 3), about.join(" · "), ...judged].join("\n")}` }];
}

/** `42 targets: web-1, ... and 37 others · all 42 · plan 7c1e 90b2`; nothing for one target, which the plan names. */
function targetPieces(
	{ targets, planHash, summary }: PlanView,
	state: MessageState | undefined,
	consoleUrl: string | undefined,
): Piece[] {
	if (!targets || targets.count <= 1) return [];
	const left = targets.count - targets.shown.length;
	const names = targets.shown.map((name) => fitLine(name, SHARES.targets / 10));
	const listed =
		left > 0 ? `${names.join(", ")} and ${left} ${left === 1 ? "other" : "others"}` : names.join(", ");
	const named = targets.shown.every((name) => summary.includes(name)) ? "" : `: ${listed}`;
	const url = consoleAddress(targets.path, consoleUrl);
	const problem = state === "waiting" ? listProblem(targets.count, url) : undefined;
	const way: Piece[] = url === undefined ? [] : [{ text: " · " }, { text: `all ${targets.count}`, url }];
	return [
		{ text: `\n${targets.count} targets${named}` },
		...way,
		...(left > 0
			? [{ text: " · plan " }, { text: fitLine(hashText(planHash), 40), style: "code" as const }]
			: []),
		...(problem === undefined ? [] : [{ text: `\n${problem}`, style: "bold" as const }]),
	];
}

function hashText(hash: string): string {
	return /^[0-9a-f]{8,}$/.test(hash) ? `${hash.slice(0, 4)} ${hash.slice(4, 8)}` : hash;
}

/** The policy statement to add, whole: half of it could not be pasted. Where it is too long, how to get at it. */
function statementBlocks(
	{ statement, targets }: PlanView,
	options: TimeFrame & { readonly consoleUrl?: string },
): KnownBlock[] {
	if (statement === undefined || statement.trim() === "") return [];
	const { text } = plainText(statement, options);
	if (costOf(text) <= SHARES.statement)
		return [
			{
				type: "rich_text",
				block_id: "statement",
				elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }],
			},
		];
	const url = targets && consoleAddress(targets.path, options.consoleUrl);
	const long = `The policy statement has ${text.length.toLocaleString("en-US")} characters, too many for here: `;
	const where = url === undefined ? { text: "it is in the console." } : { text: "all of it", url };
	return contextBlock("statement", [{ text: long }, where], options);
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
