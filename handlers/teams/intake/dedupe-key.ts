import { createHash } from "node:crypto";
import type { Activity } from "./read-activity.ts";

/**
 * What Teams repeats when it delivers the same thing again: where it happened and its id; without an id who did what
 * and when. Always 64 characters or fewer, whatever came in. Pure.
 */
export function dedupeKey(activity: Activity): string {
	const { conversation, id, type, name, from, timestamp, text, value } = activity;
	const parts =
		id === undefined
			? ["no-id", conversation.id, type, name ?? "", from.id, timestamp ?? "", text ?? "", value ?? null]
			: ["id", conversation.id, id, type];
	return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
