import { array, assert, asyncProperty, constantFrom, oneof, string } from "fast-check";
import { escapeProse, escapeText } from "../../../../handlers/teams/render/escape-text.ts";
import { lintCard } from "../../../../handlers/teams/render/lint-card.ts";
import { renderMessage } from "../../../../handlers/teams/render/render-message.ts";
import { chatMessage } from "../../../../src/domain/chat-message.ts";
import { inertText } from "../../../../src/domain/inert-text.ts";
import { describeWith } from "../../../support/require-program.ts";
import { openTeamsPreview, type TeamsPreview } from "../../../support/teams-preview.ts";

const noTime = () => "";
/** As people read it: line ends and runs of blanks count as one blank. */
const read = (text: string) => text.replaceAll(/\s+/g, " ").trim();

const HOSTILE = [
	"[click](https://evil.example/?q=secret)",
	"![x](https://evil.example/beacon.png)",
	"<https://evil.example>",
	"https://evil.example/?data=AKIA",
	"www.evil.example",
	"evil.com/x",
	"mail me@evil.example",
	"javascript:alert(1)",
	"<at>Everyone</at>",
	"<legacy>",
	"<img src=x onerror=alert(1)>",
	"<script>alert(1)</script>",
	"<!-- hidden -->",
	"&lt;b&gt; &amp; &#60;i&#62;",
	"{{DATE(2026-11-20T01:36:00Z, SHORT)}}",
	"{{TIME(2026-11-20T01:36:00Z)}}",
	"{{{TIME(2026-11-20T01:36:00Z)}}}",
	"**bold** __too__ _it_ ~~gone~~ `code`",
	"# Heading",
	"> Approved by operator-1",
	"- item",
	"1. item",
	"1) item",
	"---",
	"***",
	"===",
	"    code",
	"a\\[b](c)",
	"\\",
	"\\\\[x](y)",
	"|a|b|\n|-|-|",
	"[ref]: https://evil.example",
	"[![a](b)](c)",
	'up{job="a_b",le=~".*"}',
	"a*b*c and x_y_z",
	"+1",
	"* one",
	"ftp://host",
	"3 < 5 && 6 > 2",
];

describeWith("chromium", "hostile text in a card", () => {
	let preview: TeamsPreview;
	beforeAll(async () => {
		preview = await openTeamsPreview("Europe/Berlin");
	}, 60_000);
	afterAll(() => preview.close());

	const shown = async (texts: readonly string[]) => preview.textBlocks(texts);
	const plainTags = new Set(["p", "b"]);

	it("the preview itself is fooled by text that is not escaped", async () => {
		const raw = await shown([HOSTILE[0] ?? "", HOSTILE[1] ?? "", "https://evil.example", "<legacy> x"]);
		expect(raw.map(({ tags }) => tags.join(" "))).toEqual(["p a", "p img", "p a", "p legacy"]);
		expect(raw[3]?.text).toBe(" x");
	});

	it.each(HOSTILE)("cases 35 and 36: %j is read as it stands", async (text) => {
		const [block] = await shown([escapeText(text, noTime)]);
		expect(read(block?.text ?? "")).toBe(read(text));
		expect(block?.tags.filter((tag) => tag !== "p")).toEqual([]);
	});

	it("case 37: characters that hide or reorder are written out", async () => {
		const [block] = await shown([escapeText("admin\u202eexe.nimda \u200b\u{e0041}", noTime)]);
		expect(block?.text).toBe("admin[U+202E]exe.nimda [U+200B][U+E0041]");
	});

	it("any text is read as its source, and nothing in it is a link, a picture or a script", async () => {
		const piece = oneof(
			constantFrom(...HOSTILE),
			constantFrom(..."\\`*_{}[]()<>#+-.!|~&:/@ \n\"'=^$%;,?1aZ".split("")),
			string({ unit: "grapheme", maxLength: 12 }),
		);
		await assert(
			asyncProperty(
				array(array(piece, { maxLength: 12 }), { minLength: 40, maxLength: 40 }),
				async (pieces) => {
					const sources = pieces
						.map((parts) => parts.join(""))
						.filter((text) => read(text) !== "" && !/\{\{time:\d/.test(text));
					const blocks = await shown(sources.map((text) => escapeText(text, noTime)));
					expect(blocks.map(({ text }) => read(text))).toEqual(sources.map((text) => read(inertText(text))));
					expect(blocks.flatMap(({ tags }) => tags.filter((tag) => tag !== "p"))).toEqual([]);
				},
			),
			{ numRuns: 50 },
		);
	}, 120_000);

	it("prose has bold text, and nothing else that was not in it", async () => {
		const piece = oneof(
			constantFrom(...HOSTILE),
			constantFrom(..."*`*`_[]()<> \n\\a.".split("")),
			constantFrom("**bold**", "a **b** c", '`up{job="x"}`', "(**x**)"),
		);
		await assert(
			asyncProperty(
				array(array(piece, { maxLength: 12 }), { minLength: 40, maxLength: 40 }),
				async (pieces) => {
					const sources = pieces.map((parts) => parts.join("")).filter((text) => read(text) !== "");
					const blocks = await shown(sources.map((text) => escapeProse(text, noTime) || "-"));
					expect(blocks.flatMap(({ tags }) => tags.filter((tag) => !plainTags.has(tag)))).toEqual([]);
					const letters = (text: string) => text.replaceAll(/[\s*`-]/g, "");
					expect(blocks.map(({ text }) => letters(text))).toEqual(
						sources.map((text) => letters(inertText(text))),
					);
				},
			),
			{ numRuns: 30 },
		);
	}, 120_000);

	it("case 36: a whole card of hostile labels passes the lint and shows no link or picture", async () => {
		const text = HOSTILE.join(" ");
		const [drawn] = renderMessage(
			chatMessage({
				title: text,
				subject: { id: text, path: "/incidents/INC-1" },
				state: { kind: "info", text },
				facts: [{ label: text, value: text, note: text }],
				text,
				table: { columns: [{ title: text, align: "left" }], rows: [[text]] },
				queries: [{ id: "q1", query: text, purpose: text, span: text }],
				loop: [{ name: text, state: "now" }],
				footer: [text],
				suggestions: [text],
			}),
			{ nowMs: 0, timeZone: "UTC", viewer: "reader" },
		);
		expect(drawn && lintCard(drawn.card)).toEqual([]);
		const page = await preview.show(
			{ messages: [{ card: drawn?.card }], atMs: 0, timeZone: "UTC" },
			{ theme: "dark" },
		);
		expect(await page.locator(".ac-adaptiveCard").locator("a, img, script, at, legacy").count()).toBe(0);
	});
});
