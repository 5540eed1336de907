import type { CheckFinding } from "../domain/check-finding.ts";

/** Looks at one part of the installation. Never throws: what can't be looked at is a finding. Reads only. */
export type SelfCheck = {
	readonly area: CheckFinding["area"];
	run(): Promise<readonly CheckFinding[]>;
};
