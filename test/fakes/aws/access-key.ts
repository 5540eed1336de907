import { matchesWildcard } from "./wildcard.ts";

/** An action such as `ec2:RebootInstances`, `ec2:*` or `*`, on every resource or on those a pattern names. */
type AllowRule = string | { readonly action: string; readonly resource: string };

/** A key pair, whom it belongs to, and what it may do. `allow` may be changed while the fake runs. */
export type AccessKey = {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	/** Temporary credentials carry one; a request without it, or with another, is refused. */
	readonly sessionToken?: string;
	/** From this instant on (Unix milliseconds, real time) the session token is answered with ExpiredToken. */
	readonly sessionExpiresAtMs?: number;
	/** Twelve digits. */
	readonly account: string;
	/** With a role the caller is an assumed role, otherwise a user named after the key. */
	readonly role?: string;
	readonly allow: readonly AllowRule[];
};

/** What GetCallerIdentity names. */
export function callerArn(key: AccessKey): string {
	if (key.role === undefined) return policySourceArn(key);
	return `arn:aws:sts::${key.account}:assumed-role/${key.role}/session`;
}

/** Whose policy SimulatePrincipalPolicy judges: the role itself, never its session. */
export function policySourceArn(key: AccessKey): string {
	const name = key.role === undefined ? `user/${key.accessKeyId}` : `role/${key.role}`;
	return `arn:aws:iam::${key.account}:${name}`;
}

/** Whether one of the key's rules covers the action on the resource; `*` as resource needs a rule for all of them. */
export function allows(key: AccessKey, action: string, resource: string): boolean {
	return key.allow.some((rule) => {
		if (typeof rule === "string") return matchesWildcard(rule.toLowerCase(), action.toLowerCase());
		return (
			matchesWildcard(rule.action.toLowerCase(), action.toLowerCase()) &&
			matchesWildcard(rule.resource, resource)
		);
	});
}
