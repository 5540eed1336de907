import type { App, Receiver } from "@slack/bolt";
import type { SlackBody } from "./read-body.ts";

/** Feeds Bolt from the inbox: what it is given was verified, committed and acknowledged before. */
export type InboxReceiver = Receiver & {
	/** Has the listeners work on a delivery. Rejects with what a listener threw, as Bolt wraps it. */
	process(body: SlackBody, entryId: string): Promise<void>;
};

/** A receiver that listens to nothing by itself. */
export function inboxReceiver(): InboxReceiver {
	let app: App | undefined;
	return {
		init: (created) => {
			app = created;
		},
		start: async () => undefined,
		stop: async () => undefined,
		process: async (body, entryId) => {
			await app?.processEvent({ body, ack: async () => undefined, customProperties: { entryId } });
		},
	};
}
