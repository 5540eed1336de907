import { describeWith } from "../support/require-program.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld } from "./support/world.ts";

describeWith("chromium", "asking in the console", () => {
	const visit = useVisits();

	test("what is typed is sent with the session's token, and the field is empty again", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/ask");
		await page.locator("#composer").fill("  /status  ");
		await page.keyboard.press("Enter");
		await eventually(() =>
			expect(server.sent).toEqual([
				{ path: "/api/v1/console/messages", body: { text: "/status" }, csrfToken: "token-of-this-session" },
			]),
		);
		expect(await page.locator("#composer").inputValue()).toBe("");
	});

	test("an empty question is not sent", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/ask");
		await page.locator("#composer").fill("   ");
		await page.getByRole("button", { name: "Send" }).click();
		expect(server.sent).toEqual([]);
	});

	test("a suggestion is one press away", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/ask");
		await page.getByRole("button", { name: "has this happened before?" }).click();
		await eventually(() =>
			expect(server.sent.map(({ body }) => body)).toEqual([{ text: "has this happened before?" }]),
		);
	});

	test("the newest message is in view when the page opens", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/ask");
		const answer = page.getByText("More tasks would not help");
		await eventually(async () => {
			const box = await answer.boundingBox();
			expect(box?.y ?? Number.NaN).toBeGreaterThan(0);
			expect(box?.y ?? Number.NaN).toBeLessThan(900);
		});
	});

	test("something new does not move the page of somebody who reads older messages", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/ask", { height: 500 });
		await page.mouse.wheel(0, -5000);
		await eventually(async () =>
			expect(await page.locator("html").evaluate((html) => html.scrollTop)).toBe(0),
		);
		const [newest] = server.world.messages;
		if (!newest) throw new Error("the fixture has no message");
		const added = { ...newest, id: "m6", createdAt: new Date(Date.now() + 1000).toISOString() };
		server.world = { ...server.world, messages: [added, ...server.world.messages] };
		server.announce({ kind: "message", id: "m6" });
		await page.getByRole("button", { name: "New below" }).waitFor();
		expect(await page.locator("html").evaluate((html) => html.scrollTop)).toBe(0);
		await page.getByRole("button", { name: "New below" }).click();
		await eventually(async () =>
			expect(await page.locator("html").evaluate((html) => html.scrollTop)).toBeGreaterThan(100),
		);
	});

	test("markup in a message is shown as text", async () => {
		const world = busyWorld(Date.now());
		const hostile = "<img src=x onerror=alert(1)> <b>bold</b> [link](javascript:alert(1)) **real**";
		const messages = world.messages.map((item) =>
			item.id === "m5" ? { ...item, message: { ...item.message, text: hostile } } : item,
		);
		const { page, complaints } = await visit({ ...world, messages }, "/ask");
		await page.getByText("<img src=x onerror=alert(1)>").waitFor();
		expect(await page.locator('img[src="x"]').count()).toBe(0);
		expect(await page.locator(".said b", { hasText: "real" }).count()).toBe(1);
		expect(complaints).toEqual([]);
	});

	test("a chart can be read as a table", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/ask");
		await page.getByText("Show as table").first().click();
		await page.getByRole("columnheader", { name: "checkout, MB" }).waitFor();
		expect(await page.getByRole("cell", { name: "190–260" }).count()).toBeGreaterThan(10);
	});
});
