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
import { protocolOf } from "./service-name.ts";
import type { Caller, SignedRequest } from "./verify-signature.ts";

/** A call whose caller is known and whose operation is named. */
export type NamedCall = Caller & { readonly operation: string; readonly text: string };

/** A call that is understood, and may not be permitted. */
export type DecodedCall = NamedCall & {
	readonly input: Readonly<Record<string, unknown>>;
	readonly dryRun: boolean;
	readonly schema: OperationSchema;
};

/** Says which operation a verified request asks for, known or not. */
export function nameCall(request: SignedRequest, caller: Caller): NamedCall {
	const text = request.body.toString("utf8");
	const target = /^AmazonSSM\.(\w+)$/.exec(request.headers["x-amz-target"] ?? "")?.[1];
	const action = protocolOf(caller.service) === "json" ? target : new URLSearchParams(text).get("Action");
	return { ...caller, operation: action ?? "", text };
}

/** Reads a call's input by the schema of its operation. Errors are AwsErrors. */
export function decodeCall(call: NamedCall): DecodedCall {
	const { service, operation, text } = call;
	const schema = operationSchema(service, operation);
	if (!schema) throw new AwsError("InvalidAction", `The action ${operation} is not valid for this service.`);
	const protocol = protocolOf(service);
	const input =
		protocol === "json"
			? decodeJson(schema.input, text)
			: decodeForm(schema.input, new Map(new URLSearchParams(text)), protocol);
	checkInput(schema.input, input, protocol);
	return { ...call, input, dryRun: input.DryRun === true, schema };
}

/** What plays the call, if its caller may make it. Errors are AwsErrors. */
export function permitCall({ key, service, operation, input, region }: DecodedCall): Operation {
	authorize(key, service, operation, input, region);
	const run = operationNamed(service, operation);
	if (!run) throw new AwsError("NotImplemented", `This fake does not play ${service}:${operation}`, 501);
	return run;
}

/** Plays a permitted call on the world. A partial fault lets it get to its first targets only. */
export function playCall(
	call: DecodedCall,
	run: Operation,
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
	return run(call.input as never, context);
}
