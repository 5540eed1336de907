import type { Page } from "playwright-core";
import { describeWith } from "../support/require-program.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, firstRunWorld } from "./support/world.ts";

const theme = (page: Page) => page.locator("html").getAttribute("data-theme");
const focused = (page: Page) =>
	page.locator(":focus").evaluate((element) => element.id || element.textContent);
const pathOf = (page: Page) => new URL(page.url()).pathname;

describeWith("chromium", "the console by keyboard", () => {
	const visit = useVisits();

	test.each([
		["i", "/incidents"],
		["a", "/ask"],
		["p", "/approvals"],
		["r", "/remediations"],
		["u", "/audit"],
	])("g %s opens %s and puts the focus on its sentence", async (key, path) => {
		const { page } = await visit(busyWorld(Date.now()), "/");
		await page.keyboard.press("g");
		await page.keyboard.press(key);
		await page.waitForURL(`**${path}`);
		await eventually(async () =>
			expect(await page.locator(":focus").evaluate((element) => element.tagName)).toBe("H1"),
		);
	});

	test("g n goes back to Now", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/audit");
		await page.keyboard.press("g");
		await page.keyboard.press("n");
		await eventually(() => expect(pathOf(page)).toBe("/"));
	});

	test("j and k move through the incidents, and Enter opens one", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/incidents");
		await page.getByRole("link", { name: /web: scaling/ }).waitFor();
		for (const key of ["j", "j", "j", "k"]) await page.keyboard.press(key);
		expect(await focused(page)).toMatch(/^search: latency/);
		await page.keyboard.press("Enter");
		await page.waitForURL("**/incidents/INC-141");
	});

	test("/ goes to the field, Esc leaves it, and inside it keys are text", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/");
		const before = await theme(page);
		await page.keyboard.press("/");
		expect(await focused(page)).toBe("jump");
		await page.keyboard.type("tga?");
		expect(await page.locator("#jump").inputValue()).toBe("tga?");
		expect(await theme(page)).toBe(before);
		expect(pathOf(page)).toBe("/");
		await page.keyboard.press("Escape");
		await page.keyboard.press("t");
		expect(await theme(page)).not.toBe(before);
	});

	test("an id typed into the field is jumped to", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/");
		await page.keyboard.press("/");
		await page.keyboard.type("inc-142\n");
		await page.waitForURL("**/incidents/INC-142");
		expect(server.sent).toEqual([]);
	});

	test("a question typed into the field is said in the channel", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/");
		await page.keyboard.press("/");
		await page.keyboard.type("what is wrong now?\n");
		await page.waitForURL("**/ask");
		await eventually(() =>
			expect(server.sent.map(({ body }) => body)).toEqual([{ text: "what is wrong now?" }]),
		);
	});

	test("the chosen theme is remembered", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/");
		expect(await theme(page)).toBe("light");
		await page.keyboard.press("t");
		expect(await theme(page)).toBe("dark");
		await page.reload();
		await page.locator("h1").waitFor();
		expect(await theme(page)).toBe("dark");
	});

	test("? shows all keys, Esc closes the list, and the focus returns", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/");
		const opener = page.getByRole("button", { name: "Keys" });
		await opener.focus();
		await page.keyboard.press("?");
		const dialog = page.getByRole("dialog", { name: "Keys" });
		await dialog.waitFor();
		await page.keyboard.press("t");
		expect(await theme(page)).toBe("light");
		await page.keyboard.press("Escape");
		await dialog.waitFor({ state: "hidden" });
		expect(await focused(page)).toBe("Keys");
	});

	test("single keys can be switched off", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/");
		await page.keyboard.press("?");
		await page.getByRole("checkbox", { name: /Single keys/ }).uncheck();
		await page.keyboard.press("Escape");
		await page.keyboard.press("t");
		expect(await theme(page)).toBe("light");
		await page.reload();
		await page.locator("h1").waitFor();
		await page.keyboard.press("t");
		expect(await theme(page)).toBe("light");
	});

	test("Tab reaches the skip link first, and it leads to the content", async () => {
		const { page } = await visit(firstRunWorld(Date.now()), "/");
		await page.keyboard.press("Tab");
		expect(await focused(page)).toBe("Skip to content");
		await page.keyboard.press("Enter");
		expect(await focused(page)).toBe("main");
	});

	test("the span of a chart is in the address", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/incidents/INC-142");
		await page.getByRole("button", { name: "24 h" }).click();
		expect(new URL(page.url()).search).toBe("?minutes=1440");
		await page.reload();
		await page.locator('button[aria-pressed="true"]', { hasText: "24 h" }).waitFor();
	});

	test("the filter of the audit is in the address", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/audit?show=refusals");
		await page.getByText("role guest may not approve").waitFor();
		expect(await page.locator("tbody tr").count()).toBe(1);
		await page.getByRole("button", { name: "All", exact: true }).click();
		expect(new URL(page.url()).search).toBe("");
	});
});
