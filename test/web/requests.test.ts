import { describeWith } from "../support/require-program.ts";
import { replaceInstance } from "./support/approvals.ts";
import { ADMIN } from "./support/people.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, calmWorld, troubledWorld, withApproval } from "./support/world.ts";

describeWith("chromium", "requests and problems in the console", () => {
	const visit = useVisits();

	test("a denied request stays with its result until one moves on, then the next is shown", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/approvals");
		server.decide = (approval) => {
			const at = new Date().toISOString();
			const denied = {
				...approval,
				status: "denied" as const,
				endedAt: at,
				outcome: "Nothing was changed.",
				decisions: [{ person: ADMIN, verdict: "deny" as const, at }],
			};
			server.world = withApproval(server.world, denied);
			return { status: 200, body: denied };
		};
		await page.getByRole("button", { name: "Deny" }).click();
		const article = page.getByRole("article");
		await article.getByText(/^admin-1 denied at/).waitFor();
		await page.getByRole("link", { name: "Replace instance i-0c41" }).waitFor();
		expect(await article.getByRole("heading", { level: 2 }).textContent()).toBe("Replace instance i-0c41");
		await article.getByText("Nothing was changed.").waitFor();
		await page.locator(".side").getByRole("link", { name: "Approvals" }).click();
		await page.locator("article h2", { hasText: "Restart checkout" }).waitFor();
	});

	test("an unknown outcome leads, is counted and stays on top until somebody says what happened", async () => {
		const lost = {
			...replaceInstance(Date.now()),
			id: "A-7",
			title: "Reboot orders-3",
			status: "unknown" as const,
			mayDecide: { allowed: false },
			mayResolve: true,
		};
		const calm = calmWorld(Date.now());
		const now = { ...calm.now, unknown: [lost], sentence: "Reboot orders-3 has an unknown outcome." };
		const { page } = await visit({ ...calm, now, approvals: [...calm.approvals, lost] }, "/");
		await page.getByRole("heading", { level: 1, name: "Reboot orders-3 has an unknown outcome." }).waitFor();
		await page.getByRole("button", { name: "It took effect" }).waitFor();
		const side = page.locator(".side");
		await side.locator(".waiting-count", { hasText: "1 waiting" }).waitFor();
		await side.getByRole("link", { name: "Approvals" }).click();
		await page
			.getByRole("heading", { level: 1, name: "One request has an unknown outcome. No decision waits." })
			.waitFor();
		const list = page.getByRole("region", { name: "Requests" });
		await list.getByRole("heading", { name: "Say what happened" }).waitFor();
		expect(await list.getByRole("link").first().textContent()).toBe("Reboot orders-3");
		await page.locator("article h2", { hasText: "Reboot orders-3" }).waitFor();
	});

	test("what waits for others is not said to wait for one, nor counted", async () => {
		const busy = busyWorld(Date.now());
		const others = busy.now.waiting.map((each) => ({ ...each, mayDecide: { allowed: false } }));
		const now = { ...busy.now, waiting: others };
		const { page } = await visit({ ...busy, now, approvals: others }, "/");
		await page.getByRole("heading", { name: "Waiting for others" }).waitFor();
		expect(await page.getByText("Waiting for you").count()).toBe(0);
		expect(await page.locator(".side .waiting-count").count()).toBe(0);
	});

	test("a change that nobody checked is not called verified", async () => {
		const done = { ...replaceInstance(Date.now()), status: "succeeded" as const, unchecked: true as const };
		const { page } = await visit(withApproval(busyWorld(Date.now()), done), "/approvals/A-309");
		await page.getByRole("article").getByText("Done, not checked").first().waitFor();
		expect(await page.getByRole("article").textContent()).not.toContain("Verified");
	});

	test("what was decided lately can be opened", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/approvals");
		await page.getByRole("link", { name: "Reboot edge-3" }).click();
		await page.waitForURL("**/approvals/A-305");
		await page.locator("article h2", { hasText: "Reboot edge-3" }).waitFor();
		expect(await page.getByRole("article").textContent()).toMatch(
			/Denied [^:]*:\d\d: Nothing was changed\.operator-1 denied at \d\d:\d\d/,
		);
	});

	test("a request without an incident says when it helped and what happens if not", async () => {
		const request = {
			...replaceInstance(Date.now()),
			helpedIf: "6 of 6 are healthy within 5 min",
			otherwise: "it is marked as failed",
			takes: "about 2 min",
		};
		const { page } = await visit(withApproval(busyWorld(Date.now()), request), "/approvals/A-309");
		await page.getByRole("article").waitFor();
		const words = await page.getByRole("article").textContent();
		expect(words).toContain("Helped if: 6 of 6 are healthy within 5 min");
		expect(words).toContain("If not: it is marked as failed");
		expect(words).toContain("about 2 min");
	});

	test("the card of the first page says before its buttons what was checked and what counts as help", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/");
		const line = "Helped if: memory is inside 190–260 MB for 15 s within 45 s · 3 of 3 checks passed";
		await eventually(async () => expect(await page.getByRole("article").textContent()).toContain(line));
	});

	test("a card does not say its plan's summary twice", async () => {
		const world = busyWorld(Date.now());
		const [restart] = world.approvals;
		const messages = world.messages.map((item) =>
			item.message.plan ? { ...item, message: { ...item.message, text: item.message.plan.summary } } : item,
		);
		const { page } = await visit({ ...world, messages }, "/ask");
		await page.getByText("3 of 3 checks passed").waitFor();
		expect(await page.getByText(restart?.summary ?? "").count()).toBe(1);
	});

	test("several problems are one line that opens, and a watch without data is quiet", async () => {
		const { page } = await visit(troubledWorld(Date.now()), "/");
		const more = page.getByText("and 2 more");
		await more.waitFor();
		const last = page.locator("main").getByText(/^Slack refused the token/);
		expect(await last.isVisible()).toBe(false);
		await more.click();
		expect(await last.isVisible()).toBe(true);
		const tile = page.locator(".tile", { hasText: "checkout errors" });
		expect(await tile.locator(".state.mute").textContent()).toBe("No data");
	});
});
