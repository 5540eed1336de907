import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describeWith } from "../support/require-program.ts";
import { useVisits } from "./support/visit.ts";
import {
	busyWorld,
	calmWorld,
	firstRunWorld,
	signedOutWorld,
	troubledWorld,
	type World,
} from "./support/world.ts";

const PAGES: readonly (readonly [name: string, world: (nowMs: number) => World, path: string])[] = [
	["Now", busyWorld, "/"],
	["Now when nothing is wrong", calmWorld, "/"],
	["the first run", firstRunWorld, "/"],
	["Incidents", busyWorld, "/incidents"],
	["an incident", busyWorld, "/incidents/INC-142"],
	["Ask", busyWorld, "/ask"],
	["Ask before anything was said", calmWorld, "/ask"],
	["Approvals", busyWorld, "/approvals"],
	["Approvals when none waits", calmWorld, "/approvals"],
	["a decided request", busyWorld, "/approvals/A-305"],
	["Audit", busyWorld, "/audit"],
	["More", busyWorld, "/more"],
	["Now with problems", troubledWorld, "/"],
	["an address that names nothing", busyWorld, "/nowhere"],
	["sign-in", signedOutWorld, "/sign-in"],
];
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function violations(
	page: Page,
	axe = new AxeBuilder({ page }).withTags(WCAG),
): Promise<readonly string[]> {
	// Without frames there is nothing to gather in a page of its own.
	const { violations: found } = await axe.setLegacyMode(true).analyze();
	return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** Only colours depend on the theme. */
function contrastViolations(page: Page): Promise<readonly string[]> {
	return violations(page, new AxeBuilder({ page }).withRules(["color-contrast"]));
}

async function sticksOut(page: Page): Promise<number> {
	return page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
}

describeWith("chromium", "accessibility of the console", () => {
	const visit = useVisits();

	describe.each([1440, 400])("%d px wide", (width) => {
		test.each(PAGES)(
			"%s passes axe in both themes, does not scroll sideways and breaks no content rule",
			async (_name, world, path) => {
				const { page, complaints } = await visit(world(Date.now()), path, { theme: "light", width });
				expect(await violations(page)).toEqual([]);
				await page.emulateMedia({ colorScheme: "dark" });
				await page.locator("html[data-theme=dark]").waitFor();
				expect(await contrastViolations(page)).toEqual([]);
				expect(await sticksOut(page)).toBe(0);
				expect(complaints.filter((complaint) => !complaint.includes("401"))).toEqual([]);
			},
		);
	});

	test("the list of keys passes axe", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/");
		await page.keyboard.press("?");
		await page.getByRole("dialog", { name: "Keys" }).waitFor();
		expect(await violations(page)).toEqual([]);
	});

	test("opened tables and queries pass axe and fit a phone", async () => {
		const { page } = await visit(busyWorld(Date.now()), "/ask", { width: 400 });
		for (const summary of await page.locator("summary").all()) await summary.click();
		await page.getByRole("columnheader", { name: "Time" }).waitFor();
		expect(await violations(page)).toEqual([]);
		expect(await sticksOut(page)).toBe(0);
	});

	test("everything that is pressed on a phone is at least 44 px high, but for links inside text", async () => {
		for (const path of ["/", "/incidents/INC-142", "/approvals", "/audit", "/more"]) {
			const { page } = await visit(busyWorld(Date.now()), path, { width: 400 });
			const small = await page
				.locator("button:visible, .button:visible, nav.tab-bar a:visible, summary:visible")
				.evaluateAll((controls) =>
					controls
						.filter((control) => control.getBoundingClientRect().height < 44)
						.map((control) => control.outerHTML),
				);
			expect(small).toEqual([]);
		}
	});
});
