/** What is being recorded, before it is sealed into the chain. `data` is JSON without secrets. */
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

/** A sealed record: `hash` is SHA-256 over the previous hash and this record's canonical JSON. */
export type AuditRecord = AuditEvent & {
	readonly sequence: number;
	readonly atMs: number;
	readonly previousHash: string;
	readonly hash: string;
};

/** The result of walking the chain. `brokenAt` names the first record that does not fit. */
export type AuditVerification = {
	readonly ok: boolean;
	readonly records: number;
	readonly head: string;
	readonly brokenAt?: number;
	readonly reason?: string;
};

/** The hash before the first record. */
export const AUDIT_GENESIS = "0".repeat(64);
