import type { PermissionNeed } from "./plan.ts";

type Tag = { readonly key: string; readonly value: string };
type Condition = { readonly StringEquals: Readonly<Record<string, string>> };
type Allowed = {
	readonly action: string;
	readonly resource: string;
	readonly condition?: Condition | undefined;
};

/**
 * The statement of an IAM policy, as JSON to paste, that allows what is needed and nothing else. Instances and groups
 * are allowed by the required tag, whichever they are, as the shipped policies do; without one by name. What differs in
 * resources is a statement of its own, in a list: together they would allow each action on all of them. Pure.
 */
export function policyStatement(needs: readonly PermissionNeed[], requiredTag?: Tag): string {
	const allowed = needs.flatMap(({ action, resources }) =>
		resources.map((resource) => ({ action, ...byTag(resource, requiredTag) })),
	);
	const byAction = Map.groupBy(allowed, ({ action, condition }) => JSON.stringify([action, condition]));
	const parts = [...byAction.values()].map((group) => ({
		action: group[0]?.action ?? "",
		resources: sorted(group.map(({ resource }) => resource)),
		condition: group[0]?.condition,
	}));
	const byResources = Map.groupBy(parts, ({ resources, condition }) =>
		JSON.stringify([resources, condition]),
	);
	const statements = [...byResources.values()].map((group) => ({
		Effect: "Allow",
		Action: sorted(group.map(({ action }) => action)),
		Resource: group[0]?.resources ?? [],
		...(group[0]?.condition ? { Condition: group[0].condition } : {}),
	}));
	return JSON.stringify(statements.length === 1 ? statements[0] : statements, undefined, 2);
}

const INSTANCE = /^(arn:[^:]+:ec2:[^:]+:[^:]+:instance\/)i-[^/*]+$/;
const GROUP = /^(arn:[^:]+:autoscaling:[^:]+:[^:]+:autoScalingGroup:)[^:]+:autoScalingGroupName\/.+$/;

/** What carries tags is named by the tag; all else, such as documents, as it is. */
function byTag(resource: string, tag: Tag | undefined): Omit<Allowed, "action"> {
	if (!tag) return { resource };
	const instance = INSTANCE.exec(resource)?.[1];
	if (instance !== undefined) return { resource: `${instance}*`, condition: tagged("aws:ResourceTag", tag) };
	const group = GROUP.exec(resource)?.[1];
	if (group !== undefined)
		return {
			resource: `${group}*:autoScalingGroupName/*`,
			condition: tagged("autoscaling:ResourceTag", tag),
		};
	return { resource };
}

function tagged(prefix: string, { key, value }: Tag): Condition {
	return { StringEquals: { [`${prefix}/${key}`]: value } };
}

function sorted(texts: readonly string[]): readonly string[] {
	return [...new Set(texts)].toSorted();
}
