import { assert, property } from "fast-check";
import { lintMessage } from "../../../../handlers/slack/render/lint-message.ts";
import { type RenderOptions, renderMessage } from "../../../../handlers/slack/render/render-message.ts";
import type { SlackMessage } from "../../../../handlers/slack/render/slack-message.ts";
import { chatMessage } from "../../../../src/domain/chat-message.ts";
import { inertText } from "../../../../src/domain/inert-text.ts";
import { SAMPLE_MESSAGES, SAMPLE_NOW_MS, SAMPLE_TIME_ZONE } from "../../../fixtures/chat-messages.ts";
import { anyMessage, anyText, HOSTILE } from "./any-message.ts";

const options: RenderOptions = {
	nowMs: SAMPLE_NOW_MS,
	timeZone: SAMPLE_TIME_ZONE,
	consoleUrl: "https://ops.example/console/",
	chartFileId: "F0CHART",
};
const only = (messages: readonly SlackMessage[]): SlackMessage => {
	expect(messages).toHaveLength(1);
	return messages[0] as SlackMessage;
};
const block = (message: SlackMessage, id: string) =>
	message.blocks.find(({ block_id }) => block_id === id) as Record<string, unknown> | undefined;
const said = (message: SlackMessage, id: string) => {
	const found = block(message, id) as { text?: { text: string }; elements?: { text: string }[] } | undefined;
	return found?.text?.text ?? found?.elements?.[0]?.text;
};
/** Every string of a message that a reader sees, as Slack shows it: entities as characters, dates as their words. */
function shown(message: SlackMessage): string {
	const texts: string[] = [];
	const walk = (value: unknown, key = "", owner: Record<string, unknown> = {}): void => {
		if (typeof value === "string" && ["text", "fallback", "alt_text"].includes(key))
			texts.push(
				owner.type === "mrkdwn"
					? value
							.replaceAll(/<!date\^\d+\^[^|]*\|([^>]*)>/g, "$1")
							.replaceAll("&lt;", "<")
							.replaceAll("&gt;", ">")
							.replaceAll("&amp;", "&")
					: value,
			);
		if (typeof value === "object" && value !== null)
			for (const [name, member] of Object.entries(value))
				walk(member, name, value as Record<string, unknown>);
	};
	walk(message.blocks);
	return texts.join("");
}
/** The texts in which Slack looks for markup. */
function mrkdwnTexts(value: unknown): string[] {
	if (typeof value !== "object" || value === null) return [];
	const own = (value as { type?: string }).type === "mrkdwn" ? [(value as { text: string }).text] : [];
	return [...own, ...Object.values(value).flatMap(mrkdwnTexts)];
}
const withoutSpace = (text: string) => text.replaceAll(/\s+/g, "");

describe("an incident in Slack", () => {
	const message = only(renderMessage(SAMPLE_MESSAGES["approved-1-of-2"], options));

	it("has the parts in their fixed order, each a block that can be found again", () => {
		expect(message.blocks.map(({ block_id, type }) => `${block_id} ${type}`)).toEqual([
			"title header",
			"state context",
			"facts section",
			"chart image",
			"text section",
			"plan section",
			"actions actions",
			"progress context",
			"footer context",
		]);
	});

	it("says how bad it is with a shape and a word", () => {
		expect(said(message, "title")).toBe(
			"▲ High · checkout: memory is over three times its usual level and rising",
		);
		expect(said(message, "state")).toBe(
			"*Waiting for approval, 1 of 2* · <https://ops.example/console/incidents/INC-142|INC-142> · since <!date^1795138560^{time}|02:36 CET>",
		);
	});

	it("has buttons that carry an approval's id and nothing else", () => {
		const { elements } = block(message, "actions") as { elements: Record<string, unknown>[] };
		expect(elements.map(({ action_id, value, style }) => [action_id, value, style])).toEqual([
			["approval.approve", "A-311", "primary"],
			["approval.deny", "A-311", undefined],
			["incident.evidence", "INC-142", undefined],
		]);
	});

	it("shows where the loop stands and what the plan's hash is", () => {
		expect(said(message, "progress")).toMatch(/› \*Approved 1 of 2\* › Ran › Verified$/);
		expect(said(message, "footer")).toContain("plan `7c1e 90b2`");
	});

	it("at its end says the outcome in the title and the severity beside it, and offers no decision", () => {
		const end = only(renderMessage(SAMPLE_MESSAGES.resolved, options));
		expect(said(end, "title")).toMatch(/^✓ Resolved · checkout: /);
		expect(said(end, "state")).toMatch(/was high$/);
		expect(block(end, "plan")).toBeUndefined();
		expect(JSON.stringify(end)).not.toContain("approval.");
	});

	it("without a picture says the chart in words, and why there is none", () => {
		const { chartFileId: _none, ...bare } = options;
		const words = only(
			renderMessage(SAMPLE_MESSAGES.proposal, { ...bare, chartsUnavailable: "files:write is missing." }),
		);
		expect(said(words, "chart")).toMatch(/^No picture: files:write is missing\. Memory of checkout/);
	});

	it("without a console has no links", () => {
		const { consoleUrl: _none, ...bare } = options;
		const plain = only(renderMessage(SAMPLE_MESSAGES.proposal, bare));
		expect(said(plain, "state")).toContain(" · INC-142 · ");
		expect(JSON.stringify(plain)).not.toContain("http");
	});
});

describe("other messages", () => {
	it("an answer begins with its sentence, then numbers and chart, and ends with questions and its query", () => {
		const answer = only(renderMessage(SAMPLE_MESSAGES["answer-chart"], options));
		expect(answer.blocks.map(({ block_id }) => block_id)).toEqual([
			"text",
			"facts",
			"chart",
			"suggestions",
			"queries",
			"footer",
		]);
		const { elements } = block(answer, "suggestions") as { elements: Record<string, unknown>[] };
		expect(elements.map(({ action_id, value }) => [action_id, value])).toEqual([
			["say", "memory of checkout"],
			["say.2", "what changed before it?"],
			["say.3", "compare with last week"],
		]);
	});

	it("a table is a table, numbers to the right, times in the reader's zone", () => {
		const table = block(only(renderMessage(SAMPLE_MESSAGES["answer-table"], options)), "table") as {
			rows: unknown[][];
			column_settings: { align: string }[];
		};
		expect(table.rows).toHaveLength(4);
		expect(table.column_settings.map(({ align }) => align)).toEqual(["left", "right", "right", "right"]);
		expect(JSON.stringify(table.rows[1])).toContain('"type":"date","timestamp":1795139220');
	});

	it("a model's words are marked as such, with bold and code as looks", () => {
		const answer = only(renderMessage(SAMPLE_MESSAGES["answer-model"], options));
		expect(said(answer, "model")).toBe(
			"The text is by a language model; title, numbers, plan and buttons are not.",
		);
		expect(said(answer, "text")).toContain("Release 418 is the *likely* cause.");
		expect(said(answer, "text")).toContain("and `checkout` began to leak");
		const plain = only(renderMessage({ ...SAMPLE_MESSAGES["answer-model"], textByModel: false }, options));
		expect(shown(plain)).toContain("Release 418 is the **likely** cause.");
	});

	it("a refusal is its sentence, first words in bold", () => {
		const refusal = only(renderMessage(SAMPLE_MESSAGES.refusal, options));
		expect(said(refusal, "text")).toMatch(/^\*Not counted: your role here is viewer\.\* Approving/);
	});

	it("a time of another day names the day", () => {
		const message = chatMessage({ text: "Since {{time:1795000000000}}." });
		expect(said(only(renderMessage(message, options)), "text")).toBe(
			"Since <!date^1795000000^{date_short_pretty} {time}|Wed 12:06 CET>.",
		);
	});
});

describe("every message", () => {
	it.each(Object.keys(SAMPLE_MESSAGES))("%s is inside Slack's limits", (name) => {
		const message = SAMPLE_MESSAGES[name as keyof typeof SAMPLE_MESSAGES];
		for (const { blocks, text } of renderMessage(message, options))
			expect(lintMessage(blocks, text)).toEqual([]);
	});

	it("of any content is inside Slack's limits", () => {
		assert(
			property(anyMessage, (message) => {
				for (const { blocks, text } of renderMessage(message, options))
					expect(lintMessage(blocks, text)).toEqual([]);
			}),
			{ numRuns: 200 },
		);
	});

	it("comes out the same each time", () => {
		const [first, second] = [0, 1].map(() => JSON.stringify(renderMessage(SAMPLE_MESSAGES.digest, options)));
		expect(first).toBe(second);
	});
});

describe("hostile text", () => {
	const everywhere = (text: string) =>
		chatMessage({
			title: text,
			state: { kind: "waiting", text },
			facts: [{ label: text, value: text, note: text }],
			text,
			table: { columns: [{ title: text, align: "left" }], rows: [[text]] },
			loop: [{ name: text, state: "now" }],
			footer: [text],
		});

	it("case 35: an answer with a link that carries data is text, no link", () => {
		const link = "https://evil.example/?leak=AKIA0123456789";
		for (const text of [
			`See ${link} for more.`,
			`See [this](${link}).`,
			`See <${link}|the runbook>.`,
			`**${link}**`,
		])
			for (const textByModel of [true, false]) {
				const message = only(renderMessage(chatMessage({ text, textByModel }), options));
				const json = JSON.stringify(message);
				expect(json).not.toMatch(/<https?:|"url"|"type":"link"/);
				expect(shown(message)).toContain(link);
				const texts = message.blocks.flatMap((part) => (part.type === "section" ? [part.text] : []));
				for (const object of texts) expect(object).toMatchObject({ verbatim: true });
			}
	});

	it.each(["<!channel>", "<@U0VICTIM>", "<!here|x>", "<https://evil.example|approve>", "@channel"])(
		"case 36: %s in a label, a title or a text is shown and does nothing",
		(text) => {
			const message = only(renderMessage(everywhere(text), options));
			const json = JSON.stringify(message);
			const markup = [message.text, ...mrkdwnTexts(message.blocks)].join("\n");
			expect(markup).not.toMatch(/<[@#!](?!date)|<http/);
			expect(shown(message)).toContain(text);
			expect(json).not.toMatch(/"type":"(?:user|broadcast|usergroup|link|channel)"/);
		},
	);

	it("case 37: hidden and reordering characters are written out", () => {
		const message = only(renderMessage(everywhere("pay\u202egpj.exe\u200b"), options));
		expect(shown(message)).toContain("pay[U+202E]gpj.exe[U+200B]");
		expect(JSON.stringify(message)).not.toMatch(/\u202e|\u200b/);
	});

	it.each(["*bold*", "_it_ ~no~", "`code`", ":tada:", "> quoted"])("%s stays as it was written", (text) => {
		const message = only(renderMessage(everywhere(text), options));
		expect(shown(message)).toContain(text);
		for (const markup of mrkdwnTexts(message.blocks)) expect(markup).not.toContain(text);
	});

	it("of any kind reaches the reader whole", () => {
		const plain = anyText(600).filter((text) => !/```|\{\{time/.test(text));
		assert(
			property(plain, (text) => {
				const whole = withoutSpace(renderMessage(chatMessage({ text }), options).map(shown).join(""));
				const expected = withoutSpace(inertText(text)).replaceAll("*", "");
				expect(whole.replaceAll("*", "")).toContain(expected);
			}),
			{ numRuns: 400 },
		);
	});

	it("mentions nobody, whatever it is", () => {
		for (const text of HOSTILE)
			for (const { blocks, text: fallback } of renderMessage(everywhere(text), options))
				expect([text, lintMessage(blocks, fallback)]).toEqual([text, []]);
	});

	it("leads nowhere but to the console", () => {
		for (const path of [
			"//evil.example",
			"/\\evil.example",
			"https://evil.example",
			"/../x|y>",
			"javascript:alert(1)",
		]) {
			const message = chatMessage({
				title: "x",
				subject: { id: "INC-1", path },
				buttons: [{ action: "open", label: "Open", path }],
			});
			for (const [address] of JSON.stringify(renderMessage(message, options)).matchAll(/https?:[^"|>]*/g))
				expect(new URL(address).origin).toBe("https://ops.example");
		}
	});
});

describe("case 40: an answer of 40,000 characters", () => {
	const line = (n: number) =>
		`${n}. The series web-${n} of checkout has 804 MB, expected 190–260 MB; limit <1,024 & "more".`;
	const numbers = Array.from({ length: 460 }, (_, n) => n);
	const long = numbers.map(line).join("\n");

	it("is split at line ends, complete, each message inside the limits", () => {
		expect(long.length).toBeGreaterThan(40_000);
		const messages = renderMessage(
			chatMessage({ text: long, footer: ["without a language model"] }),
			options,
		);
		expect(messages.length).toBeGreaterThan(3);
		for (const { blocks, text } of messages) expect(lintMessage(blocks, text)).toEqual([]);
		const whole = withoutSpace(messages.map(shown).join("")).replaceAll("*", "");
		for (const n of numbers) expect(whole.includes(withoutSpace(line(n)))).toBe(true);
		const parts = messages
			.flatMap(({ blocks }) => blocks)
			.filter(({ block_id }) => block_id?.startsWith("text"));
		expect(parts.length).toBeGreaterThan(12);
		for (const part of parts) expect(JSON.stringify(part)).toMatch(/more\\"\."/);
	});

	it("says which part each is, and keeps buttons and footer with the first", () => {
		const messages = renderMessage({ ...SAMPLE_MESSAGES.proposal, text: long }, options);
		expect(said(messages[0] as SlackMessage, "part")).toBe(
			`Part 1 of ${messages.length}, continues in the thread`,
		);
		expect(said(messages.at(-1) as SlackMessage, "part")).toBe(
			`Part ${messages.length} of ${messages.length}`,
		);
		expect(block(messages[0] as SlackMessage, "actions")).toBeDefined();
		for (const message of messages.slice(1)) expect(block(message, "actions")).toBeUndefined();
	});

	it("keeps code in fences as code in every part, with its indentation", () => {
		const code = numbers.map((n) => `    at step_${n} <_init_> *ptr`).join("\n");
		const text = `It failed so:\n\`\`\`text\n${code.repeat(3)}\n\`\`\`\nThat is all.`;
		const messages = renderMessage(chatMessage({ text }), options);
		const parts = messages
			.flatMap(({ blocks }) => blocks)
			.filter(({ block_id }) => block_id?.startsWith("text"));
		const middle = parts.slice(1, -1);
		expect(middle.length).toBeGreaterThan(5);
		for (const part of middle)
			expect(JSON.stringify(part)).toMatch(/rich_text_preformatted.*"text":" {4}at step_/);
		expect(JSON.stringify(parts)).not.toContain("```");
	});

	it.each(["x", "👩", "&"])("of nothing but %s is split too, never inside a character", (unit) => {
		const text = unit.repeat(Math.ceil(40_000 / unit.length));
		const messages = renderMessage(chatMessage({ text }), options);
		for (const { blocks, text: fallback } of messages) expect(lintMessage(blocks, fallback)).toEqual([]);
		expect(messages.map(shown).join("").split(unit).length - 1).toBe(text.length / unit.length);
	});

	it("of nothing but times is split too, never inside one", () => {
		const messages = renderMessage(chatMessage({ text: "{{time:1795138560000}}".repeat(1800) }), options);
		for (const { blocks, text } of messages) expect(lintMessage(blocks, text)).toEqual([]);
		expect(JSON.stringify(messages)).not.toMatch(/\{\{|time:/);
	});
});
