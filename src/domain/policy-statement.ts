import type { PermissionNeed } from "./plan.ts";

/** The statement of an IAM policy, as JSON to paste, that allows what is needed and nothing else. Pure. */
export function policyStatement(needs: readonly PermissionNeed[]): string {
	const actions = [...new Set(needs.map(({ action }) => action))].toSorted();
	const resources = [...new Set(needs.flatMap((need) => need.resources))].toSorted();
	return JSON.stringify({ Effect: "Allow", Action: actions, Resource: resources }, undefined, 2);
}
