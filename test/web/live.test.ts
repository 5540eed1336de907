import { describeWith } from "../support/require-program.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, calmWorld, firstRunWorld } from "./support/world.ts";

describeWith("chromium", "live updates of the console", () => {
	const visit = useVisits();

	test("a new incident appears without a reload", async () => {
		const { page, server } = await visit(calmWorld(Date.now()), "/");
		await page.getByRole("heading", { name: "Nothing needs you." }).waitFor();
		server.world = busyWorld(Date.now());
		server.announce({ kind: "incident", id: "INC-142" });
		await page.getByRole("button", { name: "Approve restart" }).waitFor();
		expect(await page.locator("h1").textContent()).toBe("checkout needs a decision before 02:58.");
	});

	test("the tab says how many decisions wait", async () => {
		const { page, server } = await visit(calmWorld(Date.now()), "/");
		await eventually(async () => expect(await page.title()).toBe("Now · SmartCloudOps AI"));
		server.world = busyWorld(Date.now());
		server.announce({ kind: "approval", id: "A-311" });
		await eventually(async () => expect(await page.title()).toBe("(2) Now · SmartCloudOps AI"));
	});

	test("a lost connection is said, decisions wait, and both end when it is back", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/incidents/INC-142");
		const approve = page.getByRole("button", { name: "Approve restart" });
		await eventually(async () => expect(await approve.isEnabled()).toBe(true));
		server.disconnect();
		await page.getByText(/^Not live since \d\d:\d\d, trying again$/).waitFor();
		expect(await approve.isDisabled()).toBe(true);
		await page.getByText("Not live: decisions wait until the connection is back.").waitFor();
		server.reconnect();
		await page.getByText(/^Not live since/).waitFor({ state: "detached" });
		expect(await approve.isEnabled()).toBe(true);
	});

	test("what changed while the connection was lost is read when it is back", async () => {
		const { page, server } = await visit(calmWorld(Date.now()), "/incidents");
		server.disconnect();
		await page.getByText(/^Not live since/).waitFor();
		server.world = busyWorld(Date.now());
		server.reconnect();
		await eventually(async () =>
			expect(await page.locator("h1").textContent()).toBe("One incident is open."),
		);
	});

	test("a message is edited in place", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/ask");
		await page.getByText("probably not").waitFor();
		server.world = {
			...server.world,
			messages: server.world.messages.map((item) =>
				item.id === "m3"
					? {
							...item,
							message: {
								...item.message,
								title: "checkout: back to normal after: restart checkout",
								state: { kind: "resolved", text: "Resolved" },
							},
						}
					: item,
			),
		};
		server.announce({ kind: "message", id: "m3" });
		await page.getByRole("heading", { name: "checkout: back to normal after" }).waitFor();
		expect(await page.getByRole("article", { name: "Incident INC-142" }).count()).toBe(1);
	});

	test("the picture of a chart is read again when the chart has changed, and stays until the next is there", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/incidents/INC-142");
		const picture = page.locator("figure.chart img");
		const before = await picture.getAttribute("src");
		server.world = busyWorld(Date.now() + 600_000);
		server.announce({ kind: "incident", id: "INC-142" });
		await eventually(async () => {
			const after = await picture.getAttribute("src");
			expect(after).toMatch(/^data:image\/svg/);
			expect(after).not.toBe(before);
		});
	});

	test("problems of the installation are said on the first page", async () => {
		const world = calmWorld(Date.now());
		const problem = "Prometheus has not answered since 02:31; questions and scoring wait for it.";
		const { page } = await visit({ ...world, status: { ...world.status, problems: [problem] } }, "/");
		await page.getByRole("link", { name: "1 problem" }).waitFor();
		expect(await page.locator("main").getByText(problem).count()).toBe(1);
	});

	test("the first run shows progress, and breaks the sample when learning is done", async () => {
		const { page, server } = await visit(firstRunWorld(Date.now()), "/");
		await page.getByRole("progressbar", { name: "Learning host CPU" }).waitFor();
		const breakIt = page.getByRole("button", { name: "Break it" });
		expect(await breakIt.isDisabled()).toBe(true);
		const { now } = server.world;
		if (!now.firstRun) throw new Error("the fixture is not a first run");
		const firstRun = { ...now.firstRun, learningProgress: 1, breakable: true };
		server.world = { ...calmWorld(Date.now()), now: { ...now, firstRun } };
		server.announce({ kind: "watch", id: "host CPU" });
		await eventually(async () => expect(await breakIt.isEnabled()).toBe(true));
		await breakIt.click();
		await eventually(() =>
			expect(server.sent).toEqual([
				{
					path: "/api/v1/commands",
					body: { text: "demo break checkout leak" },
					csrfToken: "token-of-this-session",
				},
			]),
		);
	});
});
