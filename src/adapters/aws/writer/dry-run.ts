import type { PermissionNeed } from "../../../domain/plan.ts";
import type { PermissionFinding } from "../../../ports/aws-writer.ts";
import { checkInstanceIds } from "../common/check-instance-ids.ts";
import { instanceOfArn } from "../common/instance-of-arn.ts";
import { readFailure } from "../common/read-failure.ts";
import { INSTANCE_CHANGES, type InstanceChange } from "./change-instances.ts";
import { askOnce, type WriterContext } from "./writer-context.ts";

type Verdict = Omit<PermissionFinding, "need">;

/** Asks EC2 whether it would do it. It says yes by an error of its own; a plain reply would mean nothing. */
export async function dryRun(
	context: WriterContext,
	action: InstanceChange,
	need: PermissionNeed,
): Promise<Verdict> {
	const ids = need.resources.flatMap((arn) => instanceOfArn(arn) ?? []);
	if (ids.length < need.resources.length)
		return { verdict: "not_known", reason: "One of the resources is not the ARN of an instance." };
	checkInstanceIds(ids);
	return askOnce(context, { action, asks: `the dry run of ${action}` }, async (options) => {
		try {
			await INSTANCE_CHANGES[action](context.ec2(need.region), { InstanceIds: ids, DryRun: true }, options);
			return { verdict: "not_known", reason: "EC2 did not say what it would do." };
		} catch (error) {
			const { name } = readFailure(error);
			if (name === "DryRunOperation") return { verdict: "allowed" };
			if (name === "UnauthorizedOperation") return { verdict: "denied" };
			throw error;
		}
	});
}
