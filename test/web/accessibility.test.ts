import { describeWith } from "../support/require-program.ts";
import { contrastViolations, smallTargets, sticksOut, violations } from "./support/axe.ts";
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
	["Remediations", busyWorld, "/remediations"],
	["Remediations without standing rules", firstRunWorld, "/remediations"],
	["Watches", busyWorld, "/watches"],
	["a watch", busyWorld, "/watches/checkout%20memory"],
	["Audit", busyWorld, "/audit"],
	["People & access", busyWorld, "/people"],
	["Settings", busyWorld, "/doctor"],
	["Settings when everything works", calmWorld, "/doctor"],
	["More", busyWorld, "/more"],
	["Now with problems", troubledWorld, "/"],
	["an address that names nothing", busyWorld, "/nowhere"],
	["sign-in", signedOutWorld, "/sign-in"],
];
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
		for (const path of [
			"/",
			"/incidents/INC-142",
			"/approvals",
			"/remediations",
			"/watches",
			"/watches/checkout%20memory",
			"/audit",
			"/people",
			"/doctor",
			"/more",
		]) {
			const { page } = await visit(busyWorld(Date.now()), path, { width: 400 });
			expect(await smallTargets(page)).toEqual([]);
		}
	});
});
