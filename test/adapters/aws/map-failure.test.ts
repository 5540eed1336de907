import { mapFailure } from "../../../src/adapters/aws/common/map-failure.ts";
import { AppError, type ErrorCode } from "../../../src/domain/errors.ts";

const CALL = { action: "ec2:RebootInstances", side: "writer" } as const;

/** An error as the SDK throws it for a reply. */
function replied(name: string, status: number, message = "what AWS wrote"): Error {
	return Object.assign(new Error(message), { name, $fault: "client", $metadata: { httpStatusCode: status } });
}

/** An error as it comes from the connection. */
function cut(code: string, name = "Error"): Error {
	return Object.assign(new Error("what the system wrote"), { name, code });
}

/** Error, code of ours, whether it proves that nothing was changed, a part of the sentence. */
const TABLE: readonly (readonly [string, Error, ErrorCode, boolean, RegExp])[] = [
	["throttling of Systems Manager", replied("ThrottlingException", 400), "limited", true, /try again/],
	["throttling of Auto Scaling", replied("Throttling", 400), "limited", true, /try again/],
	["throttling of EC2, which is a 503", replied("RequestLimitExceeded", 503), "limited", true, /try again/],
	["a quota", replied("VcpuLimitExceeded", 400), "limited", true, /quota/],
	[
		"a missing permission in EC2",
		replied("UnauthorizedOperation", 403),
		"forbidden",
		true,
		/the writer's role/,
	],
	[
		"a missing permission in Auto Scaling",
		replied("AccessDenied", 403),
		"forbidden",
		true,
		/RebootInstances/,
	],
	["a missing permission in SSM", replied("AccessDeniedException", 400), "forbidden", true, /policy/],
	["expired credentials", replied("ExpiredTokenException", 400), "unavailable", true, /renew them/],
	["expired credentials in EC2", replied("ExpiredToken", 403), "unavailable", true, /aws\.writer_profile/],
	["unknown credentials", replied("AuthFailure", 401), "unavailable", true, /credentials/],
	[
		"a key that is not known",
		replied("UnrecognizedClientException", 400),
		"unavailable",
		true,
		/credentials/,
	],
	["a clock that is wrong", replied("RequestExpired", 400), "unavailable", true, /clock/],
	["a wrong signature", replied("SignatureDoesNotMatch", 403), "unavailable", true, /secret key/],
	[
		"an instance that is gone",
		replied("InvalidInstanceID.NotFound", 400),
		"not_found",
		true,
		/knows nothing/,
	],
	["a role that is gone", replied("NoSuchEntityException", 404), "not_found", true, /knows nothing/],
	["a document that is another", replied("InvalidDocumentVersion", 400), "not_found", true, /terraform/],
	["a wrong state", replied("IncorrectInstanceState", 400), "conflict", true, /present state/],
	["a scaling under way", replied("ScalingActivityInProgressFault", 400), "conflict", true, /present state/],
	["two changes at once", replied("ResourceContentionFault", 400), "conflict", true, /present state/],
	["an agent that is away", replied("InvalidInstanceId", 400), "conflict", true, /agent/],
	["a protection", replied("OperationNotPermitted", 400), "conflict", true, /protected/],
	["invalid input in Auto Scaling", replied("ValidationError", 400), "invalid", true, /correct it/],
	["invalid input in SSM", replied("InvalidParameters", 400), "invalid", true, /correct it/],
	["an error that is not known", replied("SomethingNew", 400), "unavailable", false, /SomethingNew/],
	["a known name with the status of a failure", replied("AccessDenied", 500), "unavailable", false, /500/],
	["a failure of AWS", replied("InternalError", 500), "unavailable", false, /look at the target/],
	[
		"too few machines",
		replied("InsufficientInstanceCapacity", 500),
		"unavailable",
		false,
		/too few machines/,
	],
	["a redirect", replied("Unknown", 302), "unavailable", false, /redirect/],
	["a page of a proxy", replied("UnknownError", 403), "unavailable", false, /403/],
	["time that is up", cut("ETIMEDOUT", "TimeoutError"), "unavailable", false, /no answer/],
	["a cut connection", cut("ECONNRESET", "TimeoutError"), "unavailable", false, /no answer/],
	["a stop of our own", cut("", "AbortError"), "unavailable", false, /no answer/],
	["a reply that is no XML", new SyntaxError("Unexpected token"), "unavailable", false, /no answer/],
	["nobody listening", cut("ECONNREFUSED"), "unavailable", true, /AWS_ENDPOINT_URL/],
	["a name that is not known", cut("ENOTFOUND"), "unavailable", true, /network/],
	["no credentials at all", cut("", "CredentialsProviderError"), "unavailable", true, /no usable AWS/],
	[
		"a name that imitates a refusal, without a reply",
		cut("", "ValidationError"),
		"unavailable",
		false,
		/no answer/,
	],
];

describe("an error of the SDK", () => {
	it.each(TABLE)("%s", (_what, error, code, unchanged, sentence) => {
		const mapped = mapFailure(error, CALL);
		expect(mapped.code).toBe(code);
		expect(mapped.extra.changed).toBe(unchanged ? false : undefined);
		expect(mapped.message).toMatch(sentence);
		expect(mapped.message).toMatch(/^[A-Z][^\n]*\.$/);
		expect(mapped.extra.action).toBe("ec2:RebootInstances");
	});

	it("proves by every code but unavailable that nothing was changed", () => {
		const unproved = TABLE.map(([, error]) => mapFailure(error, CALL)).filter(
			({ extra }) => extra.changed !== false,
		);
		expect(unproved.length).toBeGreaterThan(5);
		expect(new Set(unproved.map(({ code }) => code))).toEqual(new Set(["unavailable"]));
	});

	it("keeps what AWS wrote for the log, on one line and bounded", () => {
		const text = `denied\r\nforged: line ${"x".repeat(5000)}`;
		const { message, detail } = mapFailure(replied("AccessDenied", 403, text), CALL);
		expect(message).not.toMatch(/denied|forged/);
		expect(detail).toMatch(/^ec2:RebootInstances AccessDenied 403 denied forged: line x+$/);
		expect(detail?.length).toBeLessThan(700);
	});

	it("is not told by a name that is no name", () => {
		const { message } = mapFailure(replied("<script> *bold*", 400), CALL);
		expect(message).not.toContain("<script>");
	});

	it("stays what it is where it is ours already", () => {
		const ours = new AppError("conflict", "Ours.");
		expect(mapFailure(ours, CALL)).toBe(ours);
	});

	it("tells to look at the target only after a call that may have changed it", () => {
		const late = Object.assign(new Error("late"), { name: "TimeoutError" });
		const asks = "the dry run of ec2:RebootInstances";
		const read = { action: "ec2:DescribeInstances", side: "reader" } as const;
		expect([CALL, { ...CALL, asks }, read].map((call) => mapFailure(late, call).message)).toEqual([
			"AWS gave no answer to ec2:RebootInstances (TimeoutError); look at the target before you try again.",
			"AWS did not answer the dry run of ec2:RebootInstances in time.",
			"AWS did not answer ec2:DescribeInstances in time; try again.",
		]);
		expect(mapFailure(replied("InternalError", 500), { ...CALL, asks }).message).toBe(
			"AWS failed at the dry run of ec2:RebootInstances (InternalError, 500).",
		);
	});

	it.each([undefined, null, "text", 5, {}])(
		"of any other kind (%p) is an answer that did not come",
		(thrown) => {
			expect(mapFailure(thrown, CALL)).toMatchObject({ code: "unavailable", extra: { reason: "unknown" } });
		},
	);
});
