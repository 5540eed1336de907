import { isPending, type Preflight } from "../domain/approval.ts";
import type { PermissionNeed } from "../domain/plan.ts";
import { policyStatement } from "../domain/policy-statement.ts";
import type { AwsReader } from "../ports/aws-reader.ts";
import type { PermissionFinding } from "../ports/aws-writer.ts";
import { afterEnd, endWithin, enqueuePublish } from "./end-approval.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

/**
 * Asks AWS whether the plan of a new request would be allowed, before anybody is asked. A missing permission ends the
 * request with the statement that would give it; what AWS can't be asked is said and left to the run. Idempotent.
 */
export async function checkApproval(deps: ExecutorDeps, approvalId: string): Promise<void> {
	const approval = await deps.store.approvals.get(approvalId);
	if (!approval || !isPending(approval.status) || approval.preflight?.state !== "pending") return;
	const findings = await ask(deps, approval.plan.permissions);
	const preflight = judgePreflight(findings, deps.reader.aws?.requiredTag);
	let ended = false;
	await deps.store.transaction(async (stores) => {
		const current = await stores.approvals.getForUpdate(approvalId);
		if (!current || !isPending(current.status) || current.preflight?.state !== "pending") return;
		await stores.approvals.setPreflight(approvalId, preflight);
		await stores.audit.append({
			action: "approval.checked",
			actorId: "system:executor",
			actorName: "executor",
			subject: `approval:${approvalId}`,
			summary: `Checked before anybody is asked: ${preflight.state}`,
			data: { preflight, planHash: current.planHash },
		});
		if (preflight.state === "blocked")
			ended = await endWithin(stores, current, {
				from: current.status,
				to: "cancelled",
				outcome: `${deniedText(preflight)} Nobody was asked and nothing was changed.`,
			});
		else await enqueuePublish(stores, current);
	});
	if (ended) afterEnd(deps);
	else deps.jobs.nudge("publish-approval");
}

async function ask(
	deps: ExecutorDeps,
	needs: readonly PermissionNeed[],
): Promise<readonly PermissionFinding[]> {
	const { aws } = deps.writer;
	if (aws) return aws.checkPermissions(needs);
	return needs.map((need) => ({ need, verdict: "not_known", reason: "no AWS account is set up" }));
}

/** What AWS said as the checks of a card, with the statement that gives what is missing by the required tag. Pure. */
export function judgePreflight(
	findings: readonly PermissionFinding[],
	requiredTag?: AwsReader["requiredTag"],
): Preflight {
	const denied = findings.filter(({ verdict }) => verdict === "denied");
	const checks = findings.map(({ need, verdict, reason }) => {
		if (verdict === "allowed")
			return { verdict: "pass" as const, text: `AWS allows ${need.action} on ${resourcesText(need)}` };
		if (verdict === "denied")
			return {
				verdict: "fail" as const,
				text: `AWS does not allow ${need.action} on ${resourcesText(need)}`,
			};
		const why = reason === undefined ? "" : `: ${reason.replace(/\.$/, "")}`;
		return { verdict: "info" as const, text: `Whether AWS allows ${need.action} is not known${why}` };
	});
	if (denied.length === 0) return { state: "passed", checks };
	const needs = denied.map(({ need }) => need);
	return { state: "blocked", checks, statement: policyStatement(needs, requiredTag) };
}

/** The last part of an ARN names the thing; of many the first and a count. */
function resourcesText({ resources }: PermissionNeed): string {
	const [first = ""] = resources;
	const name = first.slice(first.lastIndexOf("/") + 1).slice(-120);
	return resources.length === 1 ? name : `${name} and ${resources.length - 1} others`;
}

function deniedText({ checks }: Preflight): string {
	const failed = checks.filter(({ verdict }) => verdict === "fail").map(({ text }) => text);
	return `${failed.join("; ")}.`;
}
