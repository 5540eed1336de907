import { array, assert, constantFrom, oneof, option, property, record, string } from "fast-check";
import { lintCard } from "../../../../handlers/teams/render/lint-card.ts";
import { renderMessage } from "../../../../handlers/teams/render/render-message.ts";
import { type Button, chatMessage, MessageState } from "../../../../src/domain/chat-message.ts";
import { Severity } from "../../../../src/domain/severity.ts";

const words = oneof(
	constantFrom(
		"",
		" ",
		"\n",
		"\u200b",
		"**",
		"``",
		"[a](b)",
		"<at>on-call</at>",
		"{{TIME(x)}}",
		"{{time:1763602560000}}",
	),
	constantFrom(
		"{{time:999999999999999}}",
		"{{time:0}}",
		"\ud800",
		"\\",
		"x".repeat(5000),
		"<a ".repeat(3000),
	),
	string({ unit: "binary", maxLength: 30 }),
);
const maybe = option(words, { nil: undefined });
const some = <T>(make: Parameters<typeof array<T>>[0], maxLength: number) => array(make, { maxLength });

const plan = record({
	approvalId: constantFrom("A-1"),
	title: words,
	summary: words,
	checks: some(record({ verdict: constantFrom("pass", "info", "fail"), text: words }), 20),
	risk: constantFrom("low", "medium", "high"),
	takes: words,
	helpedIf: words,
	otherwise: words,
	planHash: words,
	approved: constantFrom(0, 1),
	quorum: constantFrom(1, 2),
	expiresAtMs: option(constantFrom(1_763_602_560_000), { nil: undefined }),
	note: maybe,
	where: maybe,
	undoing: maybe,
	targets: option(
		record({
			count: constantFrom(1, 2, 42),
			shown: some(words, 5),
			path: oneof(words, constantFrom("/approvals/A-1", "//evil.example")),
		}),
		{ nil: undefined },
	),
	statement: maybe,
});
const button = oneof(
	record({ action: constantFrom("approve", "deny"), label: words, approvalId: constantFrom("A-1") }),
	record({ action: constantFrom("say"), label: words, text: words }),
	record({
		action: constantFrom("open"),
		label: words,
		path: oneof(words, constantFrom("/x", "//evil", "/\\evil")),
	}),
);
const message = record({
	title: maybe,
	severity: option(constantFrom(...Severity.options), { nil: undefined }),
	state: option(record({ kind: constantFrom(...MessageState.options), text: words }), { nil: undefined }),
	subject: option(record({ id: words, path: oneof(words, constantFrom("/incidents/INC-1")) }), {
		nil: undefined,
	}),
	sinceMs: option(constantFrom(0, 1_763_602_560_000, 8.64e15), { nil: undefined }),
	facts: some(record({ label: words, value: words, note: maybe }), 6),
	text: maybe,
	textByModel: option(constantFrom(true, false), { nil: undefined }),
	table: option(
		record({
			columns: some(record({ title: words, align: constantFrom("left", "right") }), 10),
			rows: some(some(words, 10), 12),
		}),
		{ nil: undefined },
	),
	plan: option(plan, { nil: undefined }),
	buttons: some(button, 5),
	loop: some(record({ name: words, note: maybe, state: constantFrom("done", "now", "ahead") }), 10),
	queries: some(record({ id: words, query: words, purpose: words, span: words }), 25),
	footer: some(words, 10),
	suggestions: some(words, 5),
	callOut: option(record({ teams: words }), { nil: undefined }),
});

it("whatever a message holds, its cards pass the lint and decide on nothing but its approval", () => {
	assert(
		property(message, constantFrom("may-decide", "reader"), (parts, viewer) => {
			const given = chatMessage(parts);
			const rendered = renderMessage(given, {
				nowMs: 1_763_602_560_000,
				timeZone: "Europe/Berlin",
				viewer,
				consoleUrl: "https://ops.example.com",
				refreshUserIds: ["29:a"],
			});
			expect(rendered.flatMap(({ card }) => lintCard(card))).toEqual([]);
			for (const { summary } of rendered) expect(summary).not.toBe("");
			const opened = JSON.stringify(rendered).match(/"url":"[^"]*"/g) ?? [];
			expect(opened.filter((url) => !url.startsWith('"url":"https://ops.example.com/'))).toEqual([]);
			const shown = JSON.stringify(rendered).includes("approval.approve");
			const asked = given.buttons.some(({ action }: Button) => action === "approve");
			expect(shown && (viewer === "reader" || !asked)).toBe(false);
		}),
		{ numRuns: 400 },
	);
});
