import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clockText, replaceTimesDeep } from "../../src/domain/time-text.ts";
import type { ApprovalView } from "../../web/src/api/types.generated.ts";
import { PREFLIGHT_REQUESTS, ROLLBACK_CHART } from "../fixtures/preflight-messages.ts";
import { describeWith } from "../support/require-program.ts";
import { sticksOut, violations } from "./support/axe.ts";
import { movedToNow, preflightView } from "./support/preflight.ts";
import { useVisits } from "./support/visit.ts";
import { busyWorld, withApproval } from "./support/world.ts";

/** PICTURES=1 renews those of docs/cards.md; else they are only drawn, to a folder of their own. */
const renew = process.env.PICTURES === "1";
const pictures = renew ? "docs/pictures" : mkdtempSync(join(tmpdir(), "sco-pictures-"));

describeWith("chromium", "requests before and after the change, in the console", () => {
	const visit = useVisits();
	beforeAll(() => mkdirSync(pictures, { recursive: true }));
	afterAll(() => {
		if (!renew) rmSync(pictures, { recursive: true });
	});

	const show = async (
		name: keyof typeof PREFLIGHT_REQUESTS,
		theme: "light" | "dark" = "dark",
		change: Partial<ApprovalView> = {},
	) => {
		const nowMs = Date.now();
		const view = { ...preflightView(name, nowMs), ...change };
		const world = { ...busyWorld(nowMs), approvals: [] };
		const moved = movedToNow(ROLLBACK_CHART, nowMs);
		const chart = replaceTimesDeep(moved, (atMs) => clockText(atMs, nowMs, "Europe/Berlin"));
		const seen = { ...withApproval(world, view), approvals: [view], approvalCharts: { [view.id]: chart } };
		const { page, complaints } = await visit(seen, `/approvals/${view.id}`, { theme, width: 1440 });
		const article = page.getByRole("article");
		await article.getByRole("heading", { level: 2, name: view.title }).waitFor();
		return { page, article, complaints };
	};
	const keep = async ({ article, page, complaints }: Awaited<ReturnType<typeof show>>, name: string) => {
		expect(await sticksOut(page)).toBe(0);
		await page.evaluate("document.activeElement.blur()");
		await article.screenshot({ path: join(pictures, `console-${name}.png`), animations: "disabled" });
		expect(complaints).toEqual([]);
	};

	test("a missing permission shows the statement to add, and nothing to press", async () => {
		const scene = await show("preflight-permission");
		const { article, page } = scene;
		await article.getByText("Stopped by a check", { exact: false }).first().waitFor();
		expect(await article.getByLabel("Policy statement").textContent()).toContain('"ec2:RebootInstances"');
		expect(await article.getByRole("button", { name: /Approve|Deny/ }).count()).toBe(0);
		await keep(scene, "preflight-permission");
		expect(await violations(page)).toEqual([]);
	});

	test("a group at its maximum says so", async () => {
		const scene = await show("preflight-maximum");
		await scene.article.locator(".checks").getByText("At its maximum of 6").waitFor();
		expect(await scene.article.getByRole("button", { name: /Approve|Deny/ }).count()).toBe(0);
		await keep(scene, "preflight-maximum");
	});

	test("case 25: every target of a long list is there, with the count to be typed", async () => {
		const scene = await show("preflight-many-targets");
		const { article } = scene;
		for (const { id } of PREFLIGHT_REQUESTS["preflight-many-targets"].approval.plan.targets)
			expect(await article.getByText(id.split(":").at(-1) ?? id, { exact: true }).count()).toBe(1);
		await article.getByRole("heading", { name: "All 42 targets" }).waitFor();
		await keep(scene, "preflight-many-targets");
	});

	test("a rollback shows before and after", async () => {
		const scene = await show("after-rollback");
		const { article } = scene;
		const picture = article.locator("figure.chart img");
		await picture.waitFor();
		await expect(picture.getAttribute("alt")).resolves.toContain("before the change at");
		await article.page().waitForFunction("[...document.images].every((image) => image.naturalWidth > 0)");
		await keep(scene, "after-rollback");
		expect(await violations(article.page())).toEqual([]);
	});

	test("before and after is also shown on the page of a request that is for an incident", async () => {
		const { article, complaints } = await show("after-rollback", "light", { incidentId: "INC-142" });
		await article.getByRole("link", { name: "INC-142" }).waitFor();
		await article.locator("figure.chart img").waitFor();
		expect(complaints).toEqual([]);
	});

	test("no chart is asked for where no metric checks the change", async () => {
		const { article, complaints } = await show("after-rollback", "light", { checkedMetric: undefined });
		await article.getByText("Rolled back", { exact: false }).first().waitFor();
		expect(await article.locator("figure.chart").count()).toBe(0);
		expect(complaints).toEqual([]);
	});

	test("while AWS is asked the request says so", async () => {
		const { article } = await show("preflight-checking", "light");
		await article.getByText("Checking with AWS").waitFor();
		expect(await article.textContent()).not.toContain("Waiting for approval");
	});
});
