import { createHash, createHmac } from "node:crypto";
import type { AccessKey } from "./access-key.ts";
import { refuseCredentials } from "./refuse-credentials.ts";
import { isServiceName, type ServiceName } from "./service-name.ts";

/** What of a request the signature covers. Header names in lower case. */
export type SignedRequest = {
	readonly method: string;
	/** Path and query as they came. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: Buffer;
};

export type Caller = { readonly key: AccessKey; readonly service: ServiceName; readonly region: string };

const SKEW_MS = 5 * 60_000;
const AUTHORIZATION =
	/^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** The service that a request is addressed to, judged by its credential scope and not yet verified. */
export function scopeOf(authorization: string | undefined): ServiceName | undefined {
	const service = AUTHORIZATION.exec(authorization ?? "")?.[4] ?? "";
	return isServiceName(service) ? service : undefined;
}

/**
 * Checks an AWS Signature Version 4 in the Authorization header and says who calls. Errors are the ones the addressed
 * service gives: unknown key, wrong signature, a clock more than five minutes off, an expired session.
 * Source: AWS Identity and Access Management, "Create a signed AWS API request".
 */
export function verifySignature(
	request: SignedRequest,
	keys: ReadonlyMap<string, AccessKey>,
	nowMs: number,
): Caller {
	const authorization = AUTHORIZATION.exec(request.headers.authorization ?? "");
	const [, keyId = "", day = "", region = "", service = "", names = "", signature = ""] = authorization ?? [];
	if (!isServiceName(service)) throw refuseCredentials("ec2", "missing");
	const key = keys.get(keyId);
	if (!key) throw refuseCredentials(service, "unknown-key");
	const signed = names.split(";");
	const stamp = request.headers["x-amz-date"] ?? "";
	const complete = signed.includes("host") && signed.includes("x-amz-date") && stamp.startsWith(`${day}T`);
	if (!complete) throw refuseCredentials(service, "incomplete");
	const text = ["AWS4-HMAC-SHA256", stamp, `${day}/${region}/${service}/aws4_request`];
	text.push(sha256(canonicalRequest(request, signed)));
	const expected = hmac(signingKey(key.secretAccessKey, day, region, service), text.join("\n")).toString(
		"hex",
	);
	if (expected !== signature) throw refuseCredentials(service, "wrong-signature");
	if (!(Math.abs(stampMs(stamp) - nowMs) <= SKEW_MS)) throw refuseCredentials(service, "skewed");
	const token = request.headers["x-amz-security-token"];
	const covered = token === undefined || signed.includes("x-amz-security-token");
	if (token !== key.sessionToken || !covered) throw refuseCredentials(service, "unknown-key");
	if (nowMs >= (key.sessionExpiresAtMs ?? Infinity)) throw refuseCredentials(service, "expired");
	return { key, service, region };
}

function canonicalRequest({ method, url, headers, body }: SignedRequest, signed: readonly string[]): string {
	const { pathname, searchParams } = new URL(url, "http://localhost");
	const query = [...searchParams]
		.map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
		.toSorted()
		.join("&");
	const lines = signed.map((name) => `${name}:${(headers[name] ?? "").trim().replaceAll(/ +/g, " ")}\n`);
	return [method, pathname, query, lines.join(""), signed.join(";"), sha256(body)].join("\n");
}

function escaped(text: string): string {
	const byte = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
	return encodeURIComponent(text).replaceAll(/[!'()*]/g, byte);
}

/** `20261120T134500Z` in Unix milliseconds; NaN for anything else. */
function stampMs(stamp: string): number {
	const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
	return parts ? Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`) : NaN;
}

function signingKey(secret: string, day: string, region: string, service: string): Buffer {
	return [region, service, "aws4_request"].reduce(hmac, hmac(`AWS4${secret}`, day));
}

function hmac(key: Buffer | string, text: string): Buffer {
	return createHmac("sha256", key).update(text).digest();
}

function sha256(data: Buffer | string): string {
	return createHash("sha256").update(data).digest("hex");
}
