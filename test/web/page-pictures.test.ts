import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWith } from "../support/require-program.ts";
import { sticksOut } from "./support/axe.ts";
import { useVisits } from "./support/visit.ts";
import { busyWorld } from "./support/world.ts";

/** PICTURES=1 renews those of docs/console.md; else they are only drawn, to a folder of their own. */
const renew = process.env.PICTURES === "1";
const pictures = renew ? "docs/pictures" : mkdtempSync(join(tmpdir(), "sco-pictures-"));
const MOST_BYTES = 300_000;

describeWith("chromium", "the pictures of the doctor, of people and of remediations", () => {
	const visit = useVisits();
	const open = (path: string, size: { readonly width?: number; readonly height?: number } = {}) =>
		visit(busyWorld(Date.now()), path, { theme: "dark", width: 1440, ...size });

	beforeAll(() => mkdirSync(pictures, { recursive: true }));
	afterAll(() => {
		if (!renew) rmSync(pictures, { recursive: true });
	});

	test("the doctor, with something broken in Slack and on the disk", async () => {
		const { page, complaints } = await open("/doctor");
		await page.getByRole("region", { name: "To fix" }).getByText("/invite").waitFor();
		expect(await sticksOut(page)).toBe(0);
		const path = join(pictures, "doctor.png");
		await page.screenshot({ path, fullPage: true });
		expect(statSync(path).size).toBeLessThan(MOST_BYTES);
		expect(complaints).toEqual([]);
	});

	test("people, with a role that waits to be confirmed", async () => {
		const { page, complaints } = await open("/people");
		await page.getByLabel("Role of viewer-1").selectOption("operator");
		await page.getByRole("button", { name: "Make operator for viewer-1" }).waitFor();
		expect(await sticksOut(page)).toBe(0);
		const path = join(pictures, "people.png");
		await page.screenshot({ path, fullPage: true });
		expect(statSync(path).size).toBeLessThan(MOST_BYTES);
		expect(complaints).toEqual([]);
	});

	test("remediations, with a rule that was wrong and a change that is about to be asked for", async () => {
		const { page, complaints } = await open("/remediations", { height: 1250 });
		await page.getByRole("button", { name: "Ask for it: Restart a service" }).click();
		await page.getByRole("textbox", { name: "service", exact: true }).fill("checkout");
		await page.getByLabel("For an incident").selectOption("INC-142");
		expect(await sticksOut(page)).toBe(0);
		const path = join(pictures, "console-remediations.png");
		await page.screenshot({ path });
		expect(statSync(path).size).toBeLessThan(MOST_BYTES);
		expect(complaints).toEqual([]);
	});

	test("a watch with what it would have reported in seven days", async () => {
		const { page, complaints } = await open("/watches/checkout%20memory", { height: 1250 });
		await page.getByRole("region", { name: "Replayed" }).getByRole("img").waitFor();
		await page.locator("figure.chart img:not([src])").waitFor({ state: "detached" });
		expect(await sticksOut(page)).toBe(0);
		const path = join(pictures, "console-watch.png");
		await page.screenshot({ path });
		expect(statSync(path).size).toBeLessThan(MOST_BYTES);
		expect(complaints).toEqual([]);
	});

	test("the record of a rule on a phone", async () => {
		const { page, complaints } = await open("/remediations", { width: 400 });
		await page.getByText("restart-slow-search").waitFor();
		expect(await sticksOut(page)).toBe(0);
		const path = join(pictures, "console-remediations-phone.png");
		await page.screenshot({ path });
		expect(statSync(path).size).toBeLessThan(MOST_BYTES);
		expect(complaints).toEqual([]);
	});
});
