import { readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { programPath } from "./require-program.ts";

const require = createRequire(import.meta.url);
const MARKDOWN = new URL("./teams-markdown.ts", import.meta.url);
const PAGE = new URL("./teams-page.js", import.meta.url);

/** How a card is shown: in a window as wide as a channel's, or a phone's. */
export type TeamsLook = { readonly theme: "dark" | "light"; readonly widthPx?: number };

/** What is shown: cards with the label of their message, and the pictures behind their addresses. */
export type TeamsScene = {
	readonly messages: readonly { readonly card: unknown; readonly byModel?: boolean }[];
	readonly atMs: number;
	readonly timeZone: string;
	/** The picture behind an address that a card names, as PNG. */
	readonly picture?: (url: string) => Uint8Array | undefined;
};

/** Cards in a page that looks like Teams, drawn by Microsoft's own renderer in Chromium. */
export type TeamsPreview = {
	/** Shows messages; the page stays until the next call. */
	show(scene: TeamsScene, look: TeamsLook): Promise<Page>;
	/** A picture of the messages, as PNG. */
	picture(scene: TeamsScene, look: TeamsLook): Promise<Uint8Array>;
	/** What texts look like as TextBlocks: what is read, and the names of all elements made of them. */
	textBlocks(
		texts: readonly string[],
	): Promise<readonly { readonly text: string; readonly tags: string[] }[]>;
	/** What the page complained about so far. */
	readonly complaints: readonly string[];
	close(): Promise<void>;
};

/** Opens Chromium, once for many pictures. */
export async function openTeamsPreview(timeZone: string): Promise<TeamsPreview> {
	const executablePath = programPath("chromium");
	if (executablePath === undefined) throw new Error("Chromium is not installed.");
	const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
	const page = await newPage(browser, timeZone);
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("requestfailed", (request) => complaints.push(request.url()));
	const show = async (scene: TeamsScene, look: TeamsLook) => {
		await page.unrouteAll();
		await page.route(/^https:/, async (route) => {
			const body = scene.picture?.(route.request().url());
			await (body === undefined
				? route.abort()
				: route.fulfill({ contentType: "image/png", body: Buffer.from(body) }));
		});
		await page.setViewportSize({ width: look.widthPx ?? 720, height: 800 });
		const time = new Intl.DateTimeFormat("en-GB", {
			timeZone: scene.timeZone,
			hour: "2-digit",
			minute: "2-digit",
		}).format(scene.atMs);
		const drawing = JSON.stringify({ messages: scene.messages, theme: look.theme, time });
		await page.evaluate(`window.teamsPage.draw(${drawing})`);
		await page.waitForFunction("[...document.images].every((image) => image.complete)");
		return page;
	};
	return {
		complaints,
		show,
		async picture(scene, look) {
			await show(scene, look);
			return page.locator("#teams").screenshot({ type: "png" });
		},
		textBlocks: (texts) => page.evaluate(`window.teamsPage.read(${JSON.stringify(texts)})`),
		close: () => browser.close(),
	};
}

async function newPage(browser: Browser, timeZone: string): Promise<Page> {
	const context = await browser.newContext({ timezoneId: timeZone, locale: "en-GB", deviceScaleFactor: 1.5 });
	const page = await context.newPage();
	await page.setContent(`<!doctype html><meta charset="utf-8"><style>${STYLE}</style><div id="teams"></div>`);
	await page.addScriptTag({ path: require.resolve("adaptivecards/dist/adaptivecards.min.js") });
	const markdown = stripTypeScriptTypes(readFileSync(MARKDOWN, "utf8")).replace(
		"export function",
		"function",
	);
	await page.addScriptTag({ content: `${markdown}\nwindow.teamsMarkdown = teamsMarkdown;` });
	await page.addScriptTag({ path: fileURLToPath(PAGE) });
	return page;
}

const STYLE = `
*{box-sizing:border-box}
html{background:#f5f5f5}html[data-theme=dark]{background:#1f1f1f}
body{margin:0;font:14px/20px "Segoe UI",system-ui,"DejaVu Sans",sans-serif;color:#242424}
[data-theme=dark] body{color:#fff}
#teams{padding:16px 20px;display:grid;gap:16px;background:#f5f5f5}
[data-theme=dark] #teams{background:#1f1f1f}
article>header{display:flex;gap:8px;align-items:center;margin-bottom:6px}
article>header time{color:#616161;font-size:12px}[data-theme=dark] article>header time{color:#adadad}
article>header i{font:600 11px/16px inherit;font-style:normal;font-size:11px;border:1px solid #8a8a8a;border-radius:4px;padding:0 5px}
.logo{width:24px;height:24px;border-radius:6px;background:#5b5fc7;color:#fff;display:grid;place-items:center;font-weight:600;font-size:12px}
.ac-adaptiveCard{border:1px solid #e0e0e0;border-radius:8px;outline:none}
[data-theme=dark] .ac-adaptiveCard{border-color:#3d3d3d}
.ac-container[style*="background-color"]{border-radius:4px}
.ac-textBlock p{margin:0}.ac-textBlock p+p{margin-top:8px}
.ac-pushButton{font:600 14px/20px inherit;font-family:inherit;font-size:14px;font-weight:600;min-height:32px;padding:5px 12px;border-radius:4px;border:1px solid #d1d1d1;background:#fff;color:#242424}
.ac-pushButton.style-positive{background:#5b5fc7;border-color:#5b5fc7;color:#fff}
[data-theme=dark] .ac-pushButton{background:#292929;border-color:#666;color:#fff}
[data-theme=dark] .ac-pushButton.style-positive{background:#4f52b2;border-color:#4f52b2;color:#fff}
.ac-actionSet{flex-wrap:wrap!important;row-gap:8px}
.ac-image{max-width:100%;border-radius:4px}
`;
