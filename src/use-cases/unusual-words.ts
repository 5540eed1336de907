import type { Reason } from "../../models/define-bank.ts";

/** How a metric is said that is where it was expected and abnormal all the same, by the signal that carried it. */
const WORDS: Readonly<Record<string, string>> = {
	drift: "is drifting",
	shape: "moves unlike before",
	stuck: "stopped moving",
	season: "is unusual for this hour",
	hour: "is unusual for this hour",
	change: "changes unlike before",
	swing: "swings unlike before",
	level: "is at an unusual level",
	aggregate: "is at an unusual level",
	band: "is away from its usual level",
	return: "is abnormal again",
};
const UNKNOWN = "is unusual";

/** What a finding inside its band is about, as it follows the metric: `is drifting`. Pure. */
export function unusualText(reasons: readonly Pick<Reason, "signal" | "share">[]): string {
	const [strongest] = reasons.toSorted((a, b) => b.share - a.share);
	return WORDS[strongest?.signal ?? ""] ?? UNKNOWN;
}

/** Whether these are such words. Pure. */
export function isUnusualText(text: string): boolean {
	return text === UNKNOWN || Object.values(WORDS).includes(text);
}
