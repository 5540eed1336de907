import { z } from "zod";

/** How far the chain goes. */
export type AuditHead = { readonly sequence: number; readonly hash: string };

/** One line of the anchor: that the chain had this head, said and signed outside the database. */
export type AuditAnchor = z.infer<typeof AuditAnchor>;
export const AuditAnchor = z.object({
	sequence: z.int().min(0),
	hash: z.string(),
	atMs: z.number(),
	key: z.string(),
	signature: z.string(),
});

/** What is signed with a record. The hash covers all that the record says; the first word keeps uses apart. */
export function recordText({ sequence, hash }: AuditHead): string {
	return `audit-record\n${sequence}\n${hash}`;
}

/** What is signed with a line of the anchor. */
export function anchorText({ sequence, hash, atMs }: AuditHead & { readonly atMs: number }): string {
	return `audit-anchor\n${sequence}\n${hash}\n${atMs}`;
}

const DAY_MS = 86_400_000;
const DAYS_KEPT = 400;

/**
 * The lines that are worth keeping, oldest first: the first one, since it says what was there before, the newest of
 * each UTC day of the last 400 and of each month before that, for each key; and the newest 20. A later line proves
 * whatever an earlier one does; the earlier ones narrow down where a rewritten chain begins.
 */
export function compactAnchors(lines: readonly AuditAnchor[], nowMs: number): readonly AuditAnchor[] {
	const oldestDayMs = nowMs - DAYS_KEPT * DAY_MS;
	const newestOf = new Map<string, AuditAnchor>();
	for (const line of lines) {
		const date = new Date(line.atMs).toISOString();
		newestOf.set(`${date.slice(0, line.atMs < oldestDayMs ? 7 : 10)} ${line.key}`, line);
	}
	const kept = new Set([...lines.slice(0, 1), ...newestOf.values(), ...lines.slice(-20)]);
	return lines.filter((line) => kept.has(line));
}
