import type { HoldsView } from "../../web/src/api/types.generated.ts";
import { describeWith } from "../support/require-program.ts";
import { contrastViolations, smallTargets, sticksOut, violations } from "./support/axe.ts";
import { SESSION } from "./support/people.ts";
import { problem } from "./support/reply.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, type World } from "./support/world.ts";

const NONE: HoldsView = { freezes: [], maintenance: [], next: [] };
const FROZEN: HoldsView["freezes"][number] = {
	id: "F-7",
	covers: "production",
	by: "operator-1",
	since: "2026-11-20T13:20:00.000Z",
	text: "Changes are frozen for production by operator-1 since 14:20, until it is lifted (F-7).",
};
const asOperator = (world: World): World => ({
	...world,
	session: { ...SESSION, person: { ...SESSION.person, role: "operator" } },
});
const asViewer = (world: World): World => ({
	...world,
	session: { ...SESSION, person: { ...SESSION.person, role: "viewer" } },
});

describeWith("chromium", "freezes in the console", () => {
	const visit = useVisits();

	test("one press freezes everything; the bar is on every page, and why is asked afterwards", async () => {
		const { page, server } = await visit(asOperator(busyWorld(Date.now())), "/");
		expect(await page.getByText("Changes allowed").count()).toBe(1);
		server.freeze = () => {
			const freeze = {
				...FROZEN,
				covers: "every target",
				text: "Changes are frozen for every target by operator-1 (F-7).",
			};
			server.world = { ...server.world, holds: { ...NONE, freezes: [freeze] } };
			return { status: 200, body: { freeze, underway: [] } };
		};
		await page.getByRole("button", { name: "Freeze everything" }).click();
		const bar = page.getByRole("status").filter({ hasText: "frozen for every target" });
		await bar.waitFor();
		expect(server.sent.map(({ path, body }) => [path, body])).toEqual([["/api/v1/freezes", {}]]);
		expect(await page.getByText("Frozen: every target").count()).toBe(1);
		expect(await page.getByRole("button", { name: "Freeze everything" }).count()).toBe(0);
		await bar.getByRole("button", { name: "Say why" }).click();
		await page.getByLabel("Why every target is frozen").fill("release 42");
		await page.getByRole("button", { name: "Keep reason" }).click();
		await eventually(() =>
			expect(server.sent.at(-1)).toMatchObject({
				path: "/api/v1/freezes/F-7/reason",
				body: { reason: "release 42" },
				csrfToken: "token-of-this-session",
			}),
		);
		await page.getByRole("link", { name: "Audit" }).first().click();
		await bar.waitFor();
	});

	test("a press that does not arrive freezes nothing and says so", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/");
		server.freeze = () => ({ status: 503, body: problem(503, "unavailable", "The store does not answer.") });
		await page.getByRole("button", { name: "Freeze everything" }).click();
		await page.locator(".side-foot").getByText("Nothing is frozen. The store does not answer.").waitFor();
		expect(await page.getByRole("button", { name: "Freeze everything" }).isEnabled()).toBe(true);
		expect(await page.getByText("Changes allowed").count()).toBe(1);
	});

	test("lifting is an admin's, with a reason; who was first is told in its place", async () => {
		const holds = { ...NONE, freezes: [FROZEN] };
		const operator = await visit(asOperator({ ...busyWorld(Date.now()), holds }), "/");
		expect(await operator.page.getByRole("button", { name: "Lift F-7" }).count()).toBe(0);
		const { page, server } = await visit({ ...busyWorld(Date.now()), holds }, "/");
		await page.getByRole("button", { name: "Lift F-7" }).click();
		const lift = page.getByRole("button", { name: "Lift F-7" });
		expect(await lift.isDisabled()).toBe(true);
		await page.getByLabel("Why production can be changed again").fill("it is out");
		const sentence = "Not lifted: admin-2 lifted F-7 at 14:31. Nothing changed.";
		server.explainFreeze = () => ({ status: 409, body: problem(409, "conflict", sentence) });
		await lift.click();
		await page.locator("form").getByText(sentence).waitFor();
		server.explainFreeze = () => {
			server.world = { ...server.world, holds: NONE };
			return { status: 200, body: NONE };
		};
		await lift.click();
		await page.getByText("Changes are frozen").waitFor({ state: "detached" });
		expect(server.sent.at(-1)).toMatchObject({
			path: "/api/v1/freezes/F-7/lift",
			body: { reason: "it is out" },
		});
	});

	test("who may only look has nothing to press, and sees what is frozen and under maintenance", async () => {
		const maintenance = [
			{
				name: "database-night",
				covers: "db-*",
				startsAt: new Date(Date.now() - 60_000).toISOString(),
				endsAt: new Date(Date.now() + 3_600_000).toISOString(),
			},
		];
		const world = asViewer({ ...busyWorld(Date.now()), holds: { ...NONE, freezes: [FROZEN], maintenance } });
		const { page } = await visit(world, "/approvals");
		await page
			.getByText("Maintenance database-night: nothing is changed and nobody is told of db-* until")
			.waitFor();
		for (const name of ["Freeze everything", "Say why", "Lift F-7"])
			expect(await page.getByRole("button", { name }).count()).toBe(0);
	});

	test.each([1440, 400])("at %d px it passes axe in both themes and does not stick out", async (width) => {
		const holds = { ...NONE, freezes: [FROZEN, { ...FROZEN, id: "F-8", reason: "release 42" }] };
		const { page } = await visit({ ...busyWorld(Date.now()), holds }, "/approvals", { width });
		await page.getByRole("button", { name: "Lift F-7" }).click();
		expect(await violations(page)).toEqual([]);
		expect(width === 400 ? await smallTargets(page) : []).toEqual([]);
		await page.emulateMedia({ colorScheme: "dark" });
		await page.locator("html[data-theme=dark]").waitFor();
		expect(await contrastViolations(page)).toEqual([]);
		expect(await sticksOut(page)).toBe(0);
	});
});

describeWith("chromium", "a request beside its decision", () => {
	const visit = useVisits();
	const withRequest = (change: object, world = busyWorld(Date.now())): World => ({
		...world,
		approvals: world.approvals.map((one) => (one.id === "A-311" ? { ...one, ...change } : one)),
	});

	test("while it is held it can't be approved, by button or key, but denied", async () => {
		const held = "Changes are frozen for local by operator-2 since 14:20, until it is lifted (F-7).";
		const { page, server } = await visit(withRequest({ held }), "/approvals/A-311");
		await page.locator(".note", { hasText: held }).waitFor();
		expect(await page.getByRole("button", { name: "Approve restart" }).isDisabled()).toBe(true);
		await page.keyboard.press("a");
		await page.keyboard.press("a");
		await page.getByRole("button", { name: "Deny" }).click();
		await eventually(() => expect(server.sent.map(({ body }) => body)).toEqual([{ verdict: "deny" }]));
	});

	test("what was typed goes to the server, which judges it", async () => {
		const { page, server } = await visit(busyWorld(Date.now()), "/approvals/A-309");
		await page.getByLabel("Type i-0c41 to approve").fill("i-0c41");
		await page.getByLabel("Reason").fill("it fails its checks");
		await page.getByRole("button", { name: "Approve replace" }).click();
		await eventually(() =>
			expect(server.sent.at(-1)?.body).toEqual({
				verdict: "approve",
				reason: "it fails its checks",
				confirmation: "i-0c41",
			}),
		);
	});

	test("who asked takes it back with one press; too late, they are told who was first", async () => {
		const { page, server } = await visit(withRequest({ mayCancel: true }), "/approvals/A-311");
		const sentence =
			"Not cancelled: This request is already being carried out. ben decided it at 14:31. Nothing changed.";
		server.cancel = () => ({ status: 409, body: problem(409, "conflict", sentence) });
		await page.getByRole("button", { name: "Cancel request" }).click();
		await page.locator("article").getByText(sentence).waitFor();
		server.cancel = (approval) => {
			const cancelled = {
				...approval,
				status: "cancelled" as const,
				mayCancel: false,
				outcome: "Cancelled by operator-1; nothing was changed.",
			};
			server.world = withRequest(cancelled);
			return { status: 200, body: cancelled };
		};
		await page.getByRole("button", { name: "Cancel request" }).click();
		await page.getByText("Cancelled by operator-1; nothing was changed.").first().waitFor();
		expect(server.sent.at(-1)).toMatchObject({ path: "/api/v1/approvals/A-311/cancel", body: {} });
		const plain = await visit(busyWorld(Date.now()), "/approvals/A-311");
		expect(await plain.page.getByRole("button", { name: "Cancel request" }).count()).toBe(0);
	});

	test("of an unknown outcome a person says what happened, with what they saw", async () => {
		const unknown = {
			status: "unknown",
			mayResolve: true,
			outcome: "It was sent at most once and its outcome can't be read.",
		};
		const { page, server } = await visit(withRequest(unknown), "/approvals/A-311");
		await page.getByRole("button", { name: "It did not take effect" }).click();
		const say = page.getByRole("button", { name: "Say: it did not take effect" });
		expect(await say.isDisabled()).toBe(true);
		await page.getByLabel("It did not take effect: what you saw").fill("the old process still runs");
		expect(await violations(page)).toEqual([]);
		await say.click();
		await eventually(() =>
			expect(server.sent.at(-1)).toMatchObject({
				path: "/api/v1/approvals/A-311/resolve",
				body: { happened: "failed", reason: "the old process still runs" },
			}),
		);
	});
});
