import type { PlanCheck } from "../../domain/plan.ts";
import type { AwsInstance, AwsReader } from "../../ports/aws-reader.ts";
import { counted, listText, nameAndId, shownName } from "./words.ts";

/** How many healthy instances go on while the targets do not: of their groups, else of the services they run. */
export async function remainingHealth(
	aws: AwsReader,
	targets: readonly AwsInstance[],
): Promise<readonly PlanCheck[]> {
	const ids = new Set(targets.map(({ id }) => id));
	const groups = [...new Set(targets.flatMap(({ group }) => (group === undefined ? [] : [group])))];
	const region = targets[0]?.region;
	const checks: PlanCheck[] = [];
	for (const name of groups.toSorted()) {
		const { instances, minimum } = await aws.readGroup(name, region);
		const healthy = instances.filter((instance) => instance.healthy && !ids.has(instance.id)).length;
		checks.push({
			verdict: healthy >= minimum && healthy > 0 ? "pass" : "info",
			text: `${remainText(healthy, shownName(name))}; the group needs at least ${minimum}`,
		});
	}
	const covered = new Set(targets.filter(({ group }) => group !== undefined).map(({ id }) => id));
	for (const service of aws.services.filter((one) => one.region === region)) {
		const running = await aws.findInstances({ region: service.region, tag: service.tag });
		const mine = running.filter(({ id }) => ids.has(id));
		if (mine.every(({ id }) => covered.has(id))) continue;
		const healthy = running.filter((one) => isHealthy(one) && !ids.has(one.id)).length;
		for (const { id } of mine) covered.add(id);
		checks.push({ verdict: healthy > 0 ? "pass" : "info", text: remainText(healthy, service.name) });
	}
	const alone = targets.filter(({ id }) => !covered.has(id));
	if (alone.length > 0)
		checks.push({
			verdict: "info",
			text: `Nothing is known that serves in place of ${listText(alone.map(nameAndId))}: no group and no service of the configuration`,
		});
	return checks;
}

function remainText(healthy: number, name: string): string {
	if (healthy === 0) return `No healthy instance of ${name} remains meanwhile`;
	return `${counted(healthy, "healthy instance")} of ${name} ${healthy === 1 ? "remains" : "remain"} meanwhile`;
}

function isHealthy({ state, healthy }: AwsInstance): boolean {
	return state === "running" && healthy === true;
}
