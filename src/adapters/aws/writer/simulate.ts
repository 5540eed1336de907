import type { EvaluationResult } from "@aws-sdk/client-iam";
import { AppError, toAppError } from "../../../domain/errors.ts";
import type { PermissionNeed } from "../../../domain/plan.ts";
import type { PermissionFinding } from "../../../ports/aws-writer.ts";
import { askOnce, type WriterContext } from "./writer-context.ts";

type Verdict = Omit<PermissionFinding, "need">;

/** Keys by which policies may ask for the tag; IAM does not look a resource's tags up. */
const TAG_KEYS = ["aws:ResourceTag", "ec2:ResourceTag", "ssm:resourceTag", "autoscaling:ResourceTag"];

/** Asks IAM what the writer's role may do with these resources, taking them for tagged as they must be. */
export async function simulate(context: WriterContext, need: PermissionNeed): Promise<Verdict> {
	const { roleArn, requiredTag } = context.settings;
	if (roleArn === undefined)
		return {
			verdict: "not_known",
			reason: "IAM is not asked: aws.writer_role_arn is not set.",
		};
	const ask = await context.simulator();
	const input = {
		PolicySourceArn: roleArn,
		ActionNames: [need.action],
		ResourceArns: [...need.resources],
		ContextEntries: TAG_KEYS.map((key) => ({
			ContextKeyName: `${key}/${requiredTag.key}`,
			ContextKeyType: "string" as const,
			ContextKeyValues: [requiredTag.value],
		})),
	};
	try {
		const action = "iam:SimulatePrincipalPolicy";
		const asks = `the simulation of ${need.action}`;
		const reply = await askOnce(context, { action, asks }, (options) => ask(input, options));
		return judge(reply.EvaluationResults ?? [], reply.IsTruncated === true);
	} catch (error) {
		if (error instanceof AppError && error.code === "forbidden")
			return {
				verdict: "not_known",
				reason: "The writer may not ask IAM: iam:SimulatePrincipalPolicy is denied.",
			};
		return { verdict: "not_known", reason: toAppError(error).message };
	}
}

/** Allowed where every resource is; a refusal that hangs on something IAM was not told is not known. */
function judge(results: readonly EvaluationResult[], cut: boolean): Verdict {
	const decisions = results.flatMap(({ EvalDecision, ResourceSpecificResults = [] }) => [
		EvalDecision,
		...ResourceSpecificResults.map(({ EvalResourceDecision }) => EvalResourceDecision),
	]);
	if (decisions.length === 0 || cut) return { verdict: "not_known", reason: "IAM's answer is not complete." };
	if (decisions.every((decision) => decision === "allowed")) return { verdict: "allowed" };
	const missing = results.flatMap(({ MissingContextValues = [], ResourceSpecificResults = [] }) => [
		...MissingContextValues,
		...ResourceSpecificResults.flatMap((one) => one.MissingContextValues ?? []),
	]);
	if (missing.length === 0 || decisions.includes("explicitDeny")) return { verdict: "denied" };
	const keys = [...new Set(missing)].slice(0, 3).join(", ");
	return {
		verdict: "not_known",
		reason: `A policy depends on ${keys.slice(0, 200)}, which IAM can't look up.`,
	};
}
