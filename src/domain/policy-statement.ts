import type { PermissionNeed } from "./plan.ts";

/**
 * The statement of an IAM policy, as JSON to paste, that allows what is needed and nothing else. Actions on different
 * resources are statements of their own, in a list: together they would allow each action on all of them. Pure.
 */
export function policyStatement(needs: readonly PermissionNeed[]): string {
	const byResources = Map.groupBy(needs, ({ resources }) => JSON.stringify(sorted(resources)));
	const statements = [...byResources.values()].map((group) => ({
		Effect: "Allow",
		Action: sorted(group.map(({ action }) => action)),
		Resource: sorted(group[0]?.resources ?? []),
	}));
	return JSON.stringify(statements.length === 1 ? statements[0] : statements, undefined, 2);
}

function sorted(texts: readonly string[]): readonly string[] {
	return [...new Set(texts)].toSorted();
}
