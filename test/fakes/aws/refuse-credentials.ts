import { AwsError } from "./aws-error.ts";
import { protocolOf, type ServiceName } from "./service-name.ts";

export type CredentialProblem =
	| "missing"
	| "incomplete"
	| "unknown-key"
	| "wrong-signature"
	| "skewed"
	| "expired";

const UNVALIDATED = "AWS was not able to validate the provided access credentials";
const INVALID_TOKEN = "The security token included in the request is invalid.";
const MISMATCH =
	"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.";
const EXPIRED = "The security token included in the request is expired";

type Refusal = readonly [code: string, message: string, status: number];

const REFUSALS: Readonly<
	Record<ReturnType<typeof protocolOf>, Readonly<Record<CredentialProblem, Refusal>>>
> = {
	ec2query: {
		missing: ["MissingAuthenticationToken", "Request is missing Authentication Token", 403],
		incomplete: ["SignatureDoesNotMatch", MISMATCH, 403],
		"unknown-key": ["AuthFailure", UNVALIDATED, 401],
		"wrong-signature": ["SignatureDoesNotMatch", MISMATCH, 403],
		skewed: ["RequestExpired", "Request has expired.", 400],
		expired: ["ExpiredToken", EXPIRED, 400],
	},
	awsquery: {
		missing: ["MissingAuthenticationToken", "Request is missing Authentication Token", 403],
		incomplete: ["SignatureDoesNotMatch", MISMATCH, 403],
		"unknown-key": ["InvalidClientTokenId", INVALID_TOKEN, 403],
		"wrong-signature": ["SignatureDoesNotMatch", MISMATCH, 403],
		skewed: ["SignatureDoesNotMatch", "Signature expired: the request is not from now", 403],
		expired: ["ExpiredToken", EXPIRED, 403],
	},
	json: {
		missing: ["MissingAuthenticationTokenException", "Missing Authentication Token", 400],
		incomplete: ["IncompleteSignatureException", "The signature does not cover what it must", 400],
		"unknown-key": ["UnrecognizedClientException", INVALID_TOKEN, 400],
		"wrong-signature": ["InvalidSignatureException", MISMATCH, 400],
		skewed: ["InvalidSignatureException", "Signature expired: the request is not from now", 400],
		expired: ["ExpiredTokenException", EXPIRED, 400],
	},
};

/** The error with which a service refuses credentials; each protocol has its own codes. */
export function refuseCredentials(service: ServiceName, problem: CredentialProblem): AwsError {
	const [code, message, status] = REFUSALS[protocolOf(service)][problem];
	return new AwsError(code, message, status);
}
