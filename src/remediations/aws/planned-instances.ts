import type { Plan } from "../../domain/plan.ts";
import type { AwsInstance } from "../../ports/aws-reader.ts";
import type { CloudReader } from "../../ports/cloud-reader.ts";
import { plannedIds } from "./instance-plan.ts";
import { requireReader } from "./require-aws.ts";

/** The instances of a plan as they are now, without those that AWS no longer knows. AppErrors of the reader. */
export async function plannedInstances(plan: Plan, reader: CloudReader): Promise<readonly AwsInstance[]> {
	const region = plan.region === undefined ? {} : { region: plan.region };
	return requireReader(reader).findInstances({ ...region, ids: plannedIds(plan) });
}
