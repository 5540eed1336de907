import type { Permission } from "./approval-policy.ts";
import type { Plan } from "./plan.ts";

/** So many targets a card names; the others are behind its count. */
export const TARGETS_ON_A_CARD = 5;

type Confirmed = Pick<Plan, "risk" | "reversal" | "targets">;

/**
 * Whether approving a plan asks for a reason and for something to be typed first: at high risk, where there is no way
 * back, where a card can't hold all of its targets, and at medium risk where it changes several at once, for all that
 * serve may be among them.
 */
export function needsConfirmation({ risk, reversal, targets }: Confirmed): boolean {
	if (risk === "high" || reversal === "irreversible") return true;
	return targets.length > (risk === "medium" ? 1 : TARGETS_ON_A_CARD);
}

/** What has to be typed to approve such a plan: its one target's name, or how many targets it has. */
export function wordToType({ targets }: Pick<Plan, "targets">): string {
	const [only] = targets;
	return targets.length === 1 && only ? only.name.trim() : String(targets.length);
}

/** Whether it was typed; spaces around it are nobody's meaning. */
export function isTyped(plan: Pick<Plan, "targets">, typed: string | undefined): boolean {
	return typed?.trim() === wordToType(plan);
}

/** What a person typed and wrote to approve. */
export type GivenConfirmation = {
	readonly confirmation?: string | undefined;
	readonly reason?: string | undefined;
};

/** Whether an approval is confirmed as its plan asks for. Pure. */
export function judgeConfirmation(plan: Confirmed, given: GivenConfirmation): Permission {
	if (!needsConfirmation(plan)) return { allowed: true };
	if (!isTyped(plan, given.confirmation)) {
		const what = plan.targets.length === 1 ? "its target's name" : "the number of its targets";
		return { allowed: false, reason: `Approving this needs ${what} typed: ${wordToType(plan)}.` };
	}
	if ((given.reason ?? "").trim() === "") return { allowed: false, reason: "Approving this needs a reason." };
	return { allowed: true };
}
