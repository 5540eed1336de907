/** What is being recorded, before it is sealed into the chain. `data` is JSON; secrets are taken out when it is sealed. */
export type AuditEvent = {
	/** Dotted verb, such as `approval.decided` or `execution.intended`. */
	readonly action: string;
	readonly actorId: string;
	readonly actorName: string;
	/** What it is about: `approval:A-3`, `incident:INC-1`. */
	readonly subject: string;
	/** One sentence people read. */
	readonly summary: string;
	readonly data: Readonly<Record<string, unknown>>;
};

/**
 * What seals a record: `hash` is SHA-256 over the seal of the record before and this record's canonical JSON.
 * `signature` is Ed25519 over sequence and hash by `key`; both are base64url, and missing where nobody signs.
 */
export type AuditSeal = { readonly hash: string; readonly key?: string; readonly signature?: string };

/** A sealed record. */
export type AuditRecord = AuditEvent &
	AuditSeal & {
		readonly sequence: number;
		readonly atMs: number;
		readonly previousHash: string;
	};

/** The result of walking the chain. `brokenAt` names the first record that does not fit. */
export type AuditVerification = {
	readonly ok: boolean;
	readonly records: number;
	/** The hash of the last record that fits. */
	readonly head: string;
	/** The first record that was looked at, where that is not the first of all. */
	readonly walkedFrom?: number;
	readonly brokenAt?: number;
	readonly reason?: string;
	/** From which record on signatures are demanded; what was there before is held by the anchor's first line. */
	readonly signedFrom?: number;
	/** The keys that signed since, this installation's first. */
	readonly keys?: readonly string[];
	/** How far the chain is written down outside the database, and since when. */
	readonly anchored?: { readonly sequence: number; readonly atMs: number };
	/** What is odd but proves nothing, one sentence each. */
	readonly notes?: readonly string[];
};

/** The hash before the first record. */
export const AUDIT_GENESIS = "0".repeat(64);

/** Whether an action announces an effect, so that nothing may happen unless its record is beyond doubt. */
export function precedesEffect(action: string): boolean {
	return action.endsWith(".intended");
}
