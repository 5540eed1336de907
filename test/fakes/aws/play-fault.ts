import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { AwsError } from "./aws-error.ts";
import type { Fault, FaultSource } from "./faults.ts";
import { refuseCredentials } from "./refuse-credentials.ts";
import { protocolOf, type ServiceName } from "./service-name.ts";

/** Thrown instead of a reply: the connection ends without one. */
export class CutConnection extends Error {}

type FaultSurroundings = { readonly faults: FaultSource; readonly stopping: AbortSignal };

/** Plays the part of a fault that comes before the effect. Throws when the effect must not happen. */
export async function faultBefore(
	fault: Fault | undefined,
	service: ServiceName,
	response: ServerResponse,
	{ faults, stopping }: FaultSurroundings,
): Promise<void> {
	if (fault?.kind === "throttle") throw throttled(service);
	if (fault?.kind === "expired") throw refuseCredentials(service, "expired");
	if (fault?.kind === "cut-before") throw new CutConnection();
	if (fault?.kind === "slow") await delay(fault.ms, undefined, { signal: stopping }).catch(cut);
	if (fault?.kind === "error" && fault.at === "before") throw internal(service);
	if (fault?.kind === "hang" && fault.at === "before" && !(await faults.hangs.wait(response)))
		throw new CutConnection();
}

/** Plays the part that comes after it, in place of the reply. */
export async function faultAfter(
	fault: Fault | undefined,
	service: ServiceName,
	response: ServerResponse,
	{ faults }: FaultSurroundings,
): Promise<void> {
	if (fault?.kind === "cut-after") throw new CutConnection();
	if (fault?.kind === "partial") throw internal(service);
	if (fault?.kind === "error" && fault.at === "after") throw internal(service);
	if (fault?.kind === "hang" && fault.at === "after" && !(await faults.hangs.wait(response)))
		throw new CutConnection();
}

function cut(): never {
	throw new CutConnection();
}

function throttled(service: ServiceName): AwsError {
	const protocol = protocolOf(service);
	if (protocol === "ec2query") return new AwsError("RequestLimitExceeded", "Request limit exceeded.", 503);
	if (protocol === "json") return new AwsError("ThrottlingException", "Rate exceeded", 400);
	return new AwsError("Throttling", "Rate exceeded", 400);
}

function internal(service: ServiceName): AwsError {
	const code = protocolOf(service) === "json" ? "InternalServerError" : "InternalError";
	return new AwsError(code, "An internal error has occurred", 500);
}
