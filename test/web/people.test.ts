import type { Browser, Locator, Page } from "playwright-core";
import type { RoleRequest } from "../../web/src/api/types.generated.ts";
import { type Product, removeDataDir, startProduct } from "../support/product.ts";
import { describeWith } from "../support/require-program.ts";
import { contrastViolations, smallTargets, sticksOut, violations } from "./support/axe.ts";
import { launchBrowser } from "./support/console-browser.ts";
import { countRole } from "./support/fixture-server.ts";
import { openProduct } from "./support/open-product.ts";
import { knownPeople, OPERATOR, SESSION } from "./support/people.ts";
import { problem } from "./support/reply.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld } from "./support/world.ts";

const busy = () => busyWorld(Date.now());
const role = (page: Page, name: string) => page.getByLabel(`Role of ${name}`);
const table = (page: Page) => page.getByRole("table", { name: "People with a role" });
const focused = (page: Page) => page.locator(":focus").getAttribute("id");

describeWith("chromium", "people and access in the console", () => {
	const visit = useVisits();

	test("says who may decide, lists people by what they may do, and counts and folds the guests", async () => {
		const { page } = await visit(busy(), "/people");
		expect(await page.locator("h1").textContent()).toBe("Three people may decide.");
		expect(await page.locator(".lead").textContent()).toMatch(/^2 admins, 1 operator, 1 viewer, 3 guests\./);
		const people = table(page).locator("tbody tr");
		expect(await people.locator("td:first-child").allTextContents()).toEqual([
			"admin-1 · you",
			"admin-2",
			"operator-1",
			"viewer-1",
		]);
		expect(await people.nth(2).locator("code").allTextContents()).toEqual([
			"slack:T01:U02",
			"teams:8f2c6a1e-tenant:29:9z8y7x",
		]);
		expect(await role(page, "guest-1").count()).toBe(0);
		await page.getByText("3 guests: public things only").click();
		await eventually(async () =>
			expect(await page.getByRole("table", { name: "Guests" }).locator("tbody tr").count()).toBe(3),
		);
		await page.getByText("/ops link").waitFor();
	});

	test("a role is sent once it is confirmed, and counts here when the server has said so", async () => {
		const { page, server } = await visit(busy(), "/people");
		const countAtOnce = (request: RoleRequest) => countRole(server, request);
		let letGo = () => {};
		const held = new Promise<void>((go) => {
			letGo = go;
		});
		server.grant = async (request) => {
			await held;
			return countAtOnce(request);
		};
		await role(page, "viewer-1").selectOption("operator");
		await page.getByText("Operator: asks for changes and decides on them.").waitFor();
		expect(server.sent).toEqual([]);
		await page.getByRole("button", { name: "Make operator for viewer-1" }).click();
		await page.getByRole("button", { name: "Sending… for viewer-1" }).waitFor();
		expect(await page.locator("h1").textContent()).toBe("Three people may decide.");
		expect(server.sent).toEqual([
			{
				path: "/api/v1/people/roles",
				body: { identity: "teams:8f2c6a1e-tenant:29:1a2b3c", role: "operator" },
				csrfToken: SESSION.csrfToken,
			},
		]);
		letGo();
		await eventually(async () =>
			expect(await page.locator("h1").textContent()).toBe("Four people may decide."),
		);
		await eventually(async () => expect(await focused(page)).toBe("role-viewer-1"));
		expect(await role(page, "viewer-1").inputValue()).toBe("operator");
		await page.locator("[aria-live=polite]", { hasText: "viewer-1 is operator now." }).waitFor({
			state: "attached",
		});
	});

	test("what was chosen can be taken back before it is sent", async () => {
		const { page, server } = await visit(busy(), "/people");
		await role(page, "operator-1").selectOption("guest");
		await page.getByRole("button", { name: "Keep operator" }).click();
		expect(await role(page, "operator-1").inputValue()).toBe("operator");
		await eventually(async () => expect(await focused(page)).toBe("role-operator-1"));
		expect(server.sent).toEqual([]);
	});

	test("the last admin's role stays, and the page says why", async () => {
		const { page, server } = await visit(busy(), "/people");
		const sentence = "This is the last admin; make somebody else admin first. Nothing changed.";
		server.grant = () => ({ status: 409, body: problem(409, "conflict", sentence) });
		await role(page, "admin-1").selectOption("viewer");
		await page.getByText("This is your own role: you can't take it back.").waitFor();
		await page.getByRole("button", { name: "Make viewer for admin-1" }).click();
		await page.locator("main").getByText(sentence).waitFor();
		expect(await role(page, "admin-1").inputValue()).toBe("admin");
		expect(await page.getByRole("button", { name: /^Make / }).count()).toBe(0);
		await page.locator("[aria-live=assertive]", { hasText: sentence }).waitFor({ state: "attached" });
		expect(await violations(page)).toEqual([]);
	});

	test("without an answer it says that the change may not have arrived, and sends nothing again", async () => {
		const { page } = await visit(busy(), "/people");
		let asked = 0;
		await page.route("**/api/v1/people/roles", async (route) => {
			asked++;
			await route.abort();
		});
		await role(page, "viewer-1").selectOption("admin");
		await page.getByRole("button", { name: "Make admin for viewer-1" }).click();
		await page.getByText("The change may not have arrived; the list shows what counts.").waitFor();
		expect(asked).toBe(1);
		await page.getByRole("button", { name: "Make admin for viewer-1" }).waitFor();
	});

	test("a guest who gets a role moves up, somebody who loses it moves to the guests; the focus follows", async () => {
		const { page } = await visit(busy(), "/people");
		await page.getByText("3 guests: public things only").click();
		await role(page, "guest-2").selectOption("viewer");
		await page.getByRole("button", { name: "Make viewer for guest-2" }).click();
		await table(page).getByText("guest-2", { exact: true }).waitFor();
		await eventually(async () => expect(await focused(page)).toBe("role-guest-2"));
		await page.getByText("2 guests: public things only").click();
		await role(page, "guest-2").selectOption("guest");
		await page.getByRole("button", { name: "Make guest for guest-2" }).click();
		await page.getByText("3 guests: public things only").waitFor();
		await eventually(async () => expect(await focused(page)).toBe("guests"));
	});

	test("somebody who is no admin sees everything, changes nothing and is told why", async () => {
		const session = { ...SESSION, person: OPERATOR };
		const { page } = await visit({ ...busy(), session }, "/people");
		await page
			.getByText("You are operator, so you can't change roles. An admin can: admin-1, admin-2.")
			.waitFor();
		await page.getByText("3 guests: public things only").click();
		expect(await page.getByRole("combobox").count()).toBe(0);
		expect(await table(page).locator("td:last-child").allTextContents()).toEqual([
			"admin",
			"admin",
			"operator",
			"viewer",
		]);
		expect(await violations(page)).toEqual([]);
	});

	test("whoever gives the own role away can give none afterwards", async () => {
		const { page, server } = await visit(busy(), "/people");
		const countAtOnce = (request: RoleRequest) => countRole(server, request);
		server.grant = (request) => {
			const answer = countAtOnce(request);
			server.world = {
				...server.world,
				session: { ...SESSION, person: { ...SESSION.person, role: "viewer" } },
			};
			return answer;
		};
		await role(page, "admin-1").selectOption("viewer");
		await page.getByRole("button", { name: "Make viewer for admin-1" }).click();
		await page.getByText("You are viewer, so you can't change roles. An admin can: admin-2.").waitFor();
		expect(await page.getByRole("combobox").count()).toBe(0);
	});

	test("nothing can be sent while the page is not live", async () => {
		const { page, server } = await visit(busy(), "/people");
		await role(page, "viewer-1").selectOption("operator");
		server.disconnect();
		await page.getByText("Not live: roles wait until the connection is back.").waitFor();
		expect(await page.getByRole("button", { name: "Make operator for viewer-1" }).isDisabled()).toBe(true);
	});

	test("by keyboard: g c opens the page, arrows choose, Tab and Enter confirm", async () => {
		const { page, server } = await visit(busy(), "/");
		await page.keyboard.press("g");
		await page.keyboard.press("c");
		await page.waitForURL("**/people");
		await page.locator("h1:focus").waitFor();
		await role(page, "viewer-1").focus();
		await page.keyboard.press("ArrowUp");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await eventually(() =>
			expect(server.sent.map(({ body }) => body)).toEqual([
				{ identity: "teams:8f2c6a1e-tenant:29:1a2b3c", role: "operator" },
			]),
		);
	});

	test("many guests are shown fifty at a time", async () => {
		const { page } = await visit({ ...busy(), people: knownPeople(1234) }, "/people");
		await page.getByText("1,234 guests: public things only").click();
		const rows = page.getByRole("table", { name: "Guests" }).locator("tbody tr");
		await eventually(async () => expect(await rows.count()).toBe(50));
		await page.getByRole("button", { name: "50 more of 1,184" }).click();
		await eventually(async () => expect(await rows.count()).toBe(100));
	});

	test.each([1440, 400])("a change being made, and hostile names, fit %d px and pass axe", async (width) => {
		const hostile = `<b>boss</b>\u202e${"x".repeat(200)}`;
		const people = [
			...knownPeople(),
			{ id: "P9", name: hostile, role: "viewer" as const, identities: [`slack:T01:${"U".repeat(200)}`] },
		];
		const { page } = await visit({ ...busy(), people }, "/people", { width });
		await page.locator("summary#guests").click();
		await page.locator("#role-P9").selectOption("admin");
		await page.getByRole("button", { name: "Keep viewer" }).waitFor();
		expect(await table(page).getByText(hostile, { exact: true }).count()).toBe(1);
		expect(await sticksOut(page)).toBe(0);
		expect(await violations(page)).toEqual([]);
		await page.emulateMedia({ colorScheme: "dark" });
		await page.locator("html[data-theme=dark]").waitFor();
		expect(await contrastViolations(page)).toEqual([]);
	});

	test.each([
		[1440, 1],
		[1100, 2],
		[400, 2],
	])(
		"at %d px ids as long as those of Teams take %d lines, broken after a colon alone",
		async (width, lines) => {
			const object = "0b000000-0000-4000-8000-000000000001";
			const identities = [
				"slack:T0123ABCD:UE3FBA16E3",
				`teams:8f2c6a1e-1111-4222-8333-444455556666:${object}`,
			];
			const people = [
				...knownPeople(),
				{ id: "P8", name: "UE3FBA16E3", role: "viewer" as const, identities },
				{ id: "P9", name: "zoe", role: "viewer" as const, identities },
			];
			const { page } = await visit({ ...busy(), people }, "/people", { width });
			const boxes = async (within: Locator) =>
				Promise.all(
					(await within.all()).map(async (part) => (await part.boundingBox()) ?? { y: 0, height: 0 }),
				);
			const parts = await boxes(table(page).locator("code").last().locator(".id-part"));
			expect(parts).toHaveLength(3);
			expect(new Set(parts.map(({ y }) => y)).size).toBe(lines);
			for (const { height } of await boxes(table(page).locator(".id-part, bdi"))) {
				expect(height).toBeGreaterThan(8);
				expect(height).toBeLessThan(26);
			}
			expect(await table(page).locator("code").last().textContent()).toBe(identities[1]);
			expect(await sticksOut(page)).toBe(0);
			expect(await violations(page)).toEqual([]);
		},
	);

	test("on a phone everything that is pressed is at least 44 px high while a role is changed", async () => {
		const { page } = await visit(busy(), "/people", { width: 400 });
		await page.locator("summary#guests").click();
		await role(page, "guest-1").selectOption("viewer");
		await page.getByRole("button", { name: "Keep guest" }).waitFor();
		expect(await smallTargets(page)).toEqual([]);
	});

	test("on a phone it is found under More", async () => {
		const { page } = await visit(busy(), "/more", { width: 400 });
		await page.locator("main").getByRole("link", { name: "People & access" }).click();
		await page.waitForURL("**/people");
		expect(await page.locator(".tab-bar [aria-current]").textContent()).toBe("More");
	});
});

describeWith("chromium", "people and access of the running product", () => {
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

	test("the last admin stays, a role that is given counts, and both are told as they are", async () => {
		const granted = await product.post("/api/v1/people/roles", { identity: "slack:T1:U1", role: "viewer" });
		expect(granted.status).toBe(200);
		const { page, complaints } = await openProduct(browser, product, "/people");
		await role(page, "admin-1").selectOption("guest");
		await page.getByRole("button", { name: "Make guest for admin-1" }).click();
		await page.locator("main").getByText("This is the last admin; make somebody else admin first.").waitFor();
		expect(await role(page, "admin-1").inputValue()).toBe("admin");
		await role(page, "U1").selectOption("operator");
		await page.getByRole("button", { name: "Make operator for U1" }).click();
		await page.getByRole("heading", { level: 1, name: "Two people may decide." }).waitFor();
		const people = await product.get<{ readonly items: readonly { readonly role: string }[] }>(
			"/api/v1/people",
		);
		expect(people.items.map((person) => person.role).toSorted()).toEqual(["admin", "operator"]);
		expect(complaints.filter((complaint) => !/\b40[19]\b/.test(complaint))).toEqual([]);
		expect(await violations(page)).toEqual([]);
	});
});
