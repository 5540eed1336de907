import type { Inbox } from "../../../src/ports/inbox.ts";
import { dedupeKey } from "./dedupe-key.ts";
import type { SlackBody } from "./read-body.ts";

/**
 * Commits what Slack delivered, before it is acknowledged; false where it was taken in before. AppErrors are those of
 * the inbox.
 */
export function takeIn(inbox: Pick<Inbox, "accept">, body: SlackBody): Promise<boolean> {
	return inbox.accept({ platform: "slack", key: dedupeKey(body), payload: body });
}
