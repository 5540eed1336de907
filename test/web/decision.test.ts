import type { Page } from "playwright-core";
import type { ApprovalView } from "../../web/src/api/types.generated.ts";
import { describeWith } from "../support/require-program.ts";
import type { FixtureServer } from "./support/fixture-server.ts";
import { problem } from "./support/reply.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { approvedByAdmin, busyWorld, withApproval } from "./support/world.ts";

const INCIDENT = "/incidents/INC-142";
const approve = (page: Page) => page.getByRole("button", { name: "Approve restart" });
const deny = (page: Page) => page.getByRole("button", { name: "Deny" });
const decisions = (server: FixtureServer) => server.sent.filter(({ path }) => path.endsWith("/decision"));

function restartOf(server: FixtureServer): ApprovalView {
	const approval = server.world.approvals.find(({ id }) => id === "A-311");
	if (!approval) throw new Error("the fixture has no A-311");
	return approval;
}

describeWith("chromium", "deciding in the console", () => {
	const visit = useVisits();

	test("Approve is sent once with the session's token, and shows a result only when the server has one", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), INCIDENT);
		let answer: () => void = () => undefined;
		const held = new Promise<void>((resolve) => {
			answer = resolve;
		});
		server.decide = async (approval) => {
			await held;
			const decided = approvedByAdmin(approval, Date.now());
			server.world = withApproval(server.world, decided);
			return { status: 200, body: decided };
		};
		await approve(page).click();
		await page.getByRole("button", { name: "Sending…" }).waitFor();
		expect(await page.getByRole("button", { name: "Sending…" }).isDisabled()).toBe(true);
		expect(await deny(page).isDisabled()).toBe(true);
		expect(await page.getByText("admin-1 approved").count()).toBe(0);
		answer();
		await page.getByText("admin-1 approved at").waitFor();
		expect(await approve(page).count()).toBe(0);
		expect(decisions(server)).toEqual([
			{
				path: "/api/v1/approvals/A-311/decision",
				body: { verdict: "approve" },
				csrfToken: "token-of-this-session",
			},
		]);
	});

	test("Deny takes one press and no reason", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), INCIDENT);
		await deny(page).click();
		await eventually(() => expect(decisions(server).map(({ body }) => body)).toEqual([{ verdict: "deny" }]));
	});

	test.each([
		[403, "forbidden", "Your role may not approve this. Nothing changed."],
		[409, "conflict", "This request is already denied. operator-1 decided first."],
		[410, "gone", "This request has expired; ask again for a new plan."],
	])("a refusal with %d stands in the place of the buttons", async (status, code, sentence) => {
		const { page, server } = await visit(busyWorld(Date.now()), INCIDENT);
		server.decide = () => ({ status, body: problem(status, code, sentence) });
		await approve(page).click();
		await page.locator(".note", { hasText: sentence }).waitFor();
		expect(await approve(page).count()).toBe(0);
		expect(await deny(page).count()).toBe(0);
	});

	test("a decision without an answer says so and can be made again", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), INCIDENT);
		server.decide = () => ({ status: 503, body: problem(503, "unavailable", "The store does not answer.") });
		await approve(page).click();
		await page.getByText("The store does not answer. The decision may not have arrived.").waitFor();
		expect(await approve(page).isEnabled()).toBe(true);
	});

	test("a decision by somebody else replaces the buttons without a reload and without moving the focus", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), INCIDENT);
		await page.getByRole("button", { name: "6 h" }).focus();
		const decided = { ...approvedByAdmin(restartOf(server), Date.now()), status: "denied" } as const;
		server.world = withApproval(server.world, decided);
		server.announce({ kind: "approval", id: "A-311" });
		await page.getByText("operator-1 approved at").waitFor();
		expect(await approve(page).count()).toBe(0);
		expect(await page.locator(":focus").textContent()).toBe("6 h");
	});

	test("those who may not decide read why instead of buttons", async () => {
		const world = busyWorld(Date.now());
		const [restart] = world.approvals;
		if (!restart) throw new Error("the fixture has no approval");
		const refused = {
			...restart,
			mayDecide: { allowed: false, reason: "You asked for it; another person decides." },
		};
		const { page } = await visit(withApproval(world, refused), INCIDENT);
		await page.getByText("You asked for it; another person decides.").waitFor();
		expect(await approve(page).count()).toBe(0);
	});

	test("an expiry is counted in seconds under one minute, and at zero the buttons go away", async () => {
		const world = busyWorld(Date.now());
		const [restart] = world.approvals;
		if (!restart) throw new Error("the fixture has no approval");
		const soon = { ...restart, expiresAt: new Date(Date.now() + 10_000).toISOString() };
		const { page, server } = await visit(withApproval(world, soon), INCIDENT);
		await page.getByText(/, in \d+ s/).waitFor();
		await page.getByText(/The request expired at/).waitFor({ timeout: 15_000 });
		expect(await approve(page).count()).toBe(0);
		expect(decisions(server)).toEqual([]);
	}, 40_000);

	test("a high risk asks for the target's name and a reason before Approve can be pressed", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/approvals/A-309");
		const press = page.getByRole("button", { name: "Approve replace" });
		expect(await press.isDisabled()).toBe(true);
		await page.getByLabel("Type i-0c41 to approve").fill("i-0c4");
		await page.getByLabel("Reason").fill("It fails its health checks.");
		expect(await press.isDisabled()).toBe(true);
		await page.getByLabel("Type i-0c41 to approve").fill("i-0c41");
		await press.click();
		await eventually(() =>
			expect(decisions(server).map(({ body }) => body)).toEqual([
				{ verdict: "approve", reason: "It fails its health checks.", confirmation: "i-0c41" },
			]),
		);
	});

	test("by key, a decision takes two presses", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), INCIDENT);
		await approve(page).waitFor();
		await page.keyboard.press("a");
		await page.getByRole("button", { name: "Press A again" }).waitFor();
		expect(decisions(server)).toEqual([]);
		await page.keyboard.press("a");
		await eventually(() => expect(decisions(server)).toHaveLength(1));
	});

	test("a key for another verdict does not confirm the first one", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), INCIDENT);
		await approve(page).waitFor();
		await page.keyboard.press("a");
		await page.keyboard.press("d");
		await page.getByRole("button", { name: "Press D again" }).waitFor();
		expect(decisions(server)).toEqual([]);
	});

	test("by key, a high risk is never approved: the field that must be typed into gets the focus", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/approvals/A-309");
		await page.getByRole("button", { name: "Deny" }).waitFor();
		await page.keyboard.press("A");
		await page.keyboard.press("A");
		expect(await page.getByLabel("Type i-0c41 to approve").inputValue()).toBe("A");
		expect(decisions(server)).toEqual([]);
	});

	test("on a phone the buttons stay in view above the tab bar", async () => {
		const { page } = await visit(busyWorld(Date.now()), INCIDENT, { width: 400, height: 860 });
		const button = await approve(page).boundingBox();
		const tabs = await page.locator(".tab-bar").boundingBox();
		expect(button).not.toBeNull();
		expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(tabs?.y ?? 0);
		expect(tabs?.y ?? 0).toBeLessThan(860);
	});

	test("on a phone a high risk has its bar above the tabs too, and what must be typed opens from it", async () => {
		const size = { width: 400, height: 860 };
		const { page, server } = await visit(busyWorld(Date.now()), "/approvals/A-309", size);
		const opens = page.getByRole("button", { name: "Approve replace…" });
		const bar = await opens.boundingBox();
		const tabs = await page.locator(".tab-bar").boundingBox();
		expect((bar?.y ?? 860) + (bar?.height ?? 0)).toBeLessThanOrEqual(tabs?.y ?? 0);
		expect(await page.getByLabel("Type i-0c41 to approve").isVisible()).toBe(false);
		await opens.click();
		const word = page.getByLabel("Type i-0c41 to approve");
		expect(await word.and(page.locator(":focus")).count()).toBe(1);
		const press = page.getByRole("button", { name: "Approve replace" });
		expect(await press.isDisabled()).toBe(true);
		await word.fill("i-0c41");
		await page.getByLabel("Reason").fill("It fails its health checks.");
		const typed = await press.boundingBox();
		expect((typed?.y ?? 860) + (typed?.height ?? 0)).toBeLessThanOrEqual(tabs?.y ?? 0);
		await press.click();
		await eventually(() => expect(server.sent).toHaveLength(1));
	});
});
