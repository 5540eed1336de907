import type { AccessKey } from "./access-key.ts";
import { authorize } from "./authorize.ts";
import { AwsError } from "./aws-error.ts";
import { checkInput } from "./check-input.ts";
import { decodeForm } from "./decode-form.ts";
import { decodeJson } from "./decode-json.ts";
import type { EffectLog } from "./effect-log.ts";
import type { Fault } from "./faults.ts";
import type { CallContext, Operation } from "./operation.ts";
import { type OperationSchema, operationSchema } from "./operation-schema.ts";
import { operationNamed } from "./operations.ts";
import type { RegionState } from "./region-state.ts";
import { protocolOf, type ServiceName } from "./service-name.ts";
import { type Caller, type SignedRequest, verifySignature } from "./verify-signature.ts";

/** A call that is verified, understood and permitted, and has not been played yet. */
export type AdmittedCall = Caller & {
	readonly operation: string;
	readonly input: Readonly<Record<string, unknown>>;
	readonly dryRun: boolean;
	readonly schema: OperationSchema;
	readonly run: Operation;
};

/** Verifies, decodes, validates and authorises a request, in this order. Errors are AwsErrors. */
export function admitCall(
	request: SignedRequest,
	keys: ReadonlyMap<string, AccessKey>,
	nowMs: number,
): AdmittedCall {
	const caller = verifySignature(request, keys, nowMs);
	const { key, service, region } = caller;
	const text = request.body.toString("utf8");
	const fields = new Map(protocolOf(service) === "json" ? [] : new URLSearchParams(text));
	const operation = operationOf(request, service, fields);
	const schema = operationSchema(service, operation);
	if (!schema) throw new AwsError("InvalidAction", `The action ${operation} is not valid for this service.`);
	const protocol = protocolOf(service);
	const input =
		protocol === "json" ? decodeJson(schema.input, text) : decodeForm(schema.input, fields, protocol);
	checkInput(schema.input, input, protocol);
	authorize(key, service, operation, input, region);
	const run = operationNamed(service, operation);
	if (!run) throw new AwsError("NotImplemented", `This fake does not play ${service}:${operation}`, 501);
	return { ...caller, operation, input, dryRun: input.DryRun === true, schema, run };
}

function operationOf(
	request: SignedRequest,
	service: ServiceName,
	fields: ReadonlyMap<string, string>,
): string {
	if (protocolOf(service) !== "json") return fields.get("Action") ?? "";
	return /^AmazonSSM\.(\w+)$/.exec(request.headers["x-amz-target"] ?? "")?.[1] ?? "";
}

/** Plays an admitted call on the world. A partial fault lets it get to its first targets only. */
export function playCall(
	call: AdmittedCall,
	region: RegionState,
	keys: ReadonlyMap<string, AccessKey>,
	log: EffectLog,
	fault: Fault | undefined,
): object {
	const nowMs = region.rules.clock();
	const { key, service, operation } = call;
	const context: CallContext = {
		key,
		keys,
		region,
		nowMs,
		reached: (targets) => (fault?.kind === "partial" ? targets.slice(0, fault.targets) : targets),
		record(targets, detail, comment) {
			const who = { region: region.region, account: region.account, accessKeyId: key.accessKeyId };
			const what = { service, operation, targets: [...targets], detail };
			log.append({ atMs: nowMs, ...who, ...what, ...(comment ? { comment } : {}) });
		},
	};
	return call.run(call.input as never, context);
}
