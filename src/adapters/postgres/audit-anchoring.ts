import type { AuditAnchor, AuditHead } from "../../domain/audit-anchor.ts";
import { AppError, toAppError } from "../../domain/errors.ts";
import type { AuditAnchors } from "../../ports/audit-vault.ts";
import type { Logger } from "../../ports/logger.ts";
import { apartFromTransaction } from "./one-connection.ts";
import type { Database } from "./open-database.ts";

const AFTER_MS = 1000;
const MOST_ATTEMPTS = 60;

/**
 * Writes down how far the chain goes that other connections can see, so never past what is committed.
 * @throws AppError `unavailable` where it can't be written, `conflict` where the chain was set back
 */
export async function anchorCommitted(db: Database, anchors: AuditAnchors): Promise<void> {
	const before = anchors.last();
	const head = await db.selectFrom("audit_head").select(["sequence", "hash"]).executeTakeFirst();
	if (!head) throw new AppError("internal", "The audit log has lost its head, so nothing is run.");
	refuseSetBack(head, before);
	await anchors.write(head);
}

/** Refuses a head, read after the line `before` was written, that does not reach as far or is another one. */
export function refuseSetBack(head: AuditHead, before: AuditAnchor | undefined): void {
	if (!before || head.sequence > before.sequence) return;
	if (head.sequence === before.sequence && head.hash === before.hash) return;
	throw new AppError(
		"conflict",
		`The audit does not hold record ${before.sequence} any more, which was anchored outside the database, so nothing is run; see "npm run audit -- verify".`,
	);
}

/** Anchors at once, soon after something was recorded, and at the end. Never throws. */
export type AnchorKeeper = {
	begin(): Promise<void>;
	recorded(sequence: number): void;
	close(): Promise<void>;
};

/**
 * Anchors within about a second of each commit. What can't be anchored is tried again each second for a minute, and
 * with the next record; the log tells it once.
 */
export function keepAnchored(db: Database, anchors: AuditAnchors, logger: Logger): AnchorKeeper {
	let wanted = 0;
	let attempts = 0;
	let told = false;
	let timer: NodeJS.Timeout | undefined;
	const anchor = async () => {
		try {
			await anchorCommitted(db, anchors);
			told = false;
		} catch (error) {
			if (!told) logger.error("The audit is not anchored", { error: toAppError(error) });
			told = true;
		}
	};
	const anchorWanted = async () => {
		await anchor();
		timer = undefined;
		attempts += 1;
		// The transaction may take longer than the wait; one that was rolled back is given up after a while.
		if ((anchors.last()?.sequence ?? 0) < wanted && attempts < MOST_ATTEMPTS) later();
	};
	const later = () => {
		timer = setTimeout(() => void anchorWanted(), AFTER_MS);
		timer.unref();
	};
	return {
		begin: anchor,
		recorded: (sequence) => {
			wanted = sequence;
			attempts = 0;
			if (timer === undefined) apartFromTransaction(later);
		},
		close: async () => {
			clearTimeout(timer);
			attempts = MOST_ATTEMPTS;
			await anchor();
		},
	};
}
