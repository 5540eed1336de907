import type { SkillContext } from "../../../../skills/define-skill.ts";
import { momentText, momentWithZone } from "../../../../skills/text/time-text.ts";
import { type Approval, isPending } from "../../../domain/approval.ts";
import { replaceTimes } from "../../../domain/time-text.ts";

/** What is told of a request that was just made: what it waits for, or why it ended as it began. Pure. */
export function requestedText(approval: Approval, context: SkillContext): string {
	const { id, plan, status, outcome, preflight, expiresAtMs } = approval;
	if (!isPending(status)) {
		const why = outcome ?? "It can't be asked for.";
		return `${plan.title} (${id}): ${replaceTimes(why, (atMs) => momentText(atMs, context))}`;
	}
	const first = preflight?.state === "pending" ? " AWS is asked first whether it may be done." : "";
	return `${plan.title} is requested as ${id} and waits for approval.${first} Nothing was changed yet; the request expires at ${momentWithZone(expiresAtMs, context)}.`;
}
