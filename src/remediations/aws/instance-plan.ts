import { AppError } from "../../domain/errors.ts";
import type { PermissionNeed, Plan } from "../../domain/plan.ts";
import type { AwsInstance } from "../../ports/aws-reader.ts";
import { instanceArn } from "./arn.ts";
import { counted, listText, nameAndId, shownName } from "./words.ts";

/** Refuses instances in another state than `wanted`, naming them and what is meant to be done with them. */
export function requireState(
	targets: readonly AwsInstance[],
	wanted: AwsInstance["state"],
	done: string,
): void {
	const others = targets.filter(({ state }) => state !== wanted);
	if (others.length === 0) return;
	const states = listText(others.map((target) => `${nameAndId(target)} is ${target.state}`));
	throw new AppError("conflict", `Only a ${wanted} instance can be ${done}: ${states}.`);
}

/**
 * The targets of a plan. Everything that must be the same when it runs is in their state: another launch, type, group
 * or environment is another instance to whoever approved.
 */
export function instanceTargets(targets: readonly AwsInstance[]): Plan["targets"] {
	return targets.map((target) => ({
		name: shownName(target.name),
		id: `aws:${target.account}:${target.region}:${target.id}`,
		state: {
			type: target.type,
			state: target.state,
			launchedAtMs: target.launchedAtMs,
			rootDevice: target.rootDevice,
			group: target.group ?? "none",
		},
	}));
}

/** The ids of a plan's instances as AWS knows them. AppError `invalid` for a plan that holds no such ids. */
export function plannedIds(plan: Plan): readonly string[] {
	return plan.targets.map(({ id }) => {
		const found = /^aws:\d{12}:[a-z0-9-]+:(i-[0-9a-f]+)$/.exec(id)?.[1];
		if (found !== undefined) return found;
		throw new AppError("invalid", "The plan names no instances; ask again for a new plan.");
	});
}

/** When a planned instance was last started, by its id. */
export function plannedLaunchMs(plan: Plan, id: string): number | undefined {
	const launched = plan.targets.find((target) => target.id.endsWith(`:${id}`))?.state.launchedAtMs;
	return typeof launched === "number" ? launched : undefined;
}

/** What the instances of a plan are called in a title: the one's name, or how many. */
export function whom(targets: readonly { readonly name: string }[]): string {
	const [first] = targets;
	return targets.length === 1 && first ? shownName(first.name) : counted(targets.length, "instance");
}

/** The instances in a sentence: `web-1 (i-0a1)`, `3 instances (web-1 (i-0a1), ...)`. */
export function whomExactly(targets: readonly AwsInstance[]): string {
	const [first] = targets;
	if (targets.length === 1 && first) return nameAndId(first);
	return `${targets.length} instances: ${listText(targets.map(nameAndId))}`;
}

/** Being allowed these actions on exactly these instances. */
export function instanceNeeds(
	targets: readonly AwsInstance[],
	actions: readonly string[],
): readonly PermissionNeed[] {
	const [first] = targets;
	if (!first) return [];
	const resources = targets.map(({ account, region, id }) => instanceArn(account, region, id));
	return actions.map((action) => ({ action, region: first.region, resources: [...resources] }));
}

/** Where the targets are: the parts of a plan that follow from any of them. */
export function placeOf(
	targets: readonly AwsInstance[],
): Pick<Plan, "environment" | "account"> & { readonly region: string } {
	const [first] = targets;
	if (!first) throw new AppError("not_found", "No instance is found.");
	return { environment: first.environment, account: first.account, region: first.region };
}
