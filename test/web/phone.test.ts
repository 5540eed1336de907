import { describeWith } from "../support/require-program.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld } from "./support/world.ts";

describeWith("chromium", "the console on a phone", () => {
	const visit = useVisits();

	test("the tabs are Now, Incidents, Ask, Approvals and More, and Audit is found under More", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/", { width: 400 });
		const tabs = page.locator(".tab-bar a");
		await eventually(async () =>
			expect(await tabs.allTextContents()).toEqual(["Now", "Incidents", "Ask", "Approvals2 waiting", "More"]),
		);
		await tabs.last().click();
		await page.getByRole("link", { name: "Audit" }).click();
		await page.waitForURL("**/audit");
		expect(await tabs.last().getAttribute("aria-current")).toBe("page");
	});

	test("More says who one is, what is allowed, and the keys, and signs out", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/more", { width: 400 });
		expect(await page.locator("h1").textContent()).toBe("You are admin-1, admin.");
		expect(await page.locator(".lead").textContent()).toBe("Changes allowed.");
		await page.locator("main summary", { hasText: "Keys" }).click();
		await page
			.locator("main")
			.getByRole("checkbox", { name: /Single keys/ })
			.waitFor();
		await page.getByRole("button", { name: "Dark", exact: true }).click();
		await page.locator("html[data-theme=dark]").waitFor();
		await page.getByRole("button", { name: "Sign out" }).click();
		await page.waitForURL("**/sign-in");
	});
});
