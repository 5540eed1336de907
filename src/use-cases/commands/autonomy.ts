import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import { timeToken } from "../../domain/time-text.ts";
import type { RuleStanding } from "../read-autonomy.ts";
import type { Command } from "./command.ts";

export type AutonomyDeps = {
	/** As the use case `readAutonomy`. */
	readAutonomy(): Promise<readonly RuleStanding[]>;
};

/** Standing rules and how right they were. */
export const autonomy: Command<AutonomyDeps> = {
	words: ["autonomy", "rules"],
	does: "shows every standing rule with its record",
	reserved: true,
	forms: [
		{
			usage: "autonomy",
			does: "shows every standing rule with its runs and how many were right",
			role: "viewer",
			pattern: /^(?:autonomy|rules)$/i,
			run: async (deps) => autonomyMessage(await deps.readAutonomy()),
		},
	],
};

const COLUMNS = [
	{ title: "Rule", align: "left" as const },
	{ title: "Mode", align: "left" as const },
	{ title: "Runs", align: "right" as const },
	{ title: "Right", align: "right" as const },
	{ title: "At least (95 %)", align: "right" as const },
	{ title: "Last", align: "left" as const },
];

/** `14:20 checkout: not over yet; A-1 (Restart checkout) is proposed`. */
function lastText({ atMs, target, score, approvalId, note }: NonNullable<RuleStanding["last"]>): string {
	const request = approvalId !== undefined && note !== undefined ? `; ${note}` : "";
	return `${timeToken(atMs)} ${target}: ${score?.verdict ?? "not over yet"}${request}`;
}

/** The records as a table; without rules, how to make one. Pure. */
export function autonomyMessage(standings: readonly RuleStanding[]): ChatMessage {
	if (standings.length === 0)
		return chatMessage({
			text: "There are no standing rules. Write rules: in smartcloudops.yaml; with mode: shadow one only notes what it would have asked for.",
		});
	const rows = standings
		.slice(0, 10)
		.map(({ rule, record, last }) => [
			rule.name,
			rule.mode,
			String(record.runs),
			`${record.right} of ${record.right + record.wrong}`,
			record.right + record.wrong === 0 ? "not known" : `${Math.floor(record.lowerBound * 100)} %`,
			last ? lastText(last) : "never",
		]);
	const more = standings.length - rows.length;
	return chatMessage({
		text: `${standings.length === 1 ? "1 standing rule" : `${standings.length} standing rules`}. Right: people did what it said, it helped, and it held for 30 minutes.`,
		table: { columns: COLUMNS, rows },
		footer: [
			"A rule's record begins anew with each edit. ask makes a request that people decide on; shadow only notes.",
			...(more > 0 ? [`and ${more} ${more === 1 ? "other" : "others"}`] : []),
		],
	});
}
