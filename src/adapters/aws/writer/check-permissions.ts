import { toAppError } from "../../../domain/errors.ts";
import type { PermissionNeed } from "../../../domain/plan.ts";
import type { PermissionFinding } from "../../../ports/aws-writer.ts";
import { isInstanceChange } from "./change-instances.ts";
import { dryRun } from "./dry-run.ts";
import { simulate } from "./simulate.ts";
import type { WriterContext } from "./writer-context.ts";

/**
 * Whether the writer may do what a plan needs: what EC2 can try without doing by its DryRun, all else by IAM's
 * simulation. Never throws; `not_known` has the reason.
 */
export function checkPermissions(
	context: WriterContext,
	needs: readonly PermissionNeed[],
): Promise<readonly PermissionFinding[]> {
	return Promise.all(needs.map((need) => check(context, need)));
}

async function check(context: WriterContext, need: PermissionNeed): Promise<PermissionFinding> {
	try {
		await context.account();
		const { action } = need;
		const found = isInstanceChange(action) ? dryRun(context, action, need) : simulate(context, need);
		return { need, ...(await found) };
	} catch (error) {
		return { need, verdict: "not_known", reason: toAppError(error).message };
	}
}
