import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { jest } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { newDataDir, type Product, removeDataDir, startProduct, until } from "../support/product.ts";
import { describeWith } from "../support/require-program.ts";
import { launchBrowser, openConsole } from "../web/support/console-browser.ts";

jest.setTimeout(420_000);

/** PICTURES=1 renews the pictures of README and docs; else they are only drawn, to a folder of their own. */
const pictures =
	process.env.PICTURES === "1" ? "docs/pictures" : mkdtempSync(join(tmpdir(), "sco-pictures-"));
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

describeWith("chromium", "a person walks the loop in the console", () => {
	const dataDir = newDataDir();
	let product: Product;
	let browser: Browser;
	let page: Page;
	let complaints: string[];

	const shot = async (name: string, fullPage = true) => {
		mkdirSync(pictures, { recursive: true });
		await page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
	};
	const axe = async () => {
		const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode(true).analyze();
		return violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
	};
	const say = async (text: string) => {
		await page.getByRole("textbox", { name: /Ask, or type a command/ }).fill(text);
		await page.getByRole("button", { name: "Send" }).click();
	};

	beforeAll(async () => {
		const file = join(dataDir, "fast.yaml");
		writeFileSync(file, "metrics: { scrape_interval_seconds: 1, host_interval_seconds: 2 }\n");
		product = await startProduct({ dataDir, env: { CONFIG_FILE: file } });
		browser = await launchBrowser();
	});

	afterAll(async () => {
		await browser?.close();
		await product?.stop();
		removeDataDir(dataDir);
	});

	it("signs in by the printed link, once", async () => {
		const link = /Sign in .*?: (http\S+)/.exec(product.output())?.[1] ?? "";
		({ page, complaints } = await openConsole(browser, link, { theme: "dark", width: 1440 }));
		await page.getByRole("heading", { level: 1, name: /Learning what normal looks like/ }).waitFor();
		await page.getByText("See the loop work").waitFor();
		await page
			.getByText(/Learning, [4-6]\d\s%/)
			.first()
			.waitFor({ timeout: 60_000 });
		await shot("first-run");
		const again = await openConsole(browser, link, { theme: "dark", width: 800 });
		await again.page.getByRole("alert").getByText(/./).waitFor();
		expect(again.page.url()).toContain("/sign-in");
		await again.context.close();
	});

	it("breaks checkout, sees the incident come by itself, with its chart and the request", async () => {
		const breakIt = page.getByRole("button", { name: "Break it" });
		await page.locator("button:not([disabled])", { hasText: "Break it" }).waitFor({ timeout: 120_000 });

		await breakIt.click();
		await page
			.getByRole("button", { name: /Approve restart/ })
			.first()
			.waitFor({ timeout: 60_000 });
		await page.getByRole("heading", { level: 1, name: /checkout/ }).waitFor();
		await page.waitForFunction(
			"[...document.images].every((image) => image.complete && image.naturalWidth > 0)",
		);
		// A few more samples make the picture tell the story.
		type Page_ = { items: { anomalies: { value: number; band: { high: number } }[] }[] };
		await until(
			"a value far outside its band",
			async () => {
				const { items } = await product.get<Page_>("/api/v1/incidents?status=open");
				const lead = items[0]?.anomalies[0];
				return lead && lead.value > 2 * lead.band.high;
			},
			60_000,
		);
		await page
			.getByText(/over (twice|three times) its usual level/)
			.first()
			.waitFor({ timeout: 15_000 });
		await shot("now-incident");
		expect(await axe()).toEqual([]);
	});

	it("approves with one press and sees it restarted, verified and resolved without reloading", async () => {
		await page
			.getByRole("link", { name: /Open INC-/ })
			.first()
			.click();
		await page.getByRole("heading", { level: 1 }).waitFor();
		await page
			.getByRole("button", { name: /Approve restart/ })
			.first()
			.waitFor();
		await shot("incident-waiting");
		await page
			.getByRole("button", { name: /Approve restart/ })
			.first()
			.click();
		await page
			.getByText(/Checking that it helped/)
			.first()
			.waitFor({ timeout: 30_000 });

		await page.getByText("Resolved", { exact: true }).first().waitFor({ timeout: 90_000 });
		await page.waitForTimeout(1500);
		await shot("incident-resolved");
		expect(await axe()).toEqual([]);
	});

	it("asks questions and gets numbers with a chart", async () => {
		await page.getByRole("link", { name: "Ask" }).first().click();
		await say("what is the memory of checkout over the last 5 minutes?");
		await page
			.getByText(/Memory of checkout/)
			.first()
			.waitFor({ timeout: 15_000 });
		await say("/digest now");
		await page
			.getByText(/1 incident since/)
			.first()
			.waitFor({ timeout: 15_000 });
		await page.waitForTimeout(1000);

		expect(await axe()).toEqual([]);
	});

	it("sees a remediation that does not help end as failed", async () => {
		await say("/demo break checkout bad-config");
		await page
			.getByRole("button", { name: /Approve restart/ })
			.last()
			.waitFor({ timeout: 60_000 });
		await page
			.getByRole("button", { name: /Approve restart/ })
			.last()
			.click();
		await page
			.getByText(/did not help/)
			.first()
			.waitFor({ timeout: 120_000 });
		await shot("ask-failed");
		await say("/demo fix checkout");
		await page.getByText(/Every fault of checkout has ended/).waitFor();
		type Approvals = { items: { status: string; outcome?: string }[] };
		const { items } = await product.get<Approvals>("/api/v1/approvals?limit=1");
		expect(items[0]).toMatchObject({ status: "failed", outcome: expect.stringContaining("did not help") });
	});

	it("finds all of it in the audit, whole", async () => {
		await page.getByRole("link", { name: "Audit" }).first().click();
		await page
			.getByText(/admin-1 approved Restart checkout/)
			.first()
			.waitFor();
		await shot("audit");
		expect(await axe()).toEqual([]);
		expect(await product.get("/api/v1/audit/verify")).toMatchObject({ ok: true });
	});

	it("reads on a phone, in light", async () => {
		await page.emulateMedia({ colorScheme: "light" });
		await page.setViewportSize({ width: 400, height: 860 });
		await page.goto(`${product.url}/incidents/INC-1`);
		await page.getByRole("heading", { level: 1 }).waitFor();
		await page.waitForTimeout(1000);
		await shot("incident-phone", false);
		expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
		expect(await axe()).toEqual([]);
	});

	it("never made the browser complain", () => {
		expect(complaints).toEqual([]);
	});
});
