import type { Browser, Page } from "playwright-core";
import { type Product, removeDataDir, startProduct } from "../support/product.ts";
import { describeWith } from "../support/require-program.ts";
import { contrastViolations, smallTargets, sticksOut, violations } from "./support/axe.ts";
import { launchBrowser } from "./support/console-browser.ts";
import { makeRequest } from "./support/fixture-server.ts";
import { openProduct } from "./support/open-product.ts";
import { SESSION } from "./support/people.ts";
import { problem } from "./support/reply.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, calmWorld } from "./support/world.ts";

const busy = () => busyWorld(Date.now());
const calm = () => calmWorld(Date.now());
const card = (page: Page, name: string) => page.getByRole("article", { name, exact: true });
const open = (page: Page, name: string) => page.getByRole("button", { name: `Ask for it: ${name}` }).click();
const ask = (page: Page, name: string) => page.getByRole("button", { name: `Ask for ${name}` }).click();
const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const focused = (page: Page) => page.locator(":focus").getAttribute("id");

describeWith("chromium", "asking for a change in the console", () => {
	const visit = useVisits();

	test("each remediation says its risk, what undoing means and its parameters", async () => {
		const { page } = await visit(busy(), "/remediations");
		const disk = await card(page, "Clean a disk").textContent();
		expect(disk).toMatch(/High risk/);
		expect(disk).toMatch(/Can’t be undone\. Something is gone afterwards/);
		expect(disk).toMatch(/service, older_than_days, path \(optional\)/);
		expect(await page.getByRole("article").count()).toBe(6);
	});

	test("the form asks once, with typed parameters, and goes to the request's card", async () => {
		const { page, server } = await visit(busy(), "/remediations");
		await open(page, "Scale a group");
		await eventually(async () => expect(await focused(page)).toBe("ask-scale-group-group"));
		await field(page, "group").fill("web");
		await field(page, "change").fill("+2");
		await ask(page, "scale-group");
		await page.waitForURL("**/approvals/A-312");
		expect(server.sent).toEqual([
			{
				path: "/api/v1/approvals",
				body: { remediation: "scale-group", parameters: { group: "web", change: 2 } },
				csrfToken: SESSION.csrfToken,
			},
		]);
		await eventually(async () => expect(await focused(page)).toBe("request"));
	});

	test("it can be asked for one of the open incidents; where none is open, there is nothing to choose", async () => {
		const { page, server } = await visit(busy(), "/remediations");
		await open(page, "Restart a service");
		await field(page, "service").fill("checkout");
		await page.getByLabel("For an incident").selectOption("INC-142");
		await ask(page, "restart-service");
		await page.waitForURL("**/approvals/A-312");
		expect(server.sent[0]?.body).toEqual({
			remediation: "restart-service",
			parameters: { service: "checkout" },
			incidentId: "INC-142",
		});
		const quiet = await visit(calm(), "/remediations");
		await open(quiet.page, "Restart a service");
		await field(quiet.page, "service").waitFor();
		expect(await quiet.page.getByLabel("For an incident").count()).toBe(0);
	});

	test("what is missing or no number is said at its field, which gets the focus; nothing is sent", async () => {
		const { page, server } = await visit(calm(), "/remediations");
		await open(page, "Clean a disk");
		await field(page, "older_than_days").fill("soon");
		await ask(page, "clean-disk");
		expect(await focused(page)).toBe("ask-clean-disk-service");
		await page.getByText("service is needed.").waitFor();
		await page.getByText("older_than_days must be a whole number from 1 to 365.").waitFor();
		const days = field(page, "older_than_days");
		expect(await days.getAttribute("aria-invalid")).toBe("true");
		expect(await days.getAttribute("aria-describedby")).toBe(
			"ask-clean-disk-older_than_days-hint ask-clean-disk-older_than_days-problem",
		);
		expect(server.sent).toEqual([]);
		expect(await violations(page)).toEqual([]);
	});

	test("a refusal is shown as its sentence, with a way to what it names, and what was typed stays", async () => {
		const { page, server } = await visit(calm(), "/remediations");
		const sentence = "A-306 already asks for this and is waiting for approval; see `limits`.";
		server.propose = () => ({ status: 409, body: problem(409, "conflict", sentence) });
		await open(page, "Restart a service");
		await field(page, "service").fill("search");
		await ask(page, "restart-service");
		await card(page, "Restart a service").getByText("already asks for this").waitFor();
		await card(page, "Restart a service").locator(".critical code", { hasText: "limits" }).waitFor();
		expect(await field(page, "service").inputValue()).toBe("search");
		await page.locator("[aria-live=assertive]", { hasText: sentence }).waitFor({ state: "attached" });
		expect(await page.getByText("may have arrived").count()).toBe(0);
		expect(await violations(page)).toEqual([]);
		await card(page, "Restart a service").getByRole("link", { name: "A-306" }).click();
		await page.waitForURL("**/approvals/A-306");
	});

	test("without an answer it says that the request may have arrived, and sends nothing again", async () => {
		const { page } = await visit(calm(), "/remediations");
		let asked = 0;
		await page.route("**/api/v1/approvals", async (route) => {
			if (route.request().method() !== "POST") return route.fallback();
			asked++;
			return route.abort();
		});
		await open(page, "Restart a service");
		await field(page, "service").fill("search");
		await ask(page, "restart-service");
		await page.getByText("The request may have arrived; look under Approvals before asking again.").waitFor();
		expect(asked).toBe(1);
		expect(new URL(page.url()).pathname).toBe("/remediations");
	});

	test("while it is planned nothing is sent again, and who works elsewhere meanwhile stays there", async () => {
		const { page, server } = await visit(calm(), "/remediations");
		let letGo = () => {};
		const held = new Promise<void>((go) => {
			letGo = go;
		});
		server.propose = async (request) => {
			await held;
			return makeRequest(server, request);
		};
		await open(page, "Restart a service");
		await field(page, "service").fill("search");
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "Sending…" }).waitFor();
		await page.keyboard.press("Enter");
		await page.getByText("Reading the present state and making a plan.").waitFor();
		expect(server.sent.length).toBe(1);
		await open(page, "Scale a group");
		await eventually(async () => expect(await focused(page)).toBe("ask-scale-group-group"));
		letGo();
		await card(page, "Restart a service").getByRole("link", { name: "A-312" }).waitFor();
		expect(await focused(page)).toBe("ask-scale-group-group");
		expect(new URL(page.url()).pathname).toBe("/remediations");
	});

	test("Esc and Not now close the form and give the focus back", async () => {
		const { page, server } = await visit(calm(), "/remediations");
		for (const close of [
			() => page.keyboard.press("Escape"),
			() => page.getByRole("button", { name: "Not now" }).click(),
		]) {
			await open(page, "Reboot an instance");
			await field(page, "instance").fill("web-1");
			await close();
			await eventually(async () =>
				expect(await page.locator(":focus").getAttribute("aria-label")).toBe(
					"Ask for it: Reboot an instance",
				),
			);
		}
		expect(server.sent).toEqual([]);
	});

	test("it is reached and used by keyboard alone", async () => {
		const { page, server } = await visit(calm(), "/");
		await page.keyboard.press("g");
		await page.keyboard.press("r");
		await page.waitForURL("**/remediations");
		await eventually(async () =>
			expect(await page.locator(":focus").evaluate((element) => element.tagName)).toBe("H1"),
		);
		await page.getByRole("article").first().waitFor();
		await page.keyboard.press("j");
		await page.keyboard.press("Enter");
		await page.keyboard.type("search");
		await page.keyboard.press("Enter");
		await page.waitForURL("**/approvals/A-312");
		expect(server.sent[0]?.body).toEqual({
			remediation: "restart-service",
			parameters: { service: "search" },
		});
	});

	test("a viewer sees everything, can't ask, and is told why", async () => {
		const session = { ...SESSION, person: { id: "viewer-1", name: "viewer-1", role: "viewer" as const } };
		const { page, server } = await visit({ ...busy(), session }, "/remediations");
		const why = "You are viewer, so you can't ask for a change. An operator or an admin can.";
		await page.getByText(why).waitFor();
		const button = page.getByRole("button", { name: "Ask for it: Restart a service" });
		expect(await button.getAttribute("aria-disabled")).toBe("true");
		const describedBy = await button.getAttribute("aria-describedby");
		expect(await page.locator(`#${describedBy}`).textContent()).toBe(why);
		await button.click({ force: true });
		expect(await page.locator("form.ask-form").count()).toBe(0);
		expect(await page.locator(".rules-table tbody tr").count()).toBe(3);
		expect(server.sent).toEqual([]);
		expect(await violations(page)).toEqual([]);
	});

	test("while the connection is lost asking waits, and says so", async () => {
		const { page, server } = await visit(calm(), "/remediations");
		await open(page, "Restart a service");
		await field(page, "service").fill("search");
		server.disconnect();
		await page.getByText("Not live: asking waits until the connection is back.").waitFor();
		await page.keyboard.press("Enter");
		expect(server.sent).toEqual([]);
		server.reconnect();
		await page.getByText("Not live: asking waits").waitFor({ state: "detached" });
		await ask(page, "restart-service");
		await page.waitForURL("**/approvals/A-312");
	});

	test.each([1440, 1000, 400])("opened forms pass axe in both themes and fit %d px", async (width) => {
		const { page, complaints } = await visit(busy(), "/remediations", { width });
		for (const name of ["Scale a group", "Clean a disk"]) await open(page, name);
		await ask(page, "clean-disk");
		expect(await violations(page)).toEqual([]);
		await page.emulateMedia({ colorScheme: "dark" });
		await page.locator("html[data-theme=dark]").waitFor();
		expect(await contrastViolations(page)).toEqual([]);
		expect(await sticksOut(page)).toBe(0);
		expect(complaints).toEqual([]);
	});

	test("on a phone everything that is pressed in a form is at least 44 px high", async () => {
		const { page } = await visit(busy(), "/remediations", { width: 400 });
		await open(page, "Scale a group");
		await page.getByLabel("For an incident").waitFor();
		expect(await smallTargets(page)).toEqual([]);
		const heights = await page
			.locator(".ask-form input")
			.evaluateAll((fields) => fields.map((each) => each.getBoundingClientRect().height));
		expect(heights.every((height) => height >= 44)).toBe(true);
	});

	test("on a phone it is found under More", async () => {
		const { page } = await visit(calm(), "/more", { width: 400 });
		await page.locator("main").getByRole("link", { name: "Remediations" }).click();
		await page.waitForURL("**/remediations");
		expect(await page.locator(".tab-bar [aria-current]").textContent()).toBe("More");
	});
});

describeWith("chromium", "asking the running product in the console", () => {
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

	test("a wrong name is refused in a sentence, a right one becomes a request", async () => {
		const { page, complaints } = await openProduct(browser, product, "/remediations");
		expect(await page.locator("h1").textContent()).toBe("There are no standing rules.");
		await open(page, "Restart a service");
		await field(page, "service").fill("nothing-here");
		await ask(page, "restart-service");
		await card(page, "Restart a service").locator(".critical", { hasText: "nothing-here" }).waitFor();
		await field(page, "service").fill("checkout");
		await ask(page, "restart-service");
		await page.waitForURL(/\/approvals\/A-\d+$/);
		await page.getByRole("heading", { level: 2, name: "Restart checkout" }).waitFor();
		expect(complaints.filter((complaint) => !/\b40[149]\b/.test(complaint))).toEqual([]);
		expect(await violations(page)).toEqual([]);
	});
});
