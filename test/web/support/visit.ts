import type { Browser, Page } from "playwright-core";
import { type Look, launchBrowser, openConsole, settled } from "./console-browser.ts";
import { type FixtureServer, startFixtureServer } from "./fixture-server.ts";
import type { World } from "./world.ts";

/** A page of the console on a server of its own. */
export type Visit = {
	readonly server: FixtureServer;
	readonly page: Page;
	/** What the browser complained about: errors, refused content, failed scripts. */
	readonly complaints: readonly string[];
};

/** Opens pages for the tests of one file, in one browser; everything is closed after each test. */
export function useVisits(): (world: World, path: string, look?: Partial<Look>) => Promise<Visit> {
	let browser: Browser;
	const toClose: (() => Promise<void>)[] = [];
	beforeAll(async () => {
		browser = await launchBrowser();
	});
	afterEach(async () => {
		for (const close of toClose.splice(0).toReversed()) await close();
	});
	afterAll(() => browser.close());
	return async (world, path, look = {}) => {
		const server = await startFixtureServer(world);
		toClose.push(() => server.stop());
		const opened = await openConsole(browser, server.url + path, { theme: "light", width: 1440, ...look });
		toClose.push(() => opened.context.close());
		await settled(opened.page);
		return { server, page: opened.page, complaints: opened.complaints };
	};
}

/** Waits until `check` holds; what it threw last is the failure. */
export async function eventually(check: () => void | Promise<void>, withinMs = 10_000): Promise<void> {
	const deadline = Date.now() + withinMs;
	for (;;) {
		try {
			await check();
			return;
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await new Promise((resolve) => setTimeout(resolve, 25));
		}
	}
}
