import type { PlanCheck } from "../../domain/plan.ts";
import type { AwsGroup } from "../../ports/aws-reader.ts";
import { costCheck, sumPrices } from "./hourly-cost.ts";
import { counted, shownName } from "./words.ts";

/** What stands against setting a group's desired capacity to `to`, in words, and what speaks for it. Pure. */
export function limitChecks(group: AwsGroup, to: number): readonly PlanCheck[] {
	const { minimum, maximum, desired: from, suspended } = group;
	const fail = (text: string): PlanCheck => ({ verdict: "fail", text });
	const checks: PlanCheck[] = [];
	if (to > maximum)
		checks.push(
			fail(from >= maximum ? `At its maximum of ${maximum}` : `${to} is above its maximum of ${maximum}`),
		);
	if (to < minimum)
		checks.push(
			fail(from <= minimum ? `At its minimum of ${minimum}` : `${to} is below its minimum of ${minimum}`),
		);
	if (to < Math.floor(from / 2))
		checks.push(fail(`At most halved by one request: ${from} → ${Math.floor(from / 2)}`));
	const process = to > from ? "Launch" : "Terminate";
	if (suspended.includes(process))
		checks.push(fail(`The group's process ${process} is suspended, so a new size has no effect`));
	if (checks.length > 0) return checks;
	const within: PlanCheck = {
		verdict: "pass",
		text: `Within the group's limits of ${minimum} to ${maximum}`,
	};
	return to > 2 * from && from > 0
		? [within, { verdict: "info", text: `More than double in one step: ${from} → ${to}` }]
		: [within];
}

/** How many instances serve now and afterwards. */
export function healthCheck({ instances, name }: AwsGroup, from: number, to: number): PlanCheck {
	const healthy = instances.filter((instance) => instance.healthy).length;
	const now = `${healthy} of ${counted(instances.length, "instance")} of ${shownName(name)} ${healthy === 1 ? "is" : "are"} healthy now`;
	const later = to > from ? `${to} expected afterwards` : `at most ${to} afterwards`;
	return { verdict: healthy === instances.length && healthy > 0 ? "pass" : "info", text: `${now}, ${later}` };
}

/** What it costs per hour before and after; with several instance types by their average. */
export function groupCost(
	group: AwsGroup,
	to: number,
	priceOf: (type: string) => number | undefined,
): PlanCheck {
	const types = group.instances.map(({ type }) => type);
	const { total, unpriced } = sumPrices(types, priceOf);
	if (total === undefined || types.length === 0) return costCheck(undefined, undefined, unpriced);
	const each = total / types.length;
	const mixed = new Set(types).size > 1 ? ", on average of its instance types" : "";
	return costCheck(each * group.desired, each * to, [], mixed);
}
