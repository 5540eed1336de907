import {
	type Arbitrary,
	array,
	boolean,
	constantFrom,
	double,
	integer,
	oneof,
	option,
	record,
	string,
} from "fast-check";
import { type ChatMessage, MessageState } from "../../../../src/domain/chat-message.ts";
import { Severity } from "../../../../src/domain/severity.ts";
import { aChart } from "../../support/samples.ts";

/** What people and machines outside put into names, labels and log lines to be taken for something else. */
export const HOSTILE = [
	"<!channel>",
	"<!here|here>",
	"<@U0VICTIM>",
	"<#C0SECRET>",
	"<!subteam^S1>",
	"@here @channel @everyone",
	"<https://evil.example/?d=AKIA|click to approve>",
	"https://evil.example/?memory=804",
	"evil.example/a?b=c",
	"&lt;!channel&gt; &amp; &",
	"*bold* _it_ ~no~ `code` :tada:",
	"> quoted\n```\nfenced\n```",
	"``` never closed",
	"{{time:0}} {{time:999999999999999}} {{time:x}}",
	"<!date^1^{time}|now>",
	"pay\u202egpj.exe",
	"ad\u200bmin \u00adx \ufeff",
	"аdmin",
	"\u{e0041}\u{e0042} tags",
	"e\u0301👩\u200d👩\u200d👧 \ud83d",
	'"quotes" \\ and \\n',
	"\r\n\t line \u2028 ends \u0000",
];

/** Texts of up to `most` characters, hostile ones and long ones among them. */
export function anyText(most = 400): Arbitrary<string> {
	return oneof(
		{ weight: 3, arbitrary: constantFrom(...HOSTILE, "", " ", "checkout: memory is high") },
		{ weight: 2, arbitrary: string({ unit: "binary", maxLength: 60 }) },
		{
			weight: 1,
			arbitrary: record({
				part: constantFrom(...HOSTILE, "&", "<", "{{time:1}}", "a b "),
				times: integer({ min: 1, max: most }),
			}).map(({ part, times }) => part.repeat(times).slice(0, most)),
		},
	);
}

const many = <T>(one: Arbitrary<T>, maxLength: number) => array(one, { maxLength });
const maybe = <T>(one: Arbitrary<T>) => option(one, { nil: undefined });
const count = integer({ min: 0, max: 9 });

/** Any message the type allows, with texts far beyond what the product writes. */
export const anyMessage: Arbitrary<ChatMessage> = record({
	title: maybe(anyText()),
	severity: maybe(constantFrom(...Severity.options)),
	state: maybe(record({ kind: constantFrom(...MessageState.options), text: anyText() })),
	subject: maybe(
		record({
			id: anyText(200),
			path: oneof(anyText(), constantFrom("/incidents/INC-1", "//evil.example", "/\\evil.example")),
		}),
	),
	sinceMs: maybe(
		oneof(integer({ min: 0, max: 2_000_000_000_000 }), double({ min: 0, max: 1e12, noNaN: true })),
	),
	facts: many(
		record({
			label: anyText(3000),
			value: anyText(3000),
			note: maybe(anyText(3000)),
			queryId: maybe(constantFrom("q1")),
		}),
		4,
	),
	chart: maybe(anyText(5000).map((alt) => aChart({ alt }))),
	text: maybe(anyText(45_000)),
	textByModel: maybe(boolean()),
	table: maybe(
		record({
			columns: many(record({ title: anyText(), align: constantFrom("left" as const, "right" as const) }), 12),
			rows: many(many(anyText(300), 12), 10),
		}),
	),
	plan: maybe(
		record({
			approvalId: anyText(100),
			title: anyText(),
			summary: anyText(5000),
			checks: many(
				record({
					verdict: constantFrom("pass" as const, "info" as const, "fail" as const),
					text: anyText(900),
				}),
				30,
			),
			risk: constantFrom("low" as const, "medium" as const, "high" as const),
			takes: anyText(),
			helpedIf: anyText(900),
			otherwise: anyText(900),
			planHash: anyText(),
			approved: count,
			quorum: count,
			expiresAtMs: maybe(integer({ min: 0, max: 2_000_000_000_000 })),
			note: maybe(anyText(900)),
			where: maybe(anyText(900)),
			undoing: maybe(anyText(900)),
			targets: maybe(
				record({
					count: integer({ min: 1, max: 99 }),
					shown: many(anyText(300), 5),
					path: oneof(anyText(), constantFrom("/approvals/A-1", "//evil.example")),
				}),
			),
			statement: maybe(anyText(3000)),
		}),
	),
	buttons: many(
		oneof(
			record({
				action: constantFrom("approve" as const, "deny" as const),
				label: anyText(),
				approvalId: anyText(100),
			}),
			record({ action: constantFrom("say" as const), label: anyText(), text: anyText(3000) }),
			record({ action: constantFrom("open" as const), label: anyText(), path: anyText() }),
		),
		3,
	),
	loop: many(
		record({
			name: anyText(),
			note: maybe(anyText()),
			state: constantFrom(
				"done" as const,
				"now" as const,
				"ahead" as const,
				"ended" as const,
				"unknown" as const,
			),
		}),
		12,
	),
	queries: many(record({ id: anyText(90), query: anyText(3000), purpose: anyText(), span: anyText() }), 8),
	footer: many(anyText(900), 12),
	suggestions: many(anyText(3000), 3),
});
