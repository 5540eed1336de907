import type { Page } from "playwright-core";
import type { ApprovalView } from "../../web/src/api/types.generated.ts";
import { describeWith } from "../support/require-program.ts";
import { contrastViolations, smallTargets, sticksOut, violations } from "./support/axe.ts";
import { type FixtureServer, keepReason } from "./support/fixture-server.ts";
import { SESSION } from "./support/people.ts";
import { problem } from "./support/reply.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, deniedByAdmin, type World, withApproval } from "./support/world.ts";

const INCIDENT = "/incidents/INC-142";
const opener = (page: Page) => page.getByRole("button", { name: "Add a reason" });
const field = (page: Page) => page.getByRole("textbox", { name: "Why you denied" });
const keep = (page: Page) => page.getByRole("button", { name: "Keep reason" });
const reasons = (server: FixtureServer) => server.sent.filter(({ path }) => path.endsWith("/reason"));

function worldWith(change: (restart: ApprovalView) => ApprovalView): World {
	const world = busyWorld(Date.now());
	const restart = world.approvals.find(({ id }) => id === "A-311");
	if (!restart) throw new Error("the fixture has no A-311");
	return withApproval(world, change(restart));
}

const denied = (change: Partial<ApprovalView> = {}) =>
	worldWith((restart) => ({ ...deniedByAdmin(restart, Date.now()), ...change }));

describeWith("chromium", "a reason after the decision", () => {
	const visit = useVisits();

	test("is offered after a denial of one press, sent once, and shown only when it is kept", async () => {
		const { page, server, complaints } = await visit(busyWorld(Date.now()), INCIDENT);
		server.decide = (approval) => {
			const body = deniedByAdmin(approval, Date.now());
			server.world = withApproval(server.world, body);
			return { status: 200, body };
		};
		let answer: () => void = () => undefined;
		const held = new Promise<void>((resolve) => {
			answer = resolve;
		});
		server.explain = async (approval, request) => {
			await held;
			return keepReason(server, approval, request);
		};
		await page.getByRole("button", { name: "Deny" }).click();
		await page.getByText("admin-1 denied at").waitFor();
		await opener(page).click();
		await field(page).fill("  A release is running.  ");
		await keep(page).click();
		await page.getByRole("button", { name: "Sending…" }).waitFor();
		expect(await page.locator(".decided", { hasText: "A release is running." }).count()).toBe(0);
		answer();
		await page.locator(".decided", { hasText: /admin-1 denied at .*: A release is running\.$/ }).waitFor();
		expect(await opener(page).count()).toBe(0);
		expect(await field(page).count()).toBe(0);
		expect(reasons(server)).toEqual([
			{
				path: "/api/v1/approvals/A-311/reason",
				body: { reason: "A release is running." },
				csrfToken: "token-of-this-session",
			},
		]);
		await eventually(async () => expect(await page.locator(".decided:focus").count()).toBe(1));
		expect(complaints).toEqual([]);
	});

	test("nothing is sent by leaving it out, by spaces alone, or beyond 500 characters", async () => {
		const { page, server } = await visit(denied(), INCIDENT);
		await opener(page).click();
		await field(page).fill("   ");
		expect(await keep(page).isDisabled()).toBe(true);
		await field(page).press("Enter");
		await page.getByRole("button", { name: "Leave it out" }).click();
		await eventually(async () =>
			expect(await opener(page).evaluate((it) => it.matches(":focus"))).toBe(true),
		);
		expect(reasons(server)).toEqual([]);
		await opener(page).click();
		await field(page).fill("");
		await page.keyboard.insertText("y".repeat(600));
		await keep(page).click();
		await eventually(() =>
			expect(reasons(server).map(({ body }) => body)).toEqual([{ reason: "y".repeat(500) }]),
		);
	});

	test("by keyboard: Enter opens it, Enter keeps it, Escape leaves it out and gives the focus back", async () => {
		const { page, server } = await visit(denied(), INCIDENT);
		await opener(page).focus();
		await page.keyboard.press("Enter");
		await page.locator("input:focus").waitFor();
		await page.keyboard.press("Escape");
		await eventually(async () =>
			expect(await opener(page).evaluate((it) => it.matches(":focus"))).toBe(true),
		);
		expect(reasons(server)).toEqual([]);
		await page.keyboard.press("Enter");
		await page.locator("input:focus").waitFor();
		await page.keyboard.type("A deploy ran.");
		await page.keyboard.press("Enter");
		await page.locator(".decided:focus", { hasText: "A deploy ran." }).waitFor();
		expect(reasons(server)).toHaveLength(1);
		await page
			.locator("[aria-live=polite]", { hasText: "Restart checkout: your reason is kept." })
			.waitFor({ state: "attached" });
	});

	test.each([
		[403, "forbidden", "Not kept: you decided nothing on this request. Nothing changed.", ""],
		[422, "invalid", "Write a reason of 1 to 500 characters.", ""],
		[503, "unavailable", "The store does not answer.", " The reason may not have been kept."],
	])(
		"an answer with %d is said, and what was written stays to be sent again",
		async (status, code, told, doubt) => {
			const { page, server } = await visit(denied(), INCIDENT);
			server.explain = () => ({ status, body: problem(status, code, told) });
			await opener(page).click();
			await field(page).fill("A deploy ran.");
			await keep(page).click();
			await page.locator(".reason-form .critical", { hasText: told }).waitFor();
			expect(await page.locator(".reason-form .critical").textContent()).toBe(`${told}${doubt}`);
			await page.locator("[aria-live=assertive]", { hasText: told }).waitFor({ state: "attached" });
			expect(await field(page).inputValue()).toBe("A deploy ran.");
			expect(await keep(page).isEnabled()).toBe(true);
			expect(await violations(page)).toEqual([]);
		},
	);

	test("nothing can be sent while the page is not live", async () => {
		const { page, server } = await visit(denied(), INCIDENT);
		await opener(page).click();
		await field(page).fill("A deploy ran.");
		server.disconnect();
		await page.getByText("Not live: the reason waits until the connection is back.").waitFor();
		expect(await keep(page).isDisabled()).toBe(true);
		await field(page).press("Enter");
		expect(reasons(server)).toEqual([]);
	});

	test("is offered after an approval too, while the request waits for another one", async () => {
		const world = worldWith((restart) => ({
			...restart,
			quorum: 3,
			approved: 2,
			mayDecide: { allowed: false, reason: "You have approved; others decide now." },
			decisions: [
				...restart.decisions,
				{ person: SESSION.person, verdict: "approve", at: new Date().toISOString() },
			],
		}));
		const { page, server } = await visit(world, "/approvals/A-311");
		await page.getByText("You have approved; others decide now.").waitFor();
		await opener(page).click();
		await page.getByRole("textbox", { name: "Why you approved" }).fill("It leaks.");
		await keep(page).click();
		await page.locator(".decided", { hasText: "admin-1 approved at" }).getByText("It leaks.").waitFor();
		expect(reasons(server)).toHaveLength(1);
	});

	test("is not offered for a decision of somebody else, nor where a reason was given", async () => {
		const decided = deniedByAdmin(busyWorld(Date.now()).approvals[0] as ApprovalView, Date.now());
		const given = decided.decisions.map((one) => ({ ...one, reason: "It is known." }));
		const { page } = await visit(denied({ decisions: given }), INCIDENT);
		await page.locator(".decided", { hasText: "admin-1 denied at" }).waitFor();
		expect(await opener(page).count()).toBe(0);
		const others = await visit(denied({ decisions: decided.decisions.slice(0, 1) }), INCIDENT);
		await others.page.locator(".decided", { hasText: "operator-1 approved at" }).waitFor();
		expect(await opener(others.page).count()).toBe(0);
	});

	test.each([1440, 400])(
		"the field and a hostile reason fit %d px and pass axe in both themes",
		async (width) => {
			const hostile = `<b>boss</b>\u202e${"x".repeat(300)}`;
			const world = worldWith((restart) => {
				const after = deniedByAdmin(restart, Date.now());
				return {
					...after,
					decisions: after.decisions.map((one, index) => (index === 0 ? { ...one, reason: hostile } : one)),
				};
			});
			const { page } = await visit(world, INCIDENT, { width });
			expect(await violations(page)).toEqual([]);
			expect(width === 400 ? await smallTargets(page) : []).toEqual([]);
			await opener(page).click();
			await field(page).fill("A deploy ran.");
			expect(await page.getByText(hostile, { exact: true }).count()).toBe(1);
			expect(await sticksOut(page)).toBe(0);
			expect(await violations(page)).toEqual([]);
			expect(width === 400 ? await smallTargets(page) : []).toEqual([]);
			await page.emulateMedia({ colorScheme: "dark" });
			await page.locator("html[data-theme=dark]").waitFor();
			expect(await contrastViolations(page)).toEqual([]);
		},
	);
});
