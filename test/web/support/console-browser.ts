import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { programPath } from "../../support/require-program.ts";

const FLAGS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** A browser without a window. */
export function launchBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: programPath("chromium"), headless: true, args: FLAGS });
}

export type Look = { readonly theme: "light" | "dark"; readonly width: number; readonly height?: number };

/** A page with everything the browser complained about: errors, refused content, failed scripts. */
export type ConsolePage = {
	readonly page: Page;
	readonly context: BrowserContext;
	readonly complaints: string[];
};

/** Opens an address of the console in a fresh profile. */
export async function openConsole(browser: Browser, url: string, look: Look): Promise<ConsolePage> {
	const context = await browser.newContext({
		viewport: { width: look.width, height: look.height ?? 900 },
		colorScheme: look.theme,
		locale: "en-GB",
		timezoneId: "Europe/Berlin",
		deviceScaleFactor: 1,
		reducedMotion: "reduce",
	});
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(String(error)));
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(message.text());
	});
	await page.goto(url);
	return { page, context, complaints };
}

/** Waits until the sentence and all pictures are there. */
export async function settled(page: Page): Promise<void> {
	await page.locator("h1").waitFor({ state: "attached" });
	await page.locator("figure.chart img:not([src])").first().waitFor({ state: "detached" });
}
