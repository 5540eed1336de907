import { LIMITS, utf16Bytes } from "../../../../handlers/teams/limits.ts";
import { lintCard } from "../../../../handlers/teams/render/lint-card.ts";
import type { CardElement } from "../../../../handlers/teams/render/render-element.ts";
import { type RenderOptions, renderMessage } from "../../../../handlers/teams/render/render-message.ts";
import { type ChatMessage, chatMessage } from "../../../../src/domain/chat-message.ts";
import { timeToken } from "../../../../src/domain/time-text.ts";
import { SAMPLE_MESSAGES, SAMPLE_NOW_MS, SAMPLE_TIME_ZONE } from "../../../fixtures/chat-messages.ts";

const base: RenderOptions = {
	nowMs: SAMPLE_NOW_MS,
	timeZone: SAMPLE_TIME_ZONE,
	viewer: "may-decide",
	chartUrl: "https://ops.example.com/charts/c1.png?expires=1&signature=2",
};

const render = (message: ChatMessage, options: Partial<RenderOptions> = {}) =>
	renderMessage(message, { ...base, ...options });
const card = (message: ChatMessage, options: Partial<RenderOptions> = {}) => {
	const [first] = render(message, options);
	if (!first) throw new Error("no card");
	return first.card;
};

/** Every element and action of a card, from the top. */
function elements(value: unknown): CardElement[] {
	if (Array.isArray(value)) return value.flatMap(elements);
	if (typeof value !== "object" || value === null) return [];
	const own = "type" in value ? [value as CardElement] : [];
	return [...own, ...Object.values(value).flatMap(elements)];
}
const actions = (message: ChatMessage, options: Partial<RenderOptions> = {}) =>
	elements(card(message, options).body).filter(({ type }) => type.startsWith("Action."));
const texts = (message: ChatMessage, options: Partial<RenderOptions> = {}) =>
	elements(card(message, options).body)
		.filter(({ type }) => type === "TextBlock")
		.map(({ text }) => String(text));

const sample = SAMPLE_MESSAGES["approved-1-of-2"];
const all = Object.entries(SAMPLE_MESSAGES);

it.each(all)("the sample %s passes the lint, for both viewers", (_name, message) => {
	for (const viewer of ["may-decide", "reader"] as const)
		for (const drawn of render(message, {
			viewer,
			consoleUrl: "https://ops.example.com",
			refreshUserIds: ["29:a"],
		}))
			expect(lintCard(drawn.card)).toEqual([]);
});

it("draws the parts in the order that every card has", () => {
	expect(card(sample).body.map(({ type, id }) => (typeof id === "string" ? `${type} ${id}` : type))).toEqual([
		"ColumnSet",
		"TextBlock",
		"TextBlock",
		"FactSet",
		"Image chart",
		"TextBlock",
		"Container",
		"ActionSet",
		"Container queries",
		"TextBlock",
		"TextBlock",
	]);
});

it("looks as the card that was drawn up for it, part by part", () => {
	const drawnUp: [string, string, object][] = [
		["ColumnSet", "severity and state", { columns: [{ width: "auto" }, { width: "stretch" }] }],
		["TextBlock", "title", { size: "Large", weight: "Bolder", style: "heading", wrap: true }],
		["TextBlock", "id and since", { size: "Small", isSubtle: true, spacing: "None" }],
		["FactSet", "facts", { spacing: "Medium" }],
		["Image", "chart", { size: "Stretch" }],
		["TextBlock", "text", { wrap: true, spacing: "Medium" }],
		["Container", "plan", { style: "emphasis", bleed: false, spacing: "Medium" }],
		["ActionSet", "buttons", { spacing: "Medium" }],
		["Container", "evidence", { isVisible: false, style: "emphasis" }],
		["TextBlock", "loop", { size: "Small", isSubtle: true, spacing: "Medium" }],
		["TextBlock", "footer", { size: "Small", isSubtle: true, spacing: "Small", separator: true }],
	];
	const { body } = card(sample);
	for (const [index, [type, , look]] of drawnUp.entries())
		expect(body[index]).toMatchObject({ type, ...look });
});

it("shows decisions only to those who may decide, with the approval's id and nothing else", () => {
	const decisions = actions(sample).filter(({ verb }) => String(verb).startsWith("approval."));
	expect(decisions).toEqual([
		{
			type: "Action.Execute",
			title: "Approve restart",
			verb: "approval.approve",
			data: { approvalId: "A-311" },
			style: "positive",
		},
		{ type: "Action.Execute", title: "Deny", verb: "approval.deny", data: { approvalId: "A-311" } },
	]);
	expect(actions(sample, { viewer: "reader" }).map(({ type }) => type)).toEqual(["Action.ToggleVisibility"]);
});

it("case 25: a plan that is too long to be shown whole can't be decided on from the card", () => {
	const plan = sample.plan;
	if (!plan) throw new Error("no plan");
	const long = { ...sample, plan: { ...plan, summary: "checkout-1, ".repeat(400) } };
	expect(actions(long).filter(({ verb }) => String(verb).startsWith("approval."))).toEqual([]);
	expect(texts(long)).toContain("Too long to be shown whole here: decide in the console.");
});

it("folds queries and checks, and opens them by one press", () => {
	expect(actions(sample)).toContainEqual({
		type: "Action.ToggleVisibility",
		title: "Queries and checks",
		targetElements: ["queries"],
	});
	expect(card(sample).body).toContainEqual(expect.objectContaining({ id: "queries", isVisible: false }));
});

it("has the clients of at most 60 people ask for their own card", () => {
	const refreshUserIds = Array.from({ length: 70 }, (_, index) => `29:${index % 65}`);
	const { refresh } = card(sample, { refreshUserIds });
	expect(refresh?.action).toEqual({
		type: "Action.Execute",
		title: "Refresh",
		verb: "incident.refresh",
		data: { subject: "INC-142" },
	});
	expect(refresh?.userIds).toHaveLength(60);
	expect(card(SAMPLE_MESSAGES.approval, { refreshUserIds }).refresh?.action.verb).toBe("approval.refresh");
	expect(card(sample).refresh).toBeUndefined();
	const member = "0b000000-0000-4000-8000-000000000001";
	expect(card(sample, { refreshUserIds: [member] }).refresh?.userIds).toEqual([`8:orgid:${member}`]);
});

it("writes times for each reader in texts and in the given zone in facts, today and before", () => {
	const yesterday = Date.UTC(2026, 10, 19, 13, 18);
	const today = Date.UTC(2026, 10, 20, 1, 36);
	const message = chatMessage({
		text: `From ${timeToken(yesterday)} to ${timeToken(today)}.`,
		facts: [{ label: "Seen", value: timeToken(today), note: `not at ${timeToken(yesterday)}` }],
	});
	expect(texts(message)[0]).toBe(
		"From {{DATE(2026-11-19T13:18:00Z, SHORT)}} {{TIME(2026-11-19T13:18:00Z)}} to {{TIME(2026-11-20T01:36:00Z)}}.",
	);
	expect(elements(card(message)).find(({ type }) => type === "FactSet")?.facts).toEqual([
		{ title: "Seen", value: "02:36, not at Thu 14:18" },
	]);
	expect(card(message).fallbackText).toBe("From Thu 14:18 to 02:36.");
});

it("tells the chart in words where there is no address for its picture", () => {
	const drawn = card(sample, { chartUrl: undefined });
	expect(elements(drawn).filter(({ type }) => type === "Image")).toEqual([]);
	expect(JSON.stringify(drawn.body)).toContain(sample.chart?.alt.slice(0, 40));
	expect(elements(card(sample)).find(({ type }) => type === "Image")).toMatchObject({
		url: base.chartUrl,
		altText: sample.chart?.alt,
	});
});

it("marks what a model wrote, and nothing else", () => {
	expect(render(SAMPLE_MESSAGES["answer-model"])[0]?.entities).toMatchObject([
		{ type: "https://schema.org/Message", additionalType: ["AIGeneratedContent"] },
	]);
	expect(render(SAMPLE_MESSAGES["answer-table"])[0]?.entities).toBeUndefined();
});

it("says things for a person, and leads into the console and nowhere else", () => {
	const message = chatMessage({
		text: "Which?",
		buttons: [
			{ action: "say", label: "Only checkout", text: "memory of checkout" },
			{ action: "open", label: "Open", path: "/incidents/INC-1" },
			{ action: "open", label: "Away", path: "//evil.example/" },
		],
		suggestions: ["why?"],
	});
	expect(actions(message, { consoleUrl: "https://ops.example.com/base/" })).toEqual([
		{ type: "Action.Execute", title: "Only checkout", verb: "say", data: { text: "memory of checkout" } },
		{ type: "Action.OpenUrl", title: "Open", url: "https://ops.example.com/base/incidents/INC-1" },
		{ type: "Action.Execute", title: "why?", verb: "say", data: { text: "why?" } },
	]);
	expect(actions(message).map(({ title }) => title)).toEqual(["Only checkout", "why?"]);
});

it("case 40: an answer of 40,000 characters becomes several messages that together say all of it", () => {
	const words = Array.from({ length: 6700 }, (_, index) => `w${index}`.padEnd(5, "<")).join(" ");
	expect(words.length).toBeGreaterThan(40_000);
	const parts = render(chatMessage({ text: words, footer: ["3 queries"] }));
	expect(parts.length).toBeGreaterThan(1);
	for (const part of parts) {
		expect(utf16Bytes(part.card)).toBeLessThanOrEqual(LIMITS.messageBytes);
		expect(lintCard(part.card)).toEqual([]);
	}
	const said = parts.map(({ card: { body } }) => String(body[0]?.text)).join(" ");
	expect(said.match(/w\d+/g)).toEqual(words.match(/w\d+/g));
	expect(JSON.stringify(parts.at(-1)?.card.body)).toContain(`${parts.length} of ${parts.length}`);
});

it("counts what is beyond the last message of an endless text", () => {
	const parts = render(chatMessage({ text: "endless ".repeat(100_000) }));
	expect(parts).toHaveLength(LIMITS.pieces);
	expect(JSON.stringify(parts.at(-1)?.card)).toMatch(/… and \d{3},\d{3} more characters/);
});

it("shows less of every text rather than more than Teams takes", () => {
	const wild = "<a\u202e".repeat(30_000);
	const message = chatMessage({
		...sample,
		title: wild,
		facts: Array.from({ length: 4 }, () => ({ label: wild, value: wild, note: wild })),
		table: {
			columns: Array.from({ length: 8 }, () => ({ title: wild, align: "left" as const })),
			rows: Array.from({ length: 10 }, () => Array.from({ length: 8 }, () => wild)),
		},
		queries: Array.from({ length: 30 }, (_, index) => ({
			id: `q${index}`,
			query: wild,
			purpose: wild,
			span: wild,
		})),
		footer: Array.from({ length: 9 }, () => wild),
		suggestions: [wild],
		text: wild,
	});
	for (const part of render(message)) {
		expect(utf16Bytes(part.card)).toBeLessThanOrEqual(LIMITS.messageBytes);
		expect(lintCard(part.card)).toEqual([]);
	}
});

it("mentions whom the configuration names, and nobody whom a text names", () => {
	const id = "0b000000-0000-4000-8000-000000000001";
	const called = chatMessage({
		text: "<at>on-call</at> <at>Everyone</at>",
		callOut: { teams: id, slack: "S1" },
	});
	expect(card(called).msteams).toEqual({
		width: "Full",
		entities: [{ type: "mention", text: "<at>on-call</at>", mentioned: { id, name: "on-call" } }],
	});
	expect(texts(called)).toEqual([
		"&lt;at>on-call&lt;/at> &lt;at>Everyone&lt;/at>",
		"<at>on-call</at>: somebody must look at this now.",
	]);
	expect(lintCard(card(called))).toEqual([]);
	for (const teams of ["everyone", "<at>x</at>", "19:team@thread.tacv2", "a b@c.d"])
		expect(card(chatMessage({ text: "x", callOut: { teams } })).msteams).toEqual({ width: "Full" });
});

it("the lint finds what must not be sent", () => {
	const good = card(chatMessage({ text: "x" }));
	const problems = (body: CardElement[], parts: object = {}) => lintCard({ ...good, body, ...parts });
	const text = (words: string) => [{ type: "TextBlock", text: words }];
	expect(problems(text("fine"), { version: "1.6" })).toEqual(["version 1.6 is not 1.5"]);
	expect(problems([{ type: "Action.Submit", title: "x" }])).toEqual([
		"Action.Submit is not an element we use",
	]);
	expect(problems([{ type: "Input.Text", id: "x" }])).toEqual(["Input.Text is not an element we use"]);
	expect(problems([{ type: "constructor" }])).toEqual(["constructor is not an element we use"]);
	expect(problems(text("[a](https://evil.example)"))).toEqual(["a text holds a link or a tag"]);
	expect(problems(text("\\\\[a\\\\](b)"))).toEqual(["a text holds a link or a tag"]);
	expect(problems(text("<at>Everyone</at>"))).toEqual(["a text holds a link or a tag"]);
	expect(problems(text("<at>on-call</at>"))).toEqual(["a mention names nobody"]);
	expect(problems(text(""))).toEqual(["a text is empty"]);
	expect(problems([{ type: "Image", url: "http://evil.example/x.png", altText: "x" }])).toEqual([
		"a picture is not on https",
	]);
	expect(problems([{ type: "Image", url: "https://ops.example.com/x.png" }])).toEqual([
		"a picture has no alternative text",
	]);
	const button = (parts: object) =>
		problems([{ type: "ActionSet", actions: [{ type: "Action.Execute", title: "x", ...parts }] }]);
	expect(button({ verb: "approval.approve", data: { approvalId: "A-1", planHash: "x" } })).toEqual([
		"a decision carries more than an approval id",
	]);
	expect(button({ verb: "approval.approve", data: { approvalId: "A-1" } })).toEqual([]);
	expect(button({ verb: "say", title: " " })).toEqual(["a button has no title"]);
	expect(
		problems([
			{
				type: "ActionSet",
				actions: [{ type: "Action.ToggleVisibility", title: "x", targetElements: ["nowhere"] }],
			},
		]),
	).toEqual(["nothing has the id nowhere"]);
	expect(problems(text("x".repeat(40_000)))).toEqual([expect.stringMatching(/bytes are too many$/)]);
	expect(problems([{ type: "Container", items: [] }])).toEqual(["Container has no items"]);
});
