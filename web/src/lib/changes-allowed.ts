import type { HoldsView, SessionView } from "../api/types.generated.ts";

type Role = SessionView["person"]["role"];

/** Whether anything may be changed now, and whether a person of this role may change it, in words. */
export function changesAllowed(role: Role, holds: HoldsView | undefined): string {
	const [freeze] = holds?.freezes ?? [];
	if (freeze) {
		const others = (holds?.freezes.length ?? 1) - 1;
		return `Frozen: ${freeze.covers}${others > 0 ? ` and ${others} more` : ""}`;
	}
	return hasFreeze(role) ? "Changes allowed" : "You may look, not change";
}

/** Whether nothing is left to freeze. */
export function isAllFrozen(holds: HoldsView | undefined): boolean {
	return holds?.freezes.some(({ covers }) => covers === "every target") ?? false;
}

/** Whether a person of this role may stop changes. */
export function hasFreeze(role: Role): boolean {
	return role === "admin" || role === "operator";
}
