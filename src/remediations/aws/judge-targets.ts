import { AppError } from "../../domain/errors.ts";
import type { AwsInstance } from "../../ports/aws-reader.ts";
import { listText, nameAndId } from "./words.ts";

/** As many as Systems Manager takes in one command, and more than one person reads. */
const MOST_TARGETS = 50;

/**
 * Those of the found instances that may be changed together, sorted by id. Pure.
 * @throws AppError `not_found`, `invalid` or `conflict`, with what to do
 */
export function judgeTargets(
	found: readonly AwsInstance[],
	asked: {
		/** What was asked for, in words. */
		readonly asked: string;
		/** Whether one instance was asked for: then a name must mean one. */
		readonly one: boolean;
		readonly regions: readonly string[];
		readonly requiredTag: { readonly key: string; readonly value: string };
	},
): readonly AwsInstance[] {
	const there = found.filter(({ state }) => state !== "terminated" && state !== "shutting-down");
	const targets = there.toSorted((a, b) => (a.id < b.id ? -1 : 1));
	const where = listText(asked.regions);
	if (targets.length === 0)
		throw new AppError(
			"not_found",
			found.length > 0
				? `${listText(found.map(nameAndId))} is terminated, so there is nothing to change.`
				: `No instance is found by ${asked.asked} in ${where}.`,
		);
	if (asked.one && targets.length > 1) {
		const ids = listText(targets.map(({ id, region }) => `${id} in ${region}`));
		throw new AppError(
			"conflict",
			`${targets.length} instances are named ${asked.asked}: ${ids}; name one by its id.`,
		);
	}
	if (targets.length > MOST_TARGETS)
		throw new AppError(
			"invalid",
			`${asked.asked} means ${targets.length} instances, and at most ${MOST_TARGETS} may be changed by one request; name a narrower tag or a region.`,
		);
	refuseUnmanaged(targets, asked.requiredTag);
	refuseSeveral("region", "name one region", asked.asked, targets);
	refuseSeveral("environment", "one request changes one environment", asked.asked, targets);
	refuseSeveral("account", "one request changes one account", asked.asked, targets);
	return targets;
}

function refuseUnmanaged(
	targets: readonly AwsInstance[],
	{ key, value }: { readonly key: string; readonly value: string },
): void {
	const foreign = targets.filter(({ managed }) => !managed);
	if (foreign.length === 0) return;
	throw new AppError(
		"conflict",
		`Only what carries the tag ${key}=${value} may be changed from here, and ${listText(foreign.map(nameAndId))} ${foreign.length === 1 ? "does" : "do"} not.`,
	);
}

function refuseSeveral(
	part: "region" | "environment" | "account",
	whatToDo: string,
	asked: string,
	targets: readonly AwsInstance[],
): void {
	const values = [...new Set(targets.map((target) => target[part]))].toSorted();
	if (values.length === 1) return;
	throw new AppError(
		"conflict",
		`${asked} means instances of ${values.length} ${part}s (${listText(values)}); ${whatToDo}.`,
	);
}
