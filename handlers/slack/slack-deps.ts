import type { ChatEvent } from "../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import type { Store } from "../../src/ports/store.ts";
import type { SlackVoiceDeps } from "./posting/slack-voice.ts";
import type { SlackChannels } from "./workspace/slack-channels.ts";
import type { SlackPeople } from "./workspace/slack-people.ts";
import type { TimedCache } from "./workspace/timed-cache.ts";

/** What the listeners work with. */
export type SlackDeps = SlackVoiceDeps & {
	readonly store: Pick<Store, "people" | "approvals" | "deliveries" | "conversations" | "postings">;
	/** What the product does with an event, and what it says to it. AppErrors are for the person. */
	readonly route: (event: ChatEvent) => Promise<readonly ChatMessage[]>;
	/** An incident with its queries and checks; undefined where there is none of that id. */
	readonly incidentMessage: (id: string) => Promise<ChatMessage | undefined>;
	readonly people: SlackPeople;
	readonly channels: SlackChannels;
	/** By delivery: who was told that their decision has to wait. */
	readonly toldToWait: TimedCache<void>;
};
