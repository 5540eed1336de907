import type { AwsInstance, AwsReader } from "../../ports/aws-reader.ts";
import { type InstanceParameters, splitTag } from "./instance-parameters.ts";
import { judgeTargets } from "./judge-targets.ts";
import { requireRegion } from "./require-aws.ts";

/** An instance's id as AWS gives it. */
const INSTANCE_ID = /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/**
 * The instances that parameters name, sorted by id: at least one, at most 50, managed, in one account, region and
 * environment.
 * @throws AppError `not_found`, `invalid` or `conflict`, with what to do
 */
export async function findTargets(
	aws: AwsReader,
	{ instance, tag, region: named }: InstanceParameters,
): Promise<readonly AwsInstance[]> {
	const region = requireRegion(aws, named);
	const where = region === undefined ? {} : { region };
	const isId = instance !== undefined && INSTANCE_ID.test(instance);
	const wanted =
		instance === undefined
			? { tag: splitTag(tag ?? "") }
			: isId
				? { ids: [instance] }
				: { tag: { key: "Name", value: instance } };
	const found = await aws.findInstances({ ...where, ...wanted });
	return judgeTargets(found, {
		asked: instance ?? `the tag ${tag}`,
		one: instance !== undefined,
		regions: region === undefined ? aws.regions : [region],
		requiredTag: aws.requiredTag,
	});
}
