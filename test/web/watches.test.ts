import { describeWith } from "../support/require-program.ts";
import { OPERATOR, SESSION } from "./support/people.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, type World } from "./support/world.ts";

const WATCH = "/watches/checkout%20memory";
const API = "/api/v1/watches/checkout%20memory";
const as = (role: "viewer" | "operator"): World => ({
	...busyWorld(Date.now()),
	session: { ...SESSION, person: { ...OPERATOR, role } },
});

describeWith("chromium", "the pages of watches", () => {
	const visit = useVisits();

	test("the list says what is outside, muted, tuned and removed, and leads to each watch", async () => {
		const world = busyWorld(Date.now());
		const by = { by: "operator-1", at: new Date().toISOString() };
		world.watches = world.watches.map((watch) =>
			watch.name === "host disk"
				? { ...watch, sensitivity: "low", tuned: { ...by, from: "normal" }, muted: by }
				: watch,
		);
		const { page, complaints } = await visit(world, "/watches");
		await page.getByRole("heading", { name: "One watch is abnormal." }).waitFor();
		const rows = page.getByRole("region", { name: "Watches" }).getByRole("listitem");
		expect(await rows.first().textContent()).toContain("checkout memory");
		const disk = await rows.filter({ hasText: "host disk" }).textContent();
		expect(disk).toContain("Muted by operator-1 · Low instead of normal, by operator-1");
		await page.getByRole("link", { name: "checkout memory" }).click();
		await page.getByRole("heading", { name: "checkout memory", level: 1 }).waitFor();
		expect(page.url()).toContain(WATCH);
		expect(complaints).toEqual([]);
	});

	test("a watch shows its replay as chart and table, and what the other settings would have done", async () => {
		const { page, server, complaints } = await visit(as("viewer"), WATCH);
		const picture = page.getByRole("region", { name: "Replayed" }).getByRole("img");
		await picture.waitFor();
		expect(await picture.getAttribute("alt")).toMatch(/^Memory of checkout, .* reported would have been/);
		const findings = page.getByRole("region", { name: "What would have been reported" }).getByRole("row");
		expect(await findings.count()).toBe(4);
		expect(await findings.nth(1).textContent()).toMatch(/High.*checkout: 7\d\d\sMB, expected/);
		await page.getByRole("button", { name: "High", exact: true }).click();
		await page.getByText(/^High would have reported/).waitFor();
		await page.getByText("An operator can turn it.").waitFor();
		await page.getByRole("button", { name: "1 day" }).click();
		await eventually(async () => expect(await findings.count()).toBe(2));
		expect(server.sent.filter(({ path }) => path === "/api/v1/backtests").map(({ body }) => body)).toEqual([
			{ watch: "checkout memory", days: 7 },
			{ watch: "checkout memory", days: 1 },
		]);
		expect(complaints).toEqual([]);
	});

	test("a watch names its detector, and its four numbers stand in one row", async () => {
		const { page } = await visit(as("viewer"), WATCH);
		await page.getByText("stream, the default").waitFor();
		const numbers = page.getByRole("region", { name: "Replayed" }).locator(".facts > div");
		await numbers.nth(3).waitFor();
		const tops = await numbers.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
		expect(tops).toHaveLength(4);
		expect(new Set(tops).size).toBe(1);
	});

	test.each([
		["/watches/nosuch", "All watches", "/watches"],
		["/incidents/INC-404", "All incidents", "/incidents"],
	])("%s, which is not there, leads back", async (path, label, href) => {
		const { page } = await visit(busyWorld(Date.now()), path);
		await page.getByRole("link", { name: label }).click();
		await eventually(() => expect(new URL(page.url()).pathname).toBe(href));
	});

	test.each([
		["/ask", "**/api/v1/console/messages*", "Reading the messages…"],
		["/incidents/INC-7", "**/api/v1/incidents/*", "Reading the incident…"],
		[WATCH, `**${API}`, "Reading the watch…"],
	])("%s says that it is being read where that takes long", async (path, address, sentence) => {
		const { page, server } = await visit(busyWorld(Date.now()), "/doctor");
		let held: (() => void) | undefined;
		await page.route(address, (route) => {
			held = () => void route.continue();
		});
		await page.goto(server.url + path);
		await page.getByText(sentence).waitFor();
		held?.();
		await eventually(async () => expect(await page.getByText(sentence).count()).toBe(0));
	});

	test("an operator turns the knob and mutes; the page shows it once the server has it", async () => {
		const { page, server } = await visit(as("operator"), WATCH);
		await page.getByRole("button", { name: "Low", exact: true }).click();
		await page.getByRole("button", { name: "Turn to low" }).click();
		await page.getByText("Turned from normal by operator-1").waitFor();
		expect(await page.getByRole("button", { name: "Turn to low" }).count()).toBe(0);
		await page.getByRole("button", { name: "Mute for 1 h" }).click();
		await page.getByText(/^Muted until (?:\w+ )?\d\d:\d\d by operator-1\. It is scored/).waitFor();
		await page.getByRole("button", { name: "End the mute" }).click();
		await page.getByText("Scoring goes on; nothing is reported.").waitFor();
		expect(
			server.sent.filter(({ path }) => path.startsWith(API)).map(({ path, body }) => [path, body]),
		).toEqual([
			[`${API}/sensitivity`, { sensitivity: "low" }],
			[`${API}/mute`, { minutes: 60 }],
			[`${API}/unmute`, undefined],
		]);
	});

	test("g w leads to the watches", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/");
		await page.keyboard.press("g");
		await page.keyboard.press("w");
		await page.getByRole("heading", { name: "One watch is abnormal." }).waitFor();
		expect(page.url()).toMatch(/\/watches$/);
	});
});
