import { describeWith } from "../support/require-program.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, signedOutWorld } from "./support/world.ts";

describeWith("chromium", "signing in", () => {
	const visit = useVisits();

	test("without a session every page leads to sign-in and, after it, back", async () => {
		const { page } = await visit(signedOutWorld(Date.now()), "/incidents/INC-142?minutes=60");
		await page.waitForURL("**/sign-in?next=*");
		await page.getByLabel("Admin key, or the code of the link").fill("right-code");
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.waitForURL("**/incidents/INC-142?minutes=60");
		await eventually(async () =>
			expect(await page.locator("h1").textContent()).toMatch(/memory is over three times/),
		);
	});

	test("the code of a link is sent by itself, once", async () => {
		const { page, server } = await visit(signedOutWorld(Date.now()), "/sign-in?code=right-code");
		await page.getByRole("heading", { name: /checkout needs a decision/ }).waitFor();
		expect(new URL(page.url()).pathname).toBe("/");
		expect(server.sent.map(({ body }) => body)).toEqual([{ code: "right-code" }]);
	});

	test("a code that does not work is said, with what to do", async () => {
		const { page } = await visit(signedOutWorld(Date.now()), "/sign-in?code=used-code");
		await page.getByRole("alert").getByText("This code is not valid; use a new one.").waitFor();
		expect(await page.getByText("npm run sign-in").isVisible()).toBe(true);
	});

	test("nothing in the address leads to another host", async () => {
		const { page, server } = await visit(
			signedOutWorld(Date.now()),
			"/sign-in?next=//evil.example/&code=right-code",
		);
		await page.getByRole("heading", { name: /checkout needs a decision/ }).waitFor();
		expect(page.url()).toBe(`${server.url}/`);
	});

	test("a session that ends while a page is open leads to sign-in", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/audit");
		server.world = { ...server.world, session: undefined };
		server.announce({ kind: "approval", id: "A-311" });
		await eventually(() => expect(page.url()).toBe(`${server.url}/sign-in?next=%2Faudit`));
	});

	test("signing out ends the session", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/");
		await page.getByRole("button", { name: "Sign out" }).click();
		await page.getByRole("heading", { name: "Sign in" }).waitFor();
		await eventually(() => expect(server.world.session).toBeUndefined());
	});
});
