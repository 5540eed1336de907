import { type ChatMessage, chatMessage } from "../domain/chat-message.ts";
import type { CheckFinding } from "../domain/check-finding.ts";
import { cutLine } from "../domain/inert-text.ts";

const TOLD = 8;
const ROWS = 10;
/** Of what was found, and of what is to be done, each: eight of both fit into one message of every platform. */
const MOST_CHARACTERS = 400;
const ORDER: readonly CheckFinding["verdict"][] = ["fail", "warn", "ok", "off"];
const WORDS: Readonly<Record<CheckFinding["verdict"], string>> = {
	fail: "broken",
	warn: "look",
	ok: "fine",
	off: "off",
};

/**
 * What the checks found as a message: in words what is broken or doubtful, broken first, each with the one thing to
 * do; the rest as a table, whose cells platforms may shorten. Pure.
 */
export function doctorMessage(findings: readonly CheckFinding[]): ChatMessage {
	const count = (verdict: CheckFinding["verdict"]) =>
		findings.filter((finding) => finding.verdict === verdict).length;
	const sorted = findings.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
	const [broken, unsure] = [count("fail"), count("warn")];
	const told = sorted.slice(0, Math.min(TOLD, broken + unsure));
	const rest = sorted.slice(told.length);
	const verdict =
		broken + unsure === 0
			? `All ${count("ok")} checks are fine.`
			: `${broken} broken, ${unsure} to look at, ${count("ok")} fine.`;
	return chatMessage({
		state: { kind: broken > 0 ? "failed" : "info", text: broken > 0 ? "Broken" : "Doctor" },
		text: [verdict, ...told.map(toldText)].join("\n\n"),
		...(rest.length > 0 ? { table: overview(rest.slice(0, ROWS)) } : {}),
		footer: rest.length > ROWS ? [`and ${rest.length - ROWS} more: npm run doctor`] : [],
	});
}

function toldText({ area, name, verdict, text, remedy }: CheckFinding): string {
	const found = `${verdict === "fail" ? "Broken" : "Look"}: ${area}, ${name}. ${cutLine(text, MOST_CHARACTERS)}`;
	return remedy === undefined ? found : `${found}\nTo do: ${cutLine(remedy, MOST_CHARACTERS)}`;
}

function overview(findings: readonly CheckFinding[]): NonNullable<ChatMessage["table"]> {
	return {
		columns: [
			{ title: "What", align: "left" },
			{ title: "State", align: "left" },
			{ title: "Found", align: "left" },
		],
		rows: findings.map(({ area, name, verdict, text }) => [`${area}: ${name}`, WORDS[verdict], text]),
	};
}
