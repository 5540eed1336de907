import { RebootInstancesCommand } from "@aws-sdk/client-ec2";
import { ListCommandsCommand } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import * as fc from "fast-check";
import type { AccessKey } from "./access-key.ts";
import { awsClients } from "./aws-clients.ts";
import { awsFailure } from "./aws-failure.ts";
import { WRITER } from "./example-keys.ts";
import { signRequest } from "./sign-request.ts";
import { type FakeAws, startFakeAws } from "./start-fake-aws.ts";
import { type SignedRequest, verifySignature } from "./verify-signature.ts";

const NOW_MS = Date.parse("2026-11-20T12:00:00.000Z");
const TEMPORARY: AccessKey = {
	...WRITER,
	accessKeyId: "ASIAEXAMPLETEMPORARY",
	secretAccessKey: "temporary-secret",
	sessionToken: "session-1",
	sessionExpiresAtMs: NOW_MS + 60_000,
};
const KEYS = new Map([WRITER, TEMPORARY].map((key) => [key.accessKeyId, key]));
const BODY = "Action=RebootInstances&Version=2016-11-15&InstanceId.1=i-0123456789abcdef0";
const signed = (key = WRITER) => signRequest(key, { body: BODY, service: "ec2", atMs: NOW_MS });
const verified = (request: SignedRequest, nowMs = NOW_MS) => verifySignature(request, KEYS, nowMs);

function refusal(request: SignedRequest, nowMs = NOW_MS): string {
	try {
		verified(request, nowMs);
		return "none";
	} catch (error) {
		return Object(error).code;
	}
}

const withHeader = (request: SignedRequest, name: string, value: string | undefined): SignedRequest => ({
	...request,
	headers: { ...request.headers, [name]: value },
});
const withAuthorization = (request: SignedRequest, from: string | RegExp, to: string) =>
	withHeader(request, "authorization", request.headers.authorization?.replace(from, to));

describe("the check of signatures", () => {
	it("admits what the clients' own signer signed, whatever the path, the query and the body", async () => {
		const word = fc.string({ minLength: 1, maxLength: 8, unit: "grapheme-ascii" });
		await fc.assert(
			fc.asyncProperty(fc.string(), fc.dictionary(word, word, { maxKeys: 3 }), async (body, query) => {
				const request = await signRequest(WRITER, { body, service: "ssm", atMs: NOW_MS, query });
				expect(verified(request)).toEqual({ key: WRITER, service: "ssm", region: "eu-west-1" });
			}),
			{ numRuns: 50 },
		);
	});

	it("refuses any other byte in the body", async () => {
		const request = await signed();
		fc.assert(
			fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
				const body = Buffer.from(request.body);
				body[at] = (body[at] ?? 0) ^ change;
				expect(refusal({ ...request, body })).toBe("SignatureDoesNotMatch");
			}),
		);
	});

	it("refuses any other digit in the signature", async () => {
		const request = await signed();
		const signature = request.headers.authorization?.slice(-64) ?? "";
		fc.assert(
			fc.property(fc.nat(63), fc.integer({ min: 1, max: 15 }), (at, change) => {
				const digit = (Number.parseInt(signature[at] ?? "0", 16) ^ change).toString(16);
				const forged = `${signature.slice(0, at)}${digit}${signature.slice(at + 1)}`;
				expect(refusal(withAuthorization(request, signature, forged))).toBe("SignatureDoesNotMatch");
			}),
		);
	});

	const tampered: [string, (request: SignedRequest) => SignedRequest, string][] = [
		["another method", (request) => ({ ...request, method: "PUT" }), "SignatureDoesNotMatch"],
		["another path", (request) => ({ ...request, url: "/other" }), "SignatureDoesNotMatch"],
		["a query added", (request) => ({ ...request, url: "/?Action=Other" }), "SignatureDoesNotMatch"],
		["an empty body", (request) => ({ ...request, body: Buffer.alloc(0) }), "SignatureDoesNotMatch"],
		["another host", (request) => withHeader(request, "host", "other"), "SignatureDoesNotMatch"],
		[
			"a signed header gone",
			(request) => withHeader(request, "content-type", undefined),
			"SignatureDoesNotMatch",
		],
		[
			"another second",
			(request) => withHeader(request, "x-amz-date", "20261120T120001Z"),
			"SignatureDoesNotMatch",
		],
		[
			"another day than the scope's",
			(request) => withHeader(request, "x-amz-date", "20261119T120000Z"),
			"SignatureDoesNotMatch",
		],
		["a time that is none", (request) => withHeader(request, "x-amz-date", "now"), "SignatureDoesNotMatch"],
		[
			"another region",
			(request) => withAuthorization(request, "eu-west-1", "us-east-1"),
			"SignatureDoesNotMatch",
		],
		[
			"another service",
			(request) => withAuthorization(request, "/ec2/", "/autoscaling/"),
			"SignatureDoesNotMatch",
		],
		[
			"another key's id",
			(request) => withAuthorization(request, WRITER.accessKeyId, TEMPORARY.accessKeyId),
			"SignatureDoesNotMatch",
		],
		[
			"the host left unsigned",
			(request) => withAuthorization(request, /;host|host;/, ""),
			"SignatureDoesNotMatch",
		],
		["an unknown key", (request) => withAuthorization(request, "AKIA", "AKIB"), "AuthFailure"],
		[
			"no signature",
			(request) => withHeader(request, "authorization", undefined),
			"MissingAuthenticationToken",
		],
		[
			"another scheme",
			(request) => withHeader(request, "authorization", "Basic x"),
			"MissingAuthenticationToken",
		],
		["a token nobody gave", (request) => withHeader(request, "x-amz-security-token", "x"), "AuthFailure"],
	];
	it.each(tampered)("refuses %s", async (_, tamper, code) => {
		const request = await signed();
		expect(refusal(request)).toBe("none");
		expect(refusal(tamper(request))).toBe(code);
	});

	it("refuses a signature that is right and does not cover the host", async () => {
		const request = await signRequest(WRITER, {
			body: BODY,
			service: "ec2",
			atMs: NOW_MS,
			unsigned: ["host"],
		});
		expect(request.headers.authorization).not.toContain("host");
		expect(refusal(request)).toBe("SignatureDoesNotMatch");
	});

	it("holds a session to its token and its end", async () => {
		const request = await signed(TEMPORARY);
		expect(refusal(request)).toBe("none");
		expect(refusal(await signed({ ...TEMPORARY, sessionToken: undefined }))).toBe("AuthFailure");
		expect(refusal(await signed({ ...TEMPORARY, sessionToken: "session-2" }))).toBe("AuthFailure");
		expect(refusal(request, NOW_MS + 60_000)).toBe("ExpiredToken");
	});

	it.each([-300_001, 300_001, -86_400_000])("refuses a clock that is %d ms off", async (offMs) => {
		const request = await signed();
		expect(refusal(request, NOW_MS + offMs)).toBe("RequestExpired");
		expect(refusal(request, NOW_MS + Math.sign(offMs) * 300_000)).toBe("none");
	});
});

describe("credentials through the official clients", () => {
	let aws: FakeAws;
	beforeAll(async () => {
		aws = await startFakeAws({ keys: [WRITER, { ...TEMPORARY, sessionExpiresAtMs: 0 }] });
	});
	afterAll(() => aws.stop());

	const failures = async (...who: [Parameters<typeof awsClients>[1], Parameters<typeof awsClients>[2]?]) => {
		const { ec2, sts, ssm } = awsClients(aws, ...who);
		return [
			await awsFailure(ec2.send(new RebootInstancesCommand({ InstanceIds: ["i-0123456789abcdef0"] }))),
			await awsFailure(sts.send(new GetCallerIdentityCommand({}))),
			await awsFailure(ssm.send(new ListCommandsCommand({}))),
		];
	};

	it("a wrong secret", async () => {
		expect(await failures({ ...WRITER, secretAccessKey: "guessed" })).toEqual([
			"SignatureDoesNotMatch 403",
			"SignatureDoesNotMatch 403",
			"InvalidSignatureException 400",
		]);
	});

	it("an unknown key", async () => {
		expect(await failures({ ...WRITER, accessKeyId: "AKIAUNKNOWN" })).toEqual([
			"AuthFailure 401",
			"InvalidClientTokenId 403",
			"UnrecognizedClientException 400",
		]);
	});

	it("an expired session", async () => {
		expect(await failures(TEMPORARY)).toEqual([
			"ExpiredToken 400",
			"ExpiredToken 403",
			"ExpiredTokenException 400",
		]);
	});

	it("a clock six minutes behind", async () => {
		expect(await failures(WRITER, { systemClockOffset: -360_000 })).toEqual([
			"RequestExpired 400",
			"SignatureDoesNotMatch 403",
			"InvalidSignatureException 400",
		]);
	});
});
