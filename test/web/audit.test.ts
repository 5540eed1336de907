import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { type Product, removeDataDir, startProduct } from "../support/product.ts";
import { describeWith } from "../support/require-program.ts";
import { sticksOut, violations } from "./support/axe.ts";
import { launchBrowser } from "./support/console-browser.ts";
import { openProduct } from "./support/open-product.ts";
import { OPERATOR, SESSION } from "./support/people.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld } from "./support/world.ts";

const busy = () => busyWorld(Date.now());

describeWith("chromium", "the audit's page", () => {
	const visit = useVisits();

	test("says that the chain is signed and anchored outside the database, and when", async () => {
		const world = busy();
		const anchored = { sequence: 9, at: new Date(Date.now() - 60_000).toISOString() };
		world.verification = { ...world.verification, keys: ["k"], signedFrom: 1, anchored };
		const { page } = await visit(world, "/audit");
		expect(await page.locator(".lead").textContent()).toMatch(
			/^Each record carries the hash of the one before it and is signed\. Checked \d\d:\d\d, head \w{4} \w{4}, anchored outside the database at \d\d:\d\d\.$/,
		);
		expect(await violations(page)).toEqual([]);
		expect(await sticksOut(page)).toBe(0);
	});

	test("says so where nothing is anchored, and names the first broken record", async () => {
		const world = busy();
		world.verification = {
			ok: false,
			records: 16,
			head: "ab".repeat(32),
			brokenAt: 17,
			reason: "record 17 was changed after it was sealed",
		};
		const { page } = await visit(world, "/audit");
		expect(await page.locator("h1").textContent()).toBe("The record is broken.");
		await page.getByText("Broken at record 17: record 17 was changed after it was sealed").waitFor();
		expect(await page.locator(".lead").textContent()).toContain("not anchored outside the database");
	});

	test("offers the export to admins alone, and says why it did not work", async () => {
		const { page, server } = await visit(busy(), "/audit");
		await page.getByRole("button", { name: "Export CSV" }).click();
		await page.getByRole("alert").getByText("Not exported.").waitFor();
		expect(server.sent).toEqual([
			{ path: "/api/v1/audit/export", body: { format: "csv" }, csrfToken: SESSION.csrfToken },
		]);
		const other = await visit({ ...busy(), session: { ...SESSION, person: OPERATOR } }, "/audit");
		await other.page.getByRole("button", { name: "Verify again" }).waitFor();
		expect(await other.page.getByRole("button", { name: /Export/ }).count()).toBe(0);
	});

	test("fits a phone", async () => {
		const { page } = await visit(busy(), "/audit", { width: 390 });
		await page.getByRole("button", { name: "Export CSV" }).waitFor();
		expect(await sticksOut(page)).toBe(0);
	});
});

describeWith("chromium", "the audit of a running product", () => {
	let browser: Browser;
	let product: Product;

	beforeAll(async () => {
		[browser, product] = await Promise.all([launchBrowser(), startProduct()]);
	}, 90_000);
	afterAll(async () => {
		await browser.close();
		await product.stop();
		removeDataDir(product.dataDir);
	});

	test("is taken away as a file by a press, and the press is in the audit", async () => {
		const { page, complaints } = await openProduct(browser, product, "/audit");
		await page.getByText(/anchored outside the database at/).waitFor();
		const [download] = await Promise.all([
			page.waitForEvent("download"),
			page.getByRole("button", { name: "Export JSON lines" }).click(),
		]);
		expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.jsonl$/);
		const lines = readFileSync(await download.path(), "utf8")
			.trimEnd()
			.split("\n");
		expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ action: "audit.exported", actorName: "admin-1" });
		await page.getByRole("row").filter({ hasText: "admin-1 exported the audit" }).first().waitFor();
		expect(complaints).toEqual([]);
	});

	test("is called broken once the anchor's file was changed", async () => {
		const path = join(product.dataDir, "audit-anchor.jsonl");
		const { page } = await openProduct(browser, product, "/audit");
		await page.getByText(/^Chain verified/).waitFor();
		const kept = readFileSync(path, "utf8");
		writeFileSync(path, kept.replace(/"hash":"\w/, '"hash":"x'));
		await page.getByRole("button", { name: "Verify again" }).click();
		await page.getByText(/Broken: line 1 of .* is not as it was written/).waitFor();
		expect(await page.locator("h1").textContent()).toBe("The record is broken.");
		writeFileSync(path, kept);
		await eventually(async () => {
			await page.getByRole("button", { name: "Verify again" }).click();
			await page.getByText(/^Chain verified/).waitFor({ timeout: 2_000 });
		});
	});
});
