import { AppError, type ErrorCode } from "../../../domain/errors.ts";
import { type FailureKind, failureKind } from "./failure-kinds.ts";
import { type AwsFailure, readFailure } from "./read-failure.ts";
import type { AwsSide } from "./settings.ts";

/** A call as errors name it: `ec2:RebootInstances`, by whom. */
export type AwsCall = {
	readonly action: string;
	readonly side: AwsSide;
	/** Of a writer's call that can change nothing: what it asks, such as `the dry run of ec2:RebootInstances`. */
	readonly asks?: string;
};

type Told = {
	readonly code: ErrorCode;
	readonly text: string;
	readonly retryAfterSeconds?: number;
	/** AWS or the connection proves that the call had no effect. */
	readonly unchanged: boolean;
};

const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/**
 * The error of a call as an AppError, by the SDK's names and the status, never by texts. What AWS wrote goes to the
 * log only. `extra.changed` is false where the call certainly had no effect; the codes `forbidden`, `conflict`,
 * `not_found`, `invalid` and `limited` always say so. Pure; an AppError stays what it is.
 */
export function mapFailure(error: unknown, call: AwsCall): AppError {
	if (error instanceof AppError) return error;
	const failure = readFailure(error);
	const { code, text, retryAfterSeconds, unchanged } = tell(failure, call);
	return new AppError(code, text, {
		detail: [call.action, failure.name, failure.code, failure.status, failure.text]
			.filter((part) => part !== undefined)
			.join(" "),
		...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
		extra: { action: call.action, reason: failure.name, ...(unchanged ? { changed: false } : {}) },
	});
}

function tell(failure: AwsFailure, call: AwsCall): Told {
	const kind = answered(failure) ? failureKind(failure.name) : undefined;
	if (kind) return { ...ofKind(kind, call, failure.name), unchanged: true };
	return ofNoAnswer(failure, call);
}

/** Only a refusal proves something: 4xx, and the 503 with which EC2 throttles. */
function answered({ name, status = 0 }: AwsFailure): boolean {
	return (status >= 400 && status < 500) || (status === 503 && failureKind(name) === "throttled");
}

function ofKind(kind: FailureKind, { action, side }: AwsCall, name: string): Omit<Told, "unchanged"> {
	switch (kind) {
		case "throttled":
			return {
				code: "limited",
				text: `AWS takes no more calls of ${action} at the moment; try again in a few seconds.`,
				retryAfterSeconds: 5,
			};
		case "quota":
			return {
				code: "limited",
				text: `AWS refuses ${action}: a quota of the account is used up; have it raised under Service Quotas.`,
			};
		case "forbidden":
			return {
				code: "forbidden",
				text: `AWS refuses ${action}: the ${side}'s role may not do it here; add it to its policy as docs/aws.md says.`,
			};
		case "credentials":
			return {
				code: "unavailable",
				text: `AWS does not accept the ${side}'s credentials (${name}); renew them, or correct aws.${side}_profile.`,
			};
		case "clock":
			return {
				code: "unavailable",
				text: `AWS does not accept the signature of the ${side} (${name}); check this machine's clock and the secret key.`,
			};
		case "absent":
			return {
				code: "not_found",
				text: `AWS knows nothing by this id (${action}); look up what is there now.`,
			};
		case "document":
			return {
				code: "not_found",
				text: "The document of Systems Manager is missing, or its content is another one; apply terraform/ again.",
			};
		case "state":
			return {
				code: "conflict",
				text: `AWS refuses ${action} in the present state (${name}); look at the target and ask again.`,
			};
		case "unreached":
			return {
				code: "conflict",
				text: "Systems Manager does not reach an instance; check that its agent runs and is registered.",
			};
		case "protected":
			return {
				code: "conflict",
				text: `AWS refuses ${action}: the target is protected against it; take the protection away first.`,
			};
		case "invalid":
			return { code: "invalid", text: `AWS does not accept the input of ${action} (${name}); correct it.` };
	}
}

function ofNoAnswer({ name, code, status = 0 }: AwsFailure, { action, side, asks }: AwsCall): Told {
	const told = (text: string, unchanged = false): Told => ({
		code: "unavailable",
		text,
		retryAfterSeconds: 10,
		unchanged,
	});
	if (name === "CredentialsProviderError" || name === "TokenProviderError")
		return told(
			`There are no usable AWS credentials for the ${side}; sign in again, or correct aws.${side}_profile.`,
			true,
		);
	if (code !== undefined && NEVER_SENT.has(code))
		return told(
			`AWS can't be reached for ${action} (${code}); check the network and AWS_ENDPOINT_URL.`,
			true,
		);
	if (status >= 300 && status < 400)
		return told(
			`The address of AWS answered ${action} with a redirect, which is not followed; check AWS_ENDPOINT_URL.`,
		);
	if (name === "InsufficientInstanceCapacity")
		return told(`AWS has too few machines of this type at the moment for ${action}; look at the target.`);
	if (asks !== undefined || side === "reader") {
		const missing = missingAnswer(asks ?? action, { name, code, status });
		return told(asks === undefined ? `${missing}; try again.` : `${missing}.`);
	}
	if (status >= 400)
		return told(
			`AWS failed at ${action} (${name}, ${status}); see status.aws.amazon.com, then look at the target.`,
		);
	return told(`AWS gave no answer to ${action} (${code ?? name}); look at the target before you try again.`);
}

/** A question left open: nothing was changed, so there is nothing to look at first. Without a full stop. */
function missingAnswer(asked: string, { name, code, status = 0 }: Omit<AwsFailure, "text">): string {
	if (status >= 400) return `AWS failed at ${asked} (${name}, ${status})`;
	if (name === "TimeoutError") return `AWS did not answer ${asked} in time`;
	return `AWS gave no answer to ${asked} (${code ?? name})`;
}
