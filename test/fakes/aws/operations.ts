import { autoscalingOperations } from "./autoscaling-operations.ts";
import { ec2Operations } from "./ec2-operations.ts";
import { iamOperations, stsOperations } from "./identity-operations.ts";
import type { Operation } from "./operation.ts";
import type { ServiceName } from "./service-name.ts";
import { ssmCommandOperations } from "./ssm-command-operations.ts";
import { ssmDocumentOperations } from "./ssm-document-operations.ts";
import { ssmInstanceOperations } from "./ssm-instance-operations.ts";

const OPERATIONS: Readonly<Record<ServiceName, Readonly<Record<string, Operation>>>> = {
	ec2: ec2Operations,
	autoscaling: autoscalingOperations,
	ssm: { ...ssmCommandOperations, ...ssmDocumentOperations, ...ssmInstanceOperations },
	sts: stsOperations,
	iam: iamOperations,
};

/** The operation a request names, or undefined when the fake doesn't play it. */
export function operationNamed(service: ServiceName, name: string): Operation | undefined {
	const operations = OPERATIONS[service];
	return Object.hasOwn(operations, name) ? operations[name] : undefined;
}
