import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AccessKey } from "./access-key.ts";
import { decodeCall, type NamedCall, nameCall, permitCall, playCall } from "./answer-call.ts";
import { AwsError } from "./aws-error.ts";
import type { Call, CallLog } from "./call-log.ts";
import type { EffectLog } from "./effect-log.ts";
import { encodeError, encodeReply, type WireReply } from "./encode-reply.ts";
import type { Fault, FaultSource } from "./faults.ts";
import { CutConnection, faultAfter, faultBefore } from "./play-fault.ts";
import { readBody } from "./read-body.ts";
import { type SignedRequest, scopeOf, verifySignature } from "./verify-signature.ts";
import type { World } from "./world.ts";

/** What all calls of one fake share. */
export type Cloud = {
	readonly keys: ReadonlyMap<string, AccessKey>;
	readonly world: World;
	readonly effects: EffectLog;
	readonly calls: CallLog;
	readonly faults: FaultSource;
	readonly clock: () => number;
	readonly signingClock: () => number;
	/** Aborted when the fake stops: no effect after that. */
	readonly stopping: AbortSignal;
};

/** Where a call has got to, for the log. */
type Progress = {
	call?: NamedCall;
	input?: Readonly<Record<string, unknown>>;
	fault?: Fault;
	effects: readonly number[];
};

/** Answers one request, or cuts its connection, and logs it. */
export async function serveCall(cloud: Cloud, message: IncomingMessage, response: ServerResponse) {
	const requestId = randomUUID();
	const progress: Progress = { effects: [] };
	let reply: WireReply | undefined;
	let outcome = "ok";
	try {
		reply = await play(cloud, message, response, progress, requestId);
	} catch (error) {
		if (error instanceof CutConnection) outcome = "cut";
		else {
			const answer = error instanceof AwsError ? error : new AwsError("InternalFailure", String(error), 500);
			const service = progress.call?.service ?? scopeOf(message.headers.authorization) ?? "ec2";
			outcome = answer.code;
			reply = encodeError(service, answer, requestId);
		}
	}
	cloud.calls.append(logEntry(cloud, message, progress, requestId, outcome));
	if (!reply) response.destroy();
	else if (!response.destroyed)
		response
			.writeHead(reply.status, {
				"content-type": reply.contentType,
				"content-length": Buffer.byteLength(reply.body),
				"x-amzn-requestid": requestId,
			})
			.end(reply.body);
}

async function play(
	cloud: Cloud,
	message: IncomingMessage,
	response: ServerResponse,
	progress: Progress,
	requestId: string,
): Promise<WireReply> {
	const request = await signedRequest(message);
	const named = nameCall(request, verifySignature(request, cloud.keys, cloud.signingClock()));
	progress.call = named;
	const call = decodeCall(named);
	progress.input = call.input;
	const run = permitCall(call);
	const { service, operation, region, key } = call;
	const { account, accessKeyId } = key;
	const seen = { service, operation, region, account, accessKeyId, dryRun: call.dryRun, input: call.input };
	const fault = cloud.faults.next(seen);
	if (fault) progress.fault = fault;
	await faultBefore(fault, service, response, cloud);
	const before = cloud.effects.effects.length;
	let output: object;
	try {
		output = playCall(call, run, cloud.world.region(account, region), cloud.keys, cloud.effects, fault);
	} finally {
		progress.effects = cloud.effects.effects.slice(before).map((effect) => effect.sequence);
	}
	await faultAfter(fault, service, response, cloud);
	return encodeReply(service, operation, call.schema.output, output, requestId);
}

async function signedRequest(message: IncomingMessage): Promise<SignedRequest> {
	const headers = Object.fromEntries(
		Object.entries(message.headers).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(",") : value,
		]),
	);
	return { method: message.method ?? "", url: message.url ?? "/", headers, body: await readBody(message) };
}

function logEntry(
	cloud: Cloud,
	message: IncomingMessage,
	{ call, input = {}, fault, effects }: Progress,
	requestId: string,
	outcome: string,
): Call {
	return {
		requestId,
		atMs: cloud.clock(),
		service: call?.service ?? scopeOf(message.headers.authorization) ?? "",
		operation: call?.operation ?? "",
		region: call?.region ?? "",
		account: call?.key.account ?? "",
		accessKeyId: call?.key.accessKeyId ?? "",
		dryRun: input.DryRun === true,
		input,
		outcome,
		effects,
		...(fault ? { fault: fault.kind } : {}),
		userAgent: message.headers["user-agent"] ?? "",
	};
}
