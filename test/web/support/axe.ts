import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on a page, each with its element. */
export async function violations(
	page: Page,
	axe = new AxeBuilder({ page }).withTags(WCAG),
): Promise<readonly string[]> {
	// Without frames there is nothing to gather in a page of its own.
	const { violations: found } = await axe.setLegacyMode(true).analyze();
	return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** Only colours depend on the theme. */
export function contrastViolations(page: Page): Promise<readonly string[]> {
	return violations(page, new AxeBuilder({ page }).withRules(["color-contrast"]));
}

/** By how many pixels a page scrolls sideways. */
export async function sticksOut(page: Page): Promise<number> {
	return page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
}

/** What is pressed and less than 44 px high, but for links inside text. */
export async function smallTargets(page: Page): Promise<readonly string[]> {
	return page
		.locator("button:visible, .button:visible, nav.tab-bar a:visible, summary:visible, select:visible")
		.evaluateAll((controls) =>
			controls
				.filter((control) => control.getBoundingClientRect().height < 44)
				.map((control) => control.outerHTML),
		);
}
