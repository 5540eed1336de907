/** What an error of AWS means for the call that got it. */
export type FailureKind =
	| "throttled"
	| "quota"
	| "forbidden"
	| "credentials"
	| "clock"
	| "absent"
	| "document"
	| "state"
	| "unreached"
	| "protected"
	| "invalid";

/**
 * The error names of EC2, Auto Scaling, Systems Manager, STS and IAM, without the endings Exception, Fault and Error.
 * Every one is an answer instead of the work, so nothing was changed. What is missing here is taken for unknown.
 * Sources: the services' API references, and the error classes of the SDK.
 */
const NAMES: Readonly<Record<FailureKind, readonly string[]>> = {
	throttled: [
		"Throttling",
		"Throttled",
		"EC2Throttled",
		"RequestLimitExceeded",
		"RequestThrottled",
		"TooManyRequests",
		"PriorRequestNotComplete",
		"SlowDown",
		"BandwidthLimitExceeded",
	],
	quota: ["InstanceLimitExceeded", "VcpuLimitExceeded", "LimitExceeded", "ServiceQuotaExceeded"],
	forbidden: [
		"UnauthorizedOperation",
		"AccessDenied",
		"UnauthorizedAccess",
		"NotAuthorized",
		"OptInRequired",
		"Blocked",
		"PendingVerification",
	],
	credentials: [
		"ExpiredToken",
		"AuthFailure",
		"InvalidClientTokenId",
		"UnrecognizedClient",
		"MissingAuthenticationToken",
		"IncompleteSignature",
		"InvalidToken",
	],
	clock: ["RequestExpired", "RequestTimeTooSkewed", "SignatureDoesNotMatch", "InvalidSignature"],
	absent: [
		"InvalidInstanceID.NotFound",
		"InvalidInstanceID",
		"InvalidCommandId",
		"InvocationDoesNotExist",
		"NoSuchEntity",
		"ResourceNotFound",
		"DoesNotExist",
	],
	document: ["InvalidDocument", "InvalidDocumentVersion", "DocumentVersionNotFound"],
	state: [
		"IncorrectInstanceState",
		"IncorrectState",
		"InvalidState",
		"ScalingActivityInProgress",
		"ResourceContention",
		"ResourceInUse",
		"ConcurrentModification",
		"Conflict",
	],
	unreached: ["InvalidInstanceId", "TargetNotConnected"],
	protected: ["OperationNotPermitted"],
	invalid: [
		"Validation",
		"InvalidParameter",
		"InvalidParameters",
		"InvalidParameterValue",
		"InvalidParameterCombination",
		"InvalidParameterDependency",
		"MissingParameter",
		"UnknownParameter",
		"MalformedQueryString",
		"InvalidAction",
		"InvalidInput",
		"InvalidFilter",
		"InvalidFilterKey",
		"InvalidFilterValue",
		"InvalidInstanceInformationFilterValue",
		"InvalidNextToken",
		"InvalidInstanceID.Malformed",
		"UnsupportedOperation",
		"UnsupportedPlatformType",
		"DuplicateInstanceId",
		"MaxDocumentSizeExceeded",
		"InvalidDocumentContent",
		"Serialization",
	],
};

const KINDS: ReadonlyMap<string, FailureKind> = new Map(
	Object.entries(NAMES).flatMap(([kind, names]) =>
		names.map((name): [string, FailureKind] => [name, kind as FailureKind]),
	),
);

/** The kind of an error's name, with or without its ending; undefined where it is none of the known. */
export function failureKind(name: string): FailureKind | undefined {
	return KINDS.get(name) ?? KINDS.get(name.replace(/(?:Exception|Fault|Error)$/, ""));
}
