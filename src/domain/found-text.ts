import type { Anomaly } from "./anomaly.ts";

type Told = Pick<Anomaly, "explanation" | "openedAtMs" | "lastSeenAtMs" | "closedAtMs">;

/**
 * The explanation of a finding as it is read later: it was written when the finding opened, of the value it had then. Of
 * one that has no newer value it is left as it is. Pure.
 */
export function foundText({ explanation, openedAtMs, lastSeenAtMs, closedAtMs }: Told): string {
	if (closedAtMs === undefined && lastSeenAtMs <= openedAtMs) return explanation;
	return explanation
		.replace(/^([^.,:]+?) is (-?\d.*?)(, |\. |\.$)/, "$1 was $2 when it was found$3")
		.replace(
			/ It (rises|falls) (\S+ .*? a minute\.|\S+ a minute\.)/,
			(_all, verb: string, pace: string) => ` It ${verb === "rises" ? "rose" : "fell"} ${pace}`,
		);
}
