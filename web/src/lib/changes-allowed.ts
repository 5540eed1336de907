import type { SessionView } from "../api/types.generated.ts";

/** Whether a person of this role may change something, in words. */
export function changesAllowed(role: SessionView["person"]["role"]): string {
	return role === "admin" || role === "operator" ? "Changes allowed" : "You may look, not change";
}
