import type { PlanCheck } from "../api/types.generated.ts";
import { formatWhen } from "./format-time.ts";

/** The summary without the title that stands before it. */
export function whatHappens({
	title,
	summary,
}: {
	readonly title: string;
	readonly summary: string;
}): string {
	return summary.startsWith(`${title}: `) ? summary.slice(title.length + 2) : summary;
}

/** One part of a target's state in words: `pid 4711`, and `started 08:47` for `startedAtMs` in Unix milliseconds. */
export function stateWords(name: string, value: string | number, nowMs: number): string {
	const time = typeof value === "number" && name.endsWith("AtMs");
	const words = name
		.replace(/AtMs$/, "")
		.replaceAll(/([a-z])([A-Z])/g, "$1 $2")
		.toLowerCase();
	return `${words} ${time ? formatWhen(value, nowMs) : value}`;
}

/** "3 of 4 checks passed": of those that can fail. Empty where nothing was checked. */
export function checksPassed(checks: readonly PlanCheck[]): string {
	const judged = checks.filter(({ verdict }) => verdict !== "info");
	const passed = judged.filter(({ verdict }) => verdict === "pass").length;
	return judged.length > 0 ? `${passed} of ${judged.length} checks passed` : "";
}
