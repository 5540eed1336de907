import { array, assert, constant, property, record, string } from "fast-check";
import { LIMITS } from "../../../handlers/web-console/limits.ts";
import { renderMessage } from "../../../handlers/web-console/render-message.ts";
import { type Button, ChatMessage, chatMessage } from "../../../src/domain/chat-message.ts";
import { inertText } from "../../../src/domain/inert-text.ts";
import { aChart } from "../support/samples.ts";

const many = <T>(count: number, make: (index: number) => T) =>
	Array.from({ length: count }, (_, i) => make(i));

test("a message inside the limits stays as it is", () => {
	const message = chatMessage({
		title: "checkout: memory is over three times its usual level",
		state: { kind: "waiting", text: "Waiting for approval" },
		facts: [{ label: "Memory now", value: "804 MB", note: "expected 190–260 MB", queryId: "q1" }],
		text: "Memory rises.\nTraffic did not change: 141 /s → 141 /s.",
		chart: aChart(),
		buttons: [{ action: "approve", label: "Approve restart", approvalId: "A-1" }],
		queries: [{ id: "q1", query: 'up{job="checkout"}', purpose: "watch", span: "now" }],
		footer: ["plan e41a 77d0"],
	});
	expect(renderMessage(message)).toEqual(message);
});

test("what is too much is left out with a count", () => {
	const rendered = renderMessage(
		chatMessage({
			title: "t".repeat(200),
			text: "word ".repeat(2000),
			facts: many(6, (n) => ({ label: `fact ${n}`, value: "1" })),
			table: {
				columns: [{ title: "n", align: "left" }],
				rows: many(25, (n) => [String(n)]),
			},
			buttons: many(5, (n): Button => ({ action: "say", label: `say ${n}`, text: "x" })),
			suggestions: many(9, (n) => `ask ${n}`),
		}),
	);
	expect(rendered.title).toHaveLength(LIMITS.titleCharacters);
	expect(rendered.title?.endsWith("…")).toBe(true);
	expect(rendered.text?.length).toBeLessThanOrEqual(LIMITS.textCharacters);
	expect(rendered.text).toMatch(/… and 7,0\d\d more characters$/);
	expect(rendered.facts).toHaveLength(4);
	expect(rendered.table?.rows).toHaveLength(10);
	expect(rendered.buttons).toHaveLength(3);
	expect(rendered.suggestions).toHaveLength(3);
	expect(rendered.footer).toEqual(["and 15 more rows", "and 2 more numbers"]);
});

test.each([
	["a right-to-left override", "admin\u202eexe.nimda", "admin[U+202E]exe.nimda"],
	["isolates", "\u2066a\u2069", "[U+2066]a[U+2069]"],
	["a zero-width space", "che\u200bckout", "che[U+200B]ckout"],
	["a joiner", "a\u200db", "a[U+200D]b"],
	["a byte-order mark", "\ufeffx", "[U+FEFF]x"],
	["a soft hyphen", "che\u00adckout", "che[U+00AD]ckout"],
	["an invisible filler", "a\u3164b", "a[U+3164]b"],
	["tag characters", "x\u{e0041}", "x[U+E0041]"],
	["an escape", "\u001b[31mred", "[U+001B][31mred"],
	["a NUL", "a\0b", "a[U+0000]b"],
	["a bare carriage return", "good\rbad", "good[U+000D]bad"],
	["a line separator", "a\u2028b", "a[U+2028]b"],
	["a lone surrogate", "a\ud800b", "a\ufffdb"],
])("%s is written out", (_what, text, shown) => {
	expect(inertText(text)).toBe(shown);
	const rendered = renderMessage(
		chatMessage({ title: text, facts: [{ label: text, value: text }], footer: [text], suggestions: [text] }),
	);
	expect([rendered.title, rendered.facts[0]?.label, rendered.footer[0], rendered.suggestions[0]]).toEqual(
		Array(4).fill(shown),
	);
});

test.each(["line\nline", "tab\tstop", "crème brûlée", "数据", "مرحبا", "→ – … ✓", "⚠️", "𝒳"])(
	"%j is not touched",
	(text) => {
		expect(inertText(text)).toBe(text);
	},
);

test("buttons stay in the console", () => {
	const open = (path: string): Button => ({ action: "open", label: "Open", path });
	const paths = [
		"/incidents/INC-1",
		"https://evil.example",
		"//evil.example",
		"/\\evil.example",
		"javascript:alert(1)",
	];
	const kept = paths.flatMap((path) => renderMessage(chatMessage({ buttons: [open(path)] })).buttons);
	expect(kept).toEqual([open("/incidents/INC-1")]);
});

test("values that are no numbers become gaps in the chart", () => {
	const points = [
		{ t: 1, v: Number.NaN },
		{ t: 2, v: Number.POSITIVE_INFINITY },
		{ t: 3, v: 3 },
	];
	const { chart } = renderMessage(
		chatMessage({
			chart: aChart({
				lines: [{ name: "a", role: "value", points }],
				mark: { t: 3, v: Number.NaN, label: "now" },
				band: { points: [{ t: 1, low: Number.NEGATIVE_INFINITY, high: 2 }], label: "expected" },
			}),
		}),
	);
	expect(chart?.lines[0]?.points.map(({ v }) => v)).toEqual([null, null, 3]);
	expect(chart?.mark).toBeUndefined();
	expect(chart?.band?.points).toEqual([]);
});

test("whatever the parts hold, the result is a message, and rendering again changes nothing", () => {
	const text = string({ unit: "binary", maxLength: 4000 });
	const parts = record({
		title: text,
		text,
		facts: array(record({ label: text, value: text }), { maxLength: 8 }),
		footer: array(text, { maxLength: 9 }),
		suggestions: array(text, { maxLength: 6 }),
		table: record({
			columns: array(record({ title: text, align: constant("left" as const) }), { maxLength: 12 }),
			rows: array(array(text, { maxLength: 12 }), { maxLength: 14 }),
		}),
	});
	assert(
		property(parts, (given) => {
			const once = renderMessage(chatMessage(given));
			expect(ChatMessage.safeParse(once).success).toBe(true);
			expect(renderMessage(once)).toEqual(once);
			expect(once.title?.length ?? 0).toBeLessThanOrEqual(LIMITS.titleCharacters);
			expect(once.text?.length ?? 0).toBeLessThanOrEqual(LIMITS.textCharacters);
			expect(JSON.stringify(once)).not.toMatch(/\u202e|\u200b/);
		}),
		{ numRuns: 200, seed: 7 },
	);
});
