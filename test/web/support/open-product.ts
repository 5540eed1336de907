import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { Product } from "../../support/product.ts";
import { type ConsolePage, openConsole, settled } from "./console-browser.ts";

/** Signs in to a running product with its admin key and opens a page of its console. */
export async function openProduct(browser: Browser, product: Product, path: string): Promise<ConsolePage> {
	const signIn = `${product.url}/sign-in?next=${encodeURIComponent(path)}`;
	const opened = await openConsole(browser, signIn, { theme: "light", width: 1440 });
	const key = readFileSync(join(product.dataDir, "admin-key"), "utf8").trim();
	await opened.page.getByLabel("Admin key, or the code of the link").fill(key);
	await opened.page.getByRole("button", { name: "Sign in" }).click();
	await opened.page.waitForURL(`**${path}`);
	await settled(opened.page);
	return opened;
}
