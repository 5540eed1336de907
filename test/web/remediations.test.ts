import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describeWith } from "../support/require-program.ts";
import { leakRule } from "./support/rules.ts";
import { eventually, useVisits } from "./support/visit.ts";
import { busyWorld, firstRunWorld } from "./support/world.ts";

const busy = () => busyWorld(Date.now());
const rules = (page: Page) => page.getByRole("table", { name: "Standing rules" }).locator("tbody tr");

describeWith("chromium", "standing rules in the console", () => {
	const visit = useVisits();

	test("each has its mode, what it waits for, its record, and the last run with links", async () => {
		const { page } = await visit(busy(), "/remediations");
		expect(await page.locator("h1").textContent()).toBe("No rule acts alone.");
		expect(await page.locator(".lead").textContent()).toBe(
			"3 standing rules: 2 ask people, 1 only notes. People decide on every request.",
		);
		const [wrong, waiting, missing] = await rules(page).allInnerTexts();
		expect(wrong).toMatch(/^restart-slow-search\nsearch-latency outside, critical, for 5 min/);
		expect(wrong).toMatch(
			/would ask for restart-service service=search\s+Shadow\s+27 of 29 right\s+31 runs, 2 void/,
		);
		expect(wrong).toMatch(/at least 81\u00a0% \(95\u00a0%\)\s+Wrong/);
		expect(waiting).toMatch(
			/asks for restart-service service=\$target\s+Ask\s+3 of 4 right\s+5 runs, 1 not over/,
		);
		expect(missing).toMatch(
			/clean-everything, which does not exist\s+Ask\s+none scored\s+no runs\s+not known\s+never ran/,
		);
		const hrefs = await rules(page)
			.getByRole("link")
			.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
		expect(hrefs).toEqual([
			"#remediation-restart-service",
			"/approvals/A-302",
			"/incidents/INC-138",
			"#remediation-restart-service",
			"/incidents/INC-142",
			"/approvals/A-311",
		]);
	});

	test("the bar is as long as the lower bound, and there is none where that is not known", async () => {
		const { page } = await visit(busy(), "/remediations");
		const shares = await rules(page)
			.locator(".bound")
			.evaluateAll((bars) =>
				bars.map((bar) => {
					const filled = bar.firstElementChild?.getBoundingClientRect().width ?? 0;
					return filled / bar.getBoundingClientRect().width;
				}),
			);
		expect(shares.map((share) => share.toFixed(2))).toEqual(["0.81", "0.35"]);
	});

	test("a rule leads to the remediation that it asks for", async () => {
		const { page } = await visit(busy(), "/remediations");
		await rules(page).first().getByRole("link", { name: "restart-service" }).click();
		expect(new URL(page.url()).hash).toBe("#remediation-restart-service");
		expect(await page.getByRole("article", { name: "Restart a service" }).getAttribute("id")).toBe(
			"remediation-restart-service",
		);
	});

	test("without rules the page says what to write, and where", async () => {
		const { page } = await visit(firstRunWorld(Date.now()), "/remediations");
		expect(await page.locator("h1").textContent()).toBe("There are no standing rules.");
		const section = page.getByRole("region", { name: "Standing rules" });
		await section.getByText("How to write the first one").click();
		await section.getByText("smartcloudops.yaml").waitFor();
		const example = readFileSync("docs/rules.md", "utf8").replaceAll(/ +#.*$/gm, "");
		expect(example).toContain(await section.locator("pre").textContent());
	});

	test("a run that was scored meanwhile appears by itself", async () => {
		const { page, server } = await visit(busy(), "/remediations");
		const last = { at: new Date().toISOString(), target: "checkout", incidentId: "INC-142" };
		const scored = leakRule(Date.now(), {
			last: { ...last, verdict: "right", reason: "A-311 helped and held" },
		});
		server.world = { ...server.world, rules: [scored] };
		server.announce({ kind: "incident", id: "INC-142" });
		await eventually(async () => expect(await rules(page).textContent()).toContain("A-311 helped and held."));
	});
});
