import { lintMessage, lintView } from "../../../../handlers/slack/render/lint-message.ts";
import { renderMessage } from "../../../../handlers/slack/render/render-message.ts";
import type { KnownBlock, ModalView } from "../../../../handlers/slack/render/slack-message.ts";
import { SAMPLE_MESSAGES } from "../../../fixtures/chat-messages.ts";

const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true }) as const;
const plain = (text: string) => ({ type: "plain_text", text, emoji: false }) as const;
const section = (text: string, block_id?: string): KnownBlock => ({
	type: "section",
	text: mrkdwn(text),
	...(block_id === undefined ? {} : { block_id }),
});
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const button = (parts: object = {}) =>
	({ type: "button", action_id: "say", text: plain("Say"), value: "x", ...parts }) as const;
const actions = (...elements: ReturnType<typeof button>[]): KnownBlock => ({ type: "actions", elements });
const table = (rows: number, columns: number): KnownBlock => ({
	type: "table",
	rows: times(rows, times(columns, { type: "raw_text", text: "x" } as const)),
});

describe("the lint of a message", () => {
	it("has nothing to say about a good one", () => {
		const [message] = renderMessage(SAMPLE_MESSAGES.proposal, {
			nowMs: 0,
			timeZone: "UTC",
			chartFileId: "F1",
		});
		expect(lintMessage(message?.blocks ?? [], message?.text ?? "")).toEqual([]);
	});

	it.each<[string, KnownBlock[], RegExp]>([
		["too many blocks", times(51, section("x")), /51 blocks, at most 50/],
		["too much in all", times(5, section("x".repeat(2900))), /characters in all, at most 13200/],
		["a long text", [section("x".repeat(3001))], /3001 characters, at most 3000/],
		["an empty text", [section("")], /text is empty/],
		["a long header", [{ type: "header", text: plain("x".repeat(151)) }], /151 characters, at most 150/],
		["a long field", [{ type: "section", fields: [mrkdwn("x".repeat(2001))] }], /at most 2000/],
		["many fields", [{ type: "section", fields: times(11, mrkdwn("x")) }], /11 items, at most 10/],
		["a long label", [actions(button({ text: plain("x".repeat(76)) }))], /76 characters, at most 75/],
		["a long value", [actions(button({ value: "x".repeat(2001) }))], /2001 characters, at most 2000/],
		[
			"many buttons",
			[actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: `say.${n}` })))],
			/26 items/,
		],
		["two equal buttons", [actions(button(), button())], /action_id say occurs twice/],
		["two equal blocks", [section("a", "text"), section("b", "text")], /block_id text occurs twice/],
		["many small texts", [{ type: "context", elements: times(11, mrkdwn("x")) }], /11 items, at most 10/],
		[
			"a long description",
			[{ type: "image", slack_file: { id: "F1" }, alt_text: "x".repeat(2001) }],
			/at most 2000/,
		],
		["many rows", [table(101, 1)], /101 items, at most 100/],
		["many columns", [table(1, 21)], /more than 20 columns/],
		["two tables", [table(1, 1), table(1, 1)], /2 tables, at most 1/],
		["a mention", [section("hello <!channel>")], /holds a mention/],
		["a person", [section("hello <@U1>")], /holds a mention/],
		[
			"links from text",
			[{ type: "section", text: { type: "mrkdwn", text: "https://x.example" } }],
			/not verbatim/,
		],
		["half a character", [section("\ud83d")], /half a character/],
		[
			"a rich mention",
			[
				{
					type: "rich_text",
					elements: [{ type: "rich_text_section", elements: [{ type: "broadcast", range: "here" }] }],
				},
			],
			/broadcast elements ping people/,
		],
	])("finds %s", (_name, blocks, problem) => {
		expect(lintMessage(blocks, "text").join("\n")).toMatch(problem);
	});

	it("finds a notification without words, and one that pings", () => {
		expect(lintMessage([section("x")], " ")).toEqual(["text is empty"]);
		expect(lintMessage([section("x")], "<!here>")).toEqual(["text holds a mention"]);
	});
});

describe("the lint of a form", () => {
	const view = (parts: Partial<ModalView>): ModalView => ({
		type: "modal",
		title: plain("Why"),
		blocks: [section("x")],
		...parts,
	});

	it.each<[string, ModalView, RegExp]>([
		["a long title", view({ title: plain("x".repeat(25)) }), /at most 24 characters/],
		["many blocks", view({ blocks: times(101, section("x")) }), /101 blocks, at most 100/],
		["much in all", view({ blocks: times(99, section("ü".repeat(2900))) }), /bytes, at most 250000/],
	])("finds %s", (_name, form, problem) => {
		expect(lintView(form).join("\n")).toMatch(problem);
	});
});
