import type { ApprovalView } from "../api/types.generated.ts";
import { approvalLook } from "./message-states.ts";

/** How a request went: what was done, and what came of it without the word that stands before it. Each is said once. Pure. */
export function resultWords(approval: ApprovalView): {
	readonly outcome: string;
	readonly done: string;
} {
	const { execution, outcome = "" } = approval;
	const { word } = approvalLook(approval);
	const reason = execution?.verification?.reason ?? "";
	const came = outcome || (execution?.verification ? reason : "");
	const done = execution?.result ?? "";
	return {
		outcome: came.startsWith(`${word}: `) ? came.slice(word.length + 2) : came,
		done: came.includes(done) ? "" : done,
	};
}
