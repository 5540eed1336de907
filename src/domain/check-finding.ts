/** What a self-check found: one sentence, and where something is wrong the one thing to do. */
export type CheckFinding = {
	readonly area: "config" | "store" | "metrics" | "slack" | "teams" | "cloud" | "disk" | "time" | "posting";
	/** What was looked at, in two or three words. */
	readonly name: string;
	readonly verdict: "ok" | "warn" | "fail" | "off";
	readonly text: string;
	readonly remedy?: string;
};
