import type { PlanCheck } from "../../domain/plan.ts";
import { timeToken } from "../../domain/time-text.ts";
import type { AwsInstance } from "../../ports/aws-reader.ts";
import { listText, nameAndId } from "./words.ts";

/** As many targets have a line each on a card; of more there is one line on all, and the full list beside it. */
export const LINES = 5;

/** Since when the targets run, and whether they pass their status checks. */
export function runningChecks(targets: readonly AwsInstance[]): readonly PlanCheck[] {
	if (targets.length <= LINES)
		return targets.map(({ id, launchedAtMs, healthy }) => ({
			verdict: healthy === true ? "pass" : "info",
			text: `${id} runs since ${timeToken(launchedAtMs)}; ${healthText(healthy)}`,
		}));
	const others = targets.filter(({ healthy }) => healthy !== true);
	const all = `All ${targets.length} run`;
	return others.length === 0
		? [{ verdict: "pass", text: `${all} and pass their status checks` }]
		: [
				{
					verdict: "info",
					text: `${all}; not known to pass their status checks: ${listText(others.map(nameAndId))}`,
				},
			];
}

function healthText(healthy: boolean | undefined): string {
	if (healthy === undefined) return "its status checks are not known";
	return healthy ? "it passes its status checks" : "it fails its status checks";
}
