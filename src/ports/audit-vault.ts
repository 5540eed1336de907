import type { AuditAnchor, AuditHead } from "../domain/audit-anchor.ts";

/** Signs for this installation with a key that the database never sees. Keys and signatures are base64url. */
export type AuditSigner = {
	/** The public key. */
	readonly key: string;
	sign(text: string): string;
	/** Whether a signature is of this text, made with this key, whoever's it is. False for anything odd. */
	isSigned(text: string, by: { readonly key: string; readonly signature: string }): boolean;
};

/** What is written down outside the database on how far the chain goes; lines are never taken back. */
export type AuditAnchors = {
	/** The newest line of this process' start or since; undefined where there is none. */
	last(): AuditAnchor | undefined;
	/** All lines that are kept, oldest first. AppError `invalid` where one is not as it was written. */
	read(): Promise<readonly AuditAnchor[]>;
	/**
	 * Writes a line and waits until the disk has it. A head that a line covers already is not written again, unless
	 * `always`. AppError `unavailable` where it can't be written.
	 */
	write(head: AuditHead, options?: { readonly always?: boolean }): Promise<void>;
};

/** What proves the audit against somebody who can change everything in the database. */
export type AuditVault = {
	readonly signer: AuditSigner;
	readonly anchors: AuditAnchors;
	/** The keys whose records count here, this installation's first; read anew each time. AppError `invalid`. */
	trustedKeys(): Promise<ReadonlySet<string>>;
};
