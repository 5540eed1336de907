import { ApiError } from "../api/api-error.ts";
import type { RemediationList, SessionView } from "../api/types.generated.ts";

export type Remediation = RemediationList["items"][number];

/** Where a remediation stands on its page. */
export function articleId(remediation: string): string {
	return `remediation-${remediation}`;
}

/** Why somebody can't ask for a change; undefined where the role may. The approval policy has the last word. Pure. */
export function whyNotAsk(role: SessionView["person"]["role"]): string | undefined {
	if (role === "admin" || role === "operator") return undefined;
	return `You are ${role}, so you can't ask for a change. An operator or an admin can.`;
}

/** Whether it is certain that nothing came of what was sent. Anything but a refusal leaves that open. */
export function isRefusal(error: Error): boolean {
	return error instanceof ApiError && error.status >= 400 && error.status < 500;
}
