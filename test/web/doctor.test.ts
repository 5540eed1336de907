import type { Browser, Page } from "playwright-core";
import type { DoctorView } from "../../web/src/api/types.generated.ts";
import { type Product, removeDataDir, startProduct } from "../support/product.ts";
import { describeWith } from "../support/require-program.ts";
import { contrastViolations, sticksOut, violations } from "./support/axe.ts";
import { launchBrowser } from "./support/console-browser.ts";
import { brokenFindings, workingFindings } from "./support/findings.ts";
import { openProduct } from "./support/open-product.ts";
import { problem } from "./support/reply.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, calmWorld, type World } from "./support/world.ts";

const CHECK = "**/api/v1/doctor";
const sentence = (page: Page) => page.locator("h1").textContent();
const toFix = (page: Page) => page.getByRole("region", { name: "To fix" });
const busy = () => busyWorld(Date.now());

describeWith("chromium", "the doctor's page", () => {
	const visit = useVisits();

	/** Holds every check until `go` is called; `held` says how many wait. */
	async function holdChecks(page: Page) {
		const waiting: (() => void)[] = [];
		await page.route(CHECK, async (route) => {
			await new Promise<void>((go) => waiting.push(go));
			await route.continue();
		});
		const letGo = () => {
			for (const go of waiting.splice(0)) go();
		};
		return { held: () => waiting.length, go: letGo };
	}

	test("opens with one sentence, then what is broken by area, each with the one thing to do", async () => {
		const { page } = await visit(busy(), "/doctor");
		expect(await sentence(page)).toBe("Two things are broken, two need a look.");
		expect(await toFix(page).getByRole("heading", { level: 3 }).allTextContents()).toEqual([
			"Slack",
			"Disk",
			"Metrics",
		]);
		const rows = await toFix(page).getByRole("listitem").allTextContents();
		expect(rows[0]).toBe(
			"Broken: channel ops-night. We are not in #ops-night (C042), so nothing is posted there.To do: Type /invite with the app's name in #ops-night.",
		);
		expect(rows.map((row) => row.split(".")[0])).toEqual([
			"Broken: channel ops-night",
			"Needs a look: deliveries",
			"Broken: data folder",
			"Needs a look: watch checkout errors",
		]);
		expect(await page.getByRole("region", { name: "Works" }).getByRole("listitem").count()).toBe(5);
	});

	test("a verdict is a shape, a word and a colour, and broken differs from doubtful in all three", async () => {
		const { page } = await visit(busy(), "/doctor");
		const look = async (word: string) => {
			const row = toFix(page)
				.getByRole("listitem")
				.filter({ hasText: `${word}:` })
				.first();
			const icon = row.locator(".icon");
			return {
				shape: await icon.evaluate((svg) => svg.innerHTML),
				colour: await icon.evaluate((svg) => svg.ownerDocument.defaultView?.getComputedStyle(svg).color),
			};
		};
		const [broken, doubtful] = [await look("Broken"), await look("Needs a look")];
		expect(broken.shape).not.toBe(doubtful.shape);
		expect(broken.colour).not.toBe(doubtful.colour);
	});

	test("when everything works it says so, and what is off names the document that connects it", async () => {
		const { page } = await visit(calmWorld(Date.now()), "/doctor");
		expect(await sentence(page)).toBe("Everything works.");
		expect(await toFix(page).count()).toBe(0);
		const off = page.getByRole("complementary", { name: "Not connected" }).getByRole("listitem");
		expect(await off.allTextContents()).toEqual([
			"Teams · offTeams is not connected.To connect it, follow docs/teams.md.",
			"Cloud, services · offNo service is known, so nothing can be restarted.",
		]);
		expect(await off.locator("code").allTextContents()).toEqual(["docs/teams.md"]);
	});

	test("checks again with progress, keeps the list until the answer, and shows when it was checked", async () => {
		const { page, server } = await visit(busy(), "/doctor");
		const lead = page.locator(".lead");
		const before = await lead.textContent();
		expect(before).toMatch(/^Checked \d\d:\d\d:\d\d, in [\d.]+ m?s\. /);
		const checks = await holdChecks(page);
		server.world = { ...server.world, findings: workingFindings() };
		await page.getByRole("button", { name: "Check again" }).click();
		const checking = page.getByRole("button", { name: "Checking…" });
		await checking.waitFor();
		await page.getByText("Asking the store, the metrics and the chat platforms.").waitFor();
		expect(await sentence(page)).toBe("Two things are broken, two need a look.");
		await checking.press("Enter");
		expect(checks.held()).toBe(1);
		checks.go();
		await page.getByRole("button", { name: "Check again" }).waitFor();
		await eventually(async () => expect(await sentence(page)).toBe("Everything works."));
		expect(await lead.textContent()).not.toBe(before);
		await eventually(async () =>
			expect(await page.locator("[aria-live=polite]").textContent()).toBe("Everything works."),
		);
	});

	test("the first check says what it does while it lasts", async () => {
		const { page } = await visit(busy(), "/");
		const checks = await holdChecks(page);
		await page.locator(".side").getByRole("link", { name: "Settings" }).click();
		await page.getByRole("heading", { level: 1, name: "Checking everything." }).waitFor();
		checks.go();
		await eventually(async () => expect(await sentence(page)).toMatch(/^Two things are broken/));
	});

	test("a check that fails leaves the list and says from when it is", async () => {
		const { page } = await visit(busy(), "/doctor");
		await page.route(CHECK, (route) =>
			route.fulfill({
				status: 429,
				contentType: "application/json",
				body: JSON.stringify(problem(429, "rate_limited", "Too many checks; try again in 20 s.")),
			}),
		);
		await page.getByRole("button", { name: "Check again" }).click();
		const note = page.getByRole("alert");
		await note.waitFor();
		expect(await note.textContent()).toMatch(
			/^Not checked again\. Too many checks; try again in 20 s\. This is the list from \d\d:\d\d:\d\d\.$/,
		);
		expect(await sentence(page)).toBe("Two things are broken, two need a look.");
		expect(await violations(page)).toEqual([]);
	});

	test("a page that could not be read says why, and can be tried again", async () => {
		const { page } = await visit(busy(), "/");
		await page.route(CHECK, (route) =>
			route.fulfill({
				status: 403,
				contentType: "application/json",
				body: JSON.stringify(problem(403, "forbidden", "This needs the role viewer.")),
			}),
		);
		await page.locator(".side").getByRole("link", { name: "Settings" }).click();
		await page.getByText("This needs the role viewer.").waitFor();
		await page.unroute(CHECK);
		await page.getByRole("button", { name: "Try again" }).click();
		await toFix(page).waitFor();
		expect(await sentence(page)).toMatch(/^Two things are broken/);
	});

	test("a problem that no check told of is shown too, and one that a check told of is not said twice", async () => {
		const world = busy();
		const problems = [
			"Watch checkout errors: Its query gives no series.",
			"checkout does not run (stopped); its log lies in data/supervised.",
		];
		const { page } = await visit({ ...world, status: { ...world.status, problems } }, "/doctor");
		await eventually(async () =>
			expect(await sentence(page)).toBe("Two things are broken, three need a look."),
		);
		expect(await toFix(page).getByRole("listitem").last().textContent()).toBe(`Needs a look: ${problems[1]}`);
		expect(await violations(page)).toEqual([]);
	});

	test("an empty list is not called fine", async () => {
		const { page } = await visit({ ...busy(), findings: [] }, "/doctor");
		expect(await sentence(page)).toBe("Nothing was checked.");
		await page.getByRole("button", { name: "Check again" }).waitFor();
	});

	test("a finding's words are only words", async () => {
		const hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1))";
		const findings: World["findings"] = [
			{ area: "slack", name: hostile, verdict: "fail", text: hostile, remedy: hostile },
			...brokenFindings(),
		];
		const { page, complaints } = await visit({ ...busy(), findings }, "/doctor", { width: 400 });
		expect(await toFix(page).getByRole("listitem").first().textContent()).toContain(hostile);
		expect(await page.locator("main img, main a").count()).toBe(0);
		expect(await sticksOut(page)).toBe(0);
		expect(complaints).toEqual([]);
	});

	test.each([1440, 400])("long names fit %d px and pass axe in both themes", async (width) => {
		const long = "x".repeat(300);
		const findings: World["findings"] = [
			{ area: "teams", name: long, verdict: "fail", text: long, remedy: long },
			{ area: "slack", name: long, verdict: "ok", text: long },
			{ area: "cloud", name: long, verdict: "off", text: long, remedy: long },
		];
		const { page } = await visit({ ...busy(), findings }, "/doctor", { width });
		expect(await sentence(page)).toBe("One thing is broken.");
		expect(await sticksOut(page)).toBe(0);
		expect(await violations(page)).toEqual([]);
		await page.emulateMedia({ colorScheme: "dark" });
		await page.locator("html[data-theme=dark]").waitFor();
		expect(await contrastViolations(page)).toEqual([]);
	});

	test("g s opens it with the focus on its sentence, and Enter checks again and keeps the focus", async () => {
		const { page } = await visit(busy(), "/");
		await page.keyboard.press("g");
		await page.keyboard.press("s");
		await page.waitForURL("**/doctor");
		await eventually(async () =>
			expect(await page.locator("h1:focus").textContent()).toMatch(/^Two things are broken/),
		);
		const checks = await holdChecks(page);
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "Checking…" }).waitFor();
		checks.go();
		await page.getByRole("button", { name: "Check again" }).waitFor();
		expect(await page.locator(":focus").textContent()).toBe("Check again");
	});

	test("typing doctor into the field opens it", async () => {
		const { page } = await visit(busy(), "/");
		await page.keyboard.press("/");
		await page.keyboard.type("doctor\n");
		await page.waitForURL("**/doctor");
		expect(await page.locator(".side [aria-current]").textContent()).toBe("Settings");
	});

	test("on a phone it is found under More", async () => {
		const { page } = await visit(busy(), "/more", { width: 400 });
		await page.locator("main").getByRole("link", { name: "Settings" }).click();
		await page.waitForURL("**/doctor");
		expect(await page.locator(".tab-bar [aria-current]").textContent()).toBe("More");
	});
});

describeWith("chromium", "the doctor's page of the running product", () => {
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

	test("shows every part that was checked, and which document connects Slack and Teams", async () => {
		const { items } = await product.get<DoctorView>("/api/v1/doctor");
		const { page, complaints } = await openProduct(browser, product, "/doctor");
		await page.getByRole("region", { name: "Works" }).waitFor();
		const parts = page.getByRole("region", { name: "Works" }).or(page.getByRole("complementary"));
		const rows = await parts.getByRole("listitem").count();
		const shown = new Set(
			items.map(({ area, verdict, name }) => (verdict === "ok" ? area : `${area} ${name}`)),
		);
		expect(rows).toBe(shown.size);
		const off = page.getByRole("complementary", { name: "Not connected" });
		expect(await off.locator("code").allTextContents()).toEqual(["docs/slack.md", "docs/teams.md"]);
		await page.getByRole("button", { name: "Check again" }).click();
		await page.locator("[aria-live=polite]", { hasText: (await sentence(page)) ?? "" }).waitFor({
			state: "attached",
		});
		expect(complaints.filter((complaint) => !complaint.includes("401"))).toEqual([]);
		expect(await violations(page)).toEqual([]);
	});
});
