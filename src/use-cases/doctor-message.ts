import { type ChatMessage, chatMessage } from "../domain/chat-message.ts";
import type { CheckFinding } from "../domain/check-finding.ts";

const ROWS = 10;
const ORDER: readonly CheckFinding["verdict"][] = ["fail", "warn", "ok", "off"];
const WORDS: Readonly<Record<CheckFinding["verdict"], string>> = {
	fail: "broken",
	warn: "look",
	ok: "fine",
	off: "off",
};

/** What the checks found as a message: what is broken first, each with the one thing to do. Pure. */
export function doctorMessage(findings: readonly CheckFinding[]): ChatMessage {
	const count = (verdict: CheckFinding["verdict"]) =>
		findings.filter((finding) => finding.verdict === verdict).length;
	const sorted = findings.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
	const told = sorted.filter(({ verdict }) => verdict === "fail" || verdict === "warn");
	const rows = (told.length > 0 ? told : sorted).slice(0, ROWS);
	const [broken, unsure] = [count("fail"), count("warn")];
	const verdict =
		broken + unsure === 0
			? `All ${count("ok")} checks are fine.`
			: `${broken} broken, ${unsure} to look at, ${count("ok")} fine.`;
	return chatMessage({
		state: { kind: broken > 0 ? "failed" : "info", text: broken > 0 ? "Broken" : "Doctor" },
		text: verdict,
		table: {
			columns: [
				{ title: "What", align: "left" },
				{ title: "State", align: "left" },
				{ title: "Found, and what to do", align: "left" },
			],
			rows: rows.map(({ area, name, verdict: state, text, remedy }) => [
				`${area}: ${name}`,
				WORDS[state],
				remedy ? `${text} ${remedy}` : text,
			]),
		},
		footer: told.length > ROWS ? [`and ${told.length - ROWS} more: npm run doctor`] : [],
	});
}
