import { AppError } from "../../domain/errors.ts";
import type { Plan, PlanCheck } from "../../domain/plan.ts";
import type { AwsInstance, AwsReader, AwsService } from "../../ports/aws-reader.ts";
import { documentArn, instanceArn } from "./arn.ts";
import { judgeTargets } from "./judge-targets.ts";
import { counted, listText, nameAndId } from "./words.ts";

/** The service of the configuration by its name; undefined where it names none. */
export function findService(aws: AwsReader, name: string): AwsService | undefined {
	const found = aws.services.filter((service) => service.name === name);
	if (found.length > 1)
		throw new AppError(
			"conflict",
			`The configuration names ${name} in ${listText(found.map(({ region }) => region))}; give each its own name.`,
		);
	return found[0];
}

/** The instances that run a service and that Systems Manager reaches, with what there is to say about the others. */
export type ServiceTargets = {
	readonly targets: readonly AwsInstance[];
	readonly environment: string;
	readonly checks: readonly PlanCheck[];
};

/**
 * Finds them by the service's tag.
 * @throws AppError `not_found` where none runs, `conflict` where none is reached or one is not managed
 */
export async function serviceTargets(aws: AwsReader, service: AwsService): Promise<ServiceTargets> {
	const { name, region, tag } = service;
	const found = await aws.findInstances({ region, tag });
	const running = found.filter(({ state }) => state === "running");
	if (running.length === 0)
		throw new AppError(
			found.length > 0 ? "conflict" : "not_found",
			`No running instance of ${name} is found by the tag ${tag.key}=${tag.value} in ${region}.`,
		);
	const all = judgeTargets(running, {
		asked: `the service ${name}`,
		one: false,
		regions: [region],
		requiredTag: aws.requiredTag,
	});
	const reached = await aws.reachable(
		region,
		all.map(({ id }) => id),
	);
	const targets = all.filter(({ id }) => reached.has(id));
	const unreached = all.filter(({ id }) => !reached.has(id));
	const [first] = targets;
	if (!first)
		throw new AppError(
			"conflict",
			`Systems Manager reaches no instance of ${name} (${listText(all.map(nameAndId))}); check its agent there.`,
		);
	const resting = found.length - running.length;
	return {
		targets,
		environment: service.environment ?? first.environment,
		checks: [
			unreached.length > 0
				? {
						verdict: "fail",
						text: `Systems Manager does not reach ${listText(unreached.map(nameAndId))}`,
					}
				: {
						verdict: "pass",
						text: `Systems Manager reaches all ${targets.length} running instances of ${name}`,
					},
			...(resting > 0
				? [
						{
							verdict: "info" as const,
							text: `${counted(resting, "instance")} of ${name} ${resting === 1 ? "does" : "do"} not run: left out`,
						},
					]
				: []),
		],
	};
}

/** Being allowed to send this document to exactly these instances. */
export function commandNeeds(
	targets: readonly AwsInstance[],
	document: { readonly name: string },
): Plan["permissions"] {
	const [first] = targets;
	if (!first) return [];
	const { account, region } = first;
	const instances = targets.map(({ id }) => instanceArn(account, region, id));
	const resources = [documentArn(account, region, document.name), ...instances];
	return [{ action: "ssm:SendCommand", region, resources }];
}
