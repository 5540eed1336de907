import * as autoscaling from "@aws-sdk/client-auto-scaling";
import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import { NormalizedSchema } from "@smithy/core/schema";
import type { ServiceName } from "./service-name.ts";

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

export type OperationSchema = {
	readonly input: NormalizedSchema;
	readonly output: NormalizedSchema;
};

/** The official clients carry the schema of every operation, exported as `<Operation>$`. */
const CLIENTS: Readonly<Record<ServiceName, object>> = { ec2, autoscaling, ssm, sts, iam };
const OPERATION = 9;
const known = new Map<string, OperationSchema>();

/** What an operation takes and gives, by the client's own schema; undefined when the service has no such operation. */
export function operationSchema(service: ServiceName, operation: string): OperationSchema | undefined {
	const name = `${service}.${operation}`;
	const found = known.get(name) ?? readSchema(service, operation);
	if (found) known.set(name, found);
	return found;
}

function readSchema(service: ServiceName, operation: string): OperationSchema | undefined {
	const schema: unknown = new Map(Object.entries(CLIENTS[service])).get(`${operation}$`);
	if (!Array.isArray(schema) || schema[0] !== OPERATION) return undefined;
	return { input: normalized(schema[4]), output: normalized(schema[5]) };
}

function normalized(reference: unknown): NormalizedSchema {
	return NormalizedSchema.of((typeof reference === "function" ? reference() : reference) as SchemaRef);
}

/** The members a structure cannot do without: the first ones of its list, as many as the schema counts. */
export function requiredMembers(structure: NormalizedSchema): readonly string[] {
	const raw: unknown = structure.getSchema();
	if (!Array.isArray(raw)) return [];
	const count = typeof raw[6] === "number" ? raw[6] : 0;
	return (raw[4] as readonly string[]).slice(0, count);
}
