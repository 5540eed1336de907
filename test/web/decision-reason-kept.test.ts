import type { Browser } from "playwright-core";
import type { ApprovalView, AuditPage } from "../../web/src/api/types.generated.ts";
import { type Product, removeDataDir, startProduct } from "../support/product.ts";
import { describeWith } from "../support/require-program.ts";
import { violations } from "./support/axe.ts";
import { launchBrowser } from "./support/console-browser.ts";
import { openProduct } from "./support/open-product.ts";

describeWith("chromium", "a reason after the decision, in the running product", () => {
	let product: Product;
	let browser: Browser;
	beforeAll(async () => {
		[product, browser] = await Promise.all([startProduct(), launchBrowser()]);
	}, 90_000);
	afterAll(async () => {
		await browser.close();
		await product.stop();
		removeDataDir(product.dataDir);
	});

	test("is kept with the decision and in the audit, and nothing else changes", async () => {
		await product.post("/api/v1/commands", { text: "restart checkout" });
		const { page, complaints } = await openProduct(browser, product, "/approvals/A-1");
		await page.getByRole("button", { name: "Deny" }).click();
		await page.getByRole("button", { name: "Add a reason" }).click();
		await page.getByRole("textbox", { name: "Why you denied" }).fill("A release is running.");
		await page.getByRole("button", { name: "Keep reason" }).click();
		await page
			.locator(".decided:focus", { hasText: /admin-1 denied at .*: A release is running\.$/ })
			.waitFor();
		expect(await page.getByRole("button", { name: "Add a reason" }).count()).toBe(0);
		const { status, decisions } = await product.get<ApprovalView>("/api/v1/approvals/A-1");
		expect(status).toBe("denied");
		expect(decisions).toMatchObject([{ verdict: "deny", reason: "A release is running." }]);
		const { items } = await product.get<AuditPage>("/api/v1/audit?limit=50");
		const told = items.filter(({ action }) => action === "approval.decision_explained");
		expect(told.map(({ data }) => data)).toEqual([{ verdict: "deny", reason: "A release is running." }]);
		await page.reload();
		await page.locator(".decided", { hasText: "A release is running." }).waitFor();
		expect(complaints.filter((complaint) => !complaint.includes("401"))).toEqual([]);
		expect(await violations(page)).toEqual([]);
	});
});
