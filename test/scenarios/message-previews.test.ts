import { mkdirSync, writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { renderReasonModal } from "../../handlers/slack/forms/render-reason-modal.ts";
import { renderEvidence } from "../../handlers/slack/render/render-evidence.ts";
import { renderMessage } from "../../handlers/slack/render/render-message.ts";
import { chartRenderer } from "../../src/adapters/charts/chart-renderer.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import { clockText, replaceTimesDeep } from "../../src/domain/time-text.ts";
import { SAMPLE_MESSAGES, SAMPLE_NOW_MS, SAMPLE_TIME_ZONE } from "../fixtures/chat-messages.ts";
import { PREFLIGHT_MESSAGES } from "../fixtures/preflight-messages.ts";
import { UNUSUAL_MESSAGES } from "../fixtures/unusual-messages.ts";
import { describeWith } from "../support/require-program.ts";
import { type SlackScene, slackPage } from "../support/slack-preview.ts";
import { launchBrowser } from "../web/support/console-browser.ts";

const PICTURES = new URL("../../docs/pictures/", import.meta.url);
const CHART = "F0CHART";
const frame = { nowMs: SAMPLE_NOW_MS, timeZone: SAMPLE_TIME_ZONE };
const time = (atMs: number) => clockText(atMs, SAMPLE_NOW_MS, SAMPLE_TIME_ZONE);

async function sceneOf(name: string, message: ChatMessage): Promise<SlackScene> {
	const messages = renderMessage(message, {
		...frame,
		consoleUrl: "https://ops.example",
		chartFileId: CHART,
	});
	const clock = time(SAMPLE_NOW_MS);
	if (!message.chart) return { messages, clock, ephemeral: name === "refusal" };
	const look = { theme: "dark", widthPx: 600, heightPx: 240, timeZone: SAMPLE_TIME_ZONE } as const;
	const png = await chartRenderer.png(replaceTimesDeep(message.chart, time), look);
	return {
		messages,
		clock,
		pictures: { [CHART]: `data:image/png;base64,${Buffer.from(png).toString("base64")}` },
	};
}

const FORMS: Readonly<Record<string, SlackScene>> = {
	evidence: { clock: "02:47", view: renderEvidence(SAMPLE_MESSAGES.proposal, frame) },
	reason: {
		clock: "02:47",
		view: renderReasonModal({
			approvalId: "A-311",
			title: "Restart checkout",
			verdict: "deny",
			required: false,
			conversation: { platform: "slack", id: "T1:C1" },
		}),
	},
};

describeWith("chromium", "previews of Slack messages", () => {
	let browser: Browser;
	let page: Page;
	const complaints: string[] = [];

	beforeAll(async () => {
		browser = await launchBrowser();
		page = await browser.newPage({ viewport: { width: 720, height: 400 } });
		page.on("pageerror", (error) => complaints.push(String(error)));
		page.on("console", (message) => complaints.push(message.text()));
		page.on("requestfailed", (request) => complaints.push(request.url().slice(0, 80)));
		mkdirSync(PICTURES, { recursive: true });
	});

	afterAll(() => browser.close());

	const show = async (name: string, scene: SlackScene, theme: "light" | "dark") => {
		await page.setContent(slackPage(scene, theme), { waitUntil: "load" });
		expect(complaints).toEqual([]);
		const { width, height } = (await page.locator("main").boundingBox()) ?? { width: 0, height: 0 };
		expect(width).toBe(720);
		expect(height).toBeGreaterThan(60);
		const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
		expect(overflow).toBeLessThanOrEqual(0);
		const drawn = await page.evaluate("[...document.images].every((image) => image.naturalWidth === 1200)");
		expect(drawn).toBe(true);
		if (process.env.PICTURES !== "1") return;
		const suffix = theme === "light" ? "-light" : "";
		writeFileSync(
			new URL(`slack-${name}${suffix}.png`, PICTURES),
			await page.locator("main").screenshot({ animations: "disabled" }),
		);
	};

	const all: readonly (readonly [string, ChatMessage])[] = [
		...Object.entries(SAMPLE_MESSAGES),
		...Object.entries(PREFLIGHT_MESSAGES),
		...Object.entries(UNUSUAL_MESSAGES),
	];
	test.each(all)("%s is drawn whole, with every block it has", async (name, message) => {
		const scene = await sceneOf(name, message);
		await show(name, scene, "dark");
		for (const { blocks } of scene.messages ?? [])
			expect(await page.locator(".body > *").count()).toBeGreaterThanOrEqual(blocks.length);
	});

	test.each(Object.entries(FORMS))("the form %s is drawn whole", async (name, scene) => {
		await show(name, scene, "dark");
		expect(await page.locator(".view footer .button").count()).toBeGreaterThan(0);
	});

	test.each(["proposal", "answer-table", "digest"] as const)(
		"%s is drawn in the light theme too",
		async (name) => {
			await show(name, await sceneOf(name, SAMPLE_MESSAGES[name]), "light");
			expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
				"rgb(255, 255, 255)",
			);
		},
	);
});
