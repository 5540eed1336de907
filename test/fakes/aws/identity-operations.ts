import type { EvaluationResult, SimulatePrincipalPolicyRequest } from "@aws-sdk/client-iam";
import { type AccessKey, allows, callerArn, policySourceArn } from "./access-key.ts";
import { AwsError } from "./aws-error.ts";
import type { Operation } from "./operation.ts";

/** The Security Token Service. */
export const stsOperations: Readonly<Record<string, Operation>> = {
	GetCallerIdentity(_input: object, { key }) {
		return { Account: key.account, Arn: callerArn(key), UserId: `AIDA${key.accessKeyId}` };
	},
};

/** Identity and Access Management. */
export const iamOperations: Readonly<Record<string, Operation>> = {
	SimulatePrincipalPolicy(input: SimulatePrincipalPolicyRequest, { keys, key: caller }) {
		const source = [...keys.values()].find(
			(key) => key.account === caller.account && policySourceArn(key) === input.PolicySourceArn,
		);
		if (!/^arn:aws:iam::\d{12}:(?:user|role|group)\//.test(input.PolicySourceArn ?? ""))
			throw new AwsError("InvalidInput", "The policy source must be the ARN of a user, group, or role.");
		if (!source) throw new AwsError("NoSuchEntity", `${input.PolicySourceArn} cannot be found.`, 404);
		const resources = input.ResourceArns?.length ? input.ResourceArns : ["*"];
		const results = (input.ActionNames ?? []).flatMap((action) =>
			resources.map((resource) => evaluate(source, action, resource)),
		);
		return { EvaluationResults: results, IsTruncated: false };
	},
};

function evaluate(key: AccessKey, action: string, resource: string): EvaluationResult {
	if (!/^[a-z0-9-]+:[A-Za-z0-9*]+$/.test(action))
		throw new AwsError("InvalidInput", `Invalid action name: ${action}`);
	return {
		EvalActionName: action,
		EvalResourceName: resource,
		EvalDecision: allows(key, action, resource) ? "allowed" : "implicitDeny",
		MatchedStatements: [],
		MissingContextValues: [],
	};
}
