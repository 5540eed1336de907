import type { Context } from "@slack/bolt";
import type { Logger } from "../../../src/ports/logger.ts";
import { type InboxReceiver, inboxReceiver } from "./inbox-receiver.ts";
import { libraryLogger } from "./library-logger.ts";
import { CHANNEL_EVENTS } from "./parse-channel-news.ts";
import type { SlackBody } from "./read-body.ts";

/** Who we are in the workspace. */
export type OwnAccount = {
	readonly teamId: string;
	readonly botUserId: string;
	readonly botId?: string;
};

/** One delivery for a listener. */
export type SlackWork = { readonly body: unknown; readonly entryId: string; readonly self: OwnAccount };

type Listen = (work: SlackWork) => Promise<void>;

/** What is done with each kind of delivery. What they throw comes out of `InboxReceiver.process`. */
export type SlackListeners = {
	readonly onCommand: Listen;
	readonly onMessage: Listen;
	readonly onPress: Listen;
	readonly onForm: Listen;
	readonly onChannelNews: Listen;
};

export type BoltAppDeps = {
	/** Who we are; asked once for each delivery. */
	readonly self: () => Promise<OwnAccount>;
	readonly logger: Logger;
	readonly listeners: SlackListeners;
};

/** Builds Bolt's app over the inbox. Bolt is loaded here and not before: it is large. */
export async function boltApp({
	self,
	logger,
	listeners,
}: BoltAppDeps): Promise<Pick<InboxReceiver, "process">> {
	const { App } = await import("@slack/bolt");
	const receiver = inboxReceiver();
	const app = new App({
		receiver,
		logger: libraryLogger(logger, "Bolt"),
		convoStore: false,
		authorize: async () => {
			const own = await self();
			return { ...own };
		},
	});
	app.error(async (error) => {
		throw "original" in error && error.original instanceof Error ? error.original : error;
	});
	const listen =
		(work: Listen) =>
		({ body, context }: { readonly body: object; readonly context: Context }) =>
			work({ body, entryId: String(context.entryId), self: selfIn(context) });
	// Whatever a workspace calls it: another app may have /ops there.
	app.command(/^\//, listen(listeners.onCommand));
	app.event("app_mention", listen(listeners.onMessage));
	app.event("message", listen(listeners.onMessage));
	app.action(/^/, listen(listeners.onPress));
	app.view(/^/, listen(listeners.onForm));
	for (const type of CHANNEL_EVENTS) app.event(type, listen(listeners.onChannelNews));
	return {
		process: async (body: SlackBody, entryId: string) => {
			if (isReadable(body)) return receiver.process(body, entryId);
			logger.debug("Slack delivered something that is none of its known forms.", { entry: entryId });
		},
	};
}

function selfIn(context: Context): OwnAccount {
	const { teamId = "", botUserId = "", botId } = context;
	return { teamId, botUserId, ...(botId === undefined ? {} : { botId }) };
}

/** Bolt looks into events, channels and users without asking whether they are objects. */
function isReadable({ event, command, actions, channel, user }: SlackBody): boolean {
	const isObject = (value: unknown) => typeof value === "object" && value !== null;
	if (event !== undefined) return isObject(event);
	if (command !== undefined) return true;
	const isListed = actions === undefined || Array.isArray(actions);
	return isListed && isObject(user) && (channel === undefined || isObject(channel));
}
