import { mkdirSync, writeFileSync } from "node:fs";
import { renderMessage } from "../../handlers/teams/render/render-message.ts";
import { chartRenderer } from "../../src/adapters/charts/chart-renderer.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import { clockText, replaceTimesDeep } from "../../src/domain/time-text.ts";
import { SAMPLE_MESSAGES, SAMPLE_NOW_MS, SAMPLE_TIME_ZONE } from "../fixtures/chat-messages.ts";
import { PREFLIGHT_MESSAGES } from "../fixtures/preflight-messages.ts";
import { UNUSUAL_MESSAGES } from "../fixtures/unusual-messages.ts";
import { describeWith } from "../support/require-program.ts";
import {
	openTeamsPreview,
	type TeamsLook,
	type TeamsPreview,
	type TeamsScene,
} from "../support/teams-preview.ts";

const PICTURES = new URL("../../docs/pictures/", import.meta.url);
const time = (atMs: number) => clockText(atMs, SAMPLE_NOW_MS, SAMPLE_TIME_ZONE);

async function sceneOf(message: ChatMessage): Promise<TeamsScene> {
	const rendered = renderMessage(message, {
		nowMs: SAMPLE_NOW_MS,
		timeZone: SAMPLE_TIME_ZONE,
		viewer: "may-decide",
		consoleUrl: "https://ops.example.com",
		chartUrl: "https://ops.example.com/charts/c1.png",
		refreshUserIds: ["29:operator-1"],
	});
	const look = { theme: "dark", widthPx: 600, heightPx: 240, timeZone: SAMPLE_TIME_ZONE } as const;
	const png = message.chart && (await chartRenderer.png(replaceTimesDeep(message.chart, time), look));
	return {
		messages: rendered.map(({ card, entities }) => ({ card, byModel: entities !== undefined })),
		atMs: SAMPLE_NOW_MS,
		timeZone: SAMPLE_TIME_ZONE,
		picture: () => png,
	};
}

describeWith("chromium", "previews of Teams messages", () => {
	let preview: TeamsPreview;

	beforeAll(async () => {
		preview = await openTeamsPreview(SAMPLE_TIME_ZONE);
		mkdirSync(PICTURES, { recursive: true });
	}, 60_000);

	afterAll(() => preview.close());

	const show = async (name: string, message: ChatMessage, look: TeamsLook, suffix: string) => {
		const scene = await sceneOf(message);
		const page = await preview.show(scene, look);
		expect(preview.complaints).toEqual([]);
		expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
		const images = await page.evaluate("[...document.images].map((image) => image.naturalWidth)");
		expect(images).toEqual(message.chart ? [1200] : []);
		const parts = await page.evaluate("document.querySelector('.ac-adaptiveCard').children.length");
		expect(parts).toBeGreaterThanOrEqual(1);
		if (process.env.PICTURES === "1")
			writeFileSync(new URL(`teams-${name}${suffix}.png`, PICTURES), await preview.picture(scene, look));
		return page;
	};

	test.each(Object.entries({ ...SAMPLE_MESSAGES, ...PREFLIGHT_MESSAGES, ...UNUSUAL_MESSAGES }))(
		"%s is drawn whole by Microsoft's renderer",
		async (name, message) => {
			const page = await show(name, message, { theme: "dark" }, "");
			const read = await page.locator("#teams").textContent();
			expect(read).toContain(message.title ?? "");
			for (const { label } of [...message.facts, ...message.buttons]) expect(read).toContain(label);
			expect(read).not.toMatch(/\{\{|\\/);
		},
	);

	test.each(["proposal", "answer-table", "digest"] as const)(
		"%s is drawn in the light theme too",
		async (name) => {
			const page = await show(name, SAMPLE_MESSAGES[name], { theme: "light" }, "-light");
			expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("light");
		},
	);

	test("a proposal fits a phone, decisions first", async () => {
		const page = await show("proposal", SAMPLE_MESSAGES.proposal, { theme: "dark", widthPx: 390 }, "-phone");
		const titles = await page.locator(".ac-actionSet").first().locator("button").allTextContents();
		expect(titles.slice(0, 2)).toEqual(["Approve restart", "Deny"]);
	});

	test("evidence is folded until it is asked for", async () => {
		const page = await show("proposal", SAMPLE_MESSAGES.proposal, { theme: "dark" }, "");
		const query = page.getByText("process_resident_memory_bytes", { exact: false });
		expect(await query.isVisible()).toBe(false);
		await page.getByRole("button", { name: "Queries and checks" }).click();
		expect(await query.isVisible()).toBe(true);
	});
});
