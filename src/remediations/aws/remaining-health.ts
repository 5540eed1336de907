import type { PlanCheck } from "../../domain/plan.ts";
import type { AwsInstance, AwsReader } from "../../ports/aws-reader.ts";
import { counted, listText, nameAndId, shownName } from "./words.ts";

/** What goes on while the targets do not: what is down with them comes first on a card. */
type RemainingHealth = {
	readonly outages: readonly PlanCheck[];
	readonly others: readonly PlanCheck[];
};

/**
 * How many healthy instances go on while the targets do not: of their groups, else of the services they run.
 * @param downFor how long they do not, as it follows "is down": `for about 2 min`
 */
export async function remainingHealth(
	aws: AwsReader,
	targets: readonly AwsInstance[],
	downFor: string,
): Promise<RemainingHealth> {
	const ids = new Set(targets.map(({ id }) => id));
	const groups = [...new Set(targets.flatMap(({ group }) => (group === undefined ? [] : [group])))];
	const region = targets[0]?.region;
	const outages: PlanCheck[] = [];
	const others: PlanCheck[] = [];
	for (const name of groups.toSorted()) {
		const { instances, minimum } = await aws.readGroup(name, region);
		const rest = instances.filter(({ id }) => !ids.has(id));
		const healthy = rest.filter((instance) => instance.healthy).length;
		const needs = `; the group needs at least ${minimum}`;
		const shown = shownName(name);
		if (healthy > 0)
			others.push({
				verdict: healthy >= minimum ? "pass" : "info",
				text: `${remainText(healthy, shown)}${needs}`,
			});
		else outages.push(outageCheck(shown, instances.length - rest.length, rest.length, `${downFor}${needs}`));
	}
	const covered = new Set(targets.filter(({ group }) => group !== undefined).map(({ id }) => id));
	for (const service of aws.services.filter((one) => one.region === region)) {
		const found = await aws.findInstances({ region: service.region, tag: service.tag });
		const running = found.filter(({ state }) => state === "running");
		const mine = running.filter(({ id }) => ids.has(id));
		if (mine.every(({ id }) => covered.has(id))) continue;
		const rest = running.filter(({ id }) => !ids.has(id));
		const healthy = rest.filter((one) => one.healthy === true).length;
		for (const { id } of mine) covered.add(id);
		if (healthy > 0) others.push({ verdict: "pass", text: remainText(healthy, service.name) });
		else outages.push(outageCheck(service.name, mine.length, rest.length, downFor));
	}
	const alone = targets.filter(({ id }) => !covered.has(id));
	if (alone.length > 0)
		others.push({
			verdict: "info",
			text: `Nothing is known that serves in place of ${listText(alone.map(nameAndId))}: no group and no service of the configuration`,
		});
	return { outages, others };
}

/** That a service is down: `stopped` of its running instances are changed, and none of the `rest` is healthy. */
export function outageCheck(name: string, stopped: number, rest: number, downFor: string): PlanCheck {
	const all = stopped === 1 ? `The only instance of ${name}` : `All ${stopped} instances of ${name} at once`;
	const what = rest === 0 ? all : `No healthy instance of ${name} remains`;
	return { verdict: "info", text: `${what}: ${name} is down ${downFor}` };
}

function remainText(healthy: number, name: string): string {
	return `${counted(healthy, "healthy instance")} of ${name} ${healthy === 1 ? "remains" : "remain"} meanwhile`;
}
