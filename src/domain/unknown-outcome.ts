import type { Approval } from "./approval.ts";

const NAMED = 3;

/**
 * Which requests wait for somebody to say what happened: `1 request has an unknown outcome: A-7 Reboot orders-3; say what
 * happened.` Three are named. Empty where there is none. Pure.
 */
export function unknownOutcomeText(unknown: readonly Pick<Approval, "id" | "plan">[]): string {
	if (unknown.length === 0) return "";
	const named = unknown.slice(0, NAMED).map(({ id, plan }) => `${id} ${plan.title}`);
	const more = unknown.length - named.length;
	const count = unknown.length === 1 ? "1 request has" : `${unknown.length} requests have`;
	return `${count} an unknown outcome: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}; say what happened.`;
}
