import type { Actor, Identity } from "../domain/actor.ts";
import type { ChatEvent } from "../domain/chat-event.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { Channel } from "../domain/routing.ts";
import type { ChartRenderer } from "./chart-renderer.ts";
import type { ChatIntake } from "./chat-intake.ts";
import type { ChatPlatform } from "./chat-platform.ts";
import type { Clock } from "./clock.ts";
import type { Inbox } from "./inbox.ts";
import type { Logger } from "./logger.ts";
import type { SelfCheck } from "./self-check.ts";
import type { Store } from "./store.ts";
import type { RawReply } from "./webhook-endpoint.ts";

/** How to reach Slack; with a signing secret it posts to us, with an app token we open a socket. */
export type SlackSettings = {
	readonly botToken: string;
	readonly signingSecret?: string;
	readonly appToken?: string;
	readonly apiUrl: string;
};

/** How to reach Teams. */
export type TeamsSettings = {
	readonly appId: string;
	readonly appPassword: string;
	readonly tenantId: string;
	readonly allowedTenants: readonly string[];
	readonly serviceHosts: readonly string[];
	readonly loginUrl: string;
	readonly openIdUrl: string;
};

/** What every platform is made from. Settings are left out where it is not set up. */
export type ChatConnectionDeps = {
	readonly slack?: SlackSettings;
	readonly teams?: TeamsSettings;
	readonly store: Store;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly charts: ChartRenderer;
	/** IANA zone of times that a platform does not show in the reader's own. */
	readonly timeZone: string;
	/** Where people reach the console from outside; undefined: only from this machine. */
	readonly publicUrl?: string;
	/** The channels of the configuration file. */
	readonly channels: readonly Channel[];
	/** Who may decide on a request now. */
	mayDecide(approvalId: string): Promise<readonly Identity[]>;
};

/** What the incoming side needs beside. */
type ChatIntakeDeps = {
	readonly inbox: Inbox;
	/** What the product does with an event, and what it says to it. AppErrors are for the person. */
	readonly route: (event: ChatEvent) => Promise<readonly ChatMessage[]>;
	readonly incidentMessage: (incidentId: string) => Promise<ChatMessage | undefined>;
	/** A subject as it stands, for one person; undefined where there is none, or none for this person. */
	readonly cardOf: (
		subject: string,
		viewer: Actor,
	) => Promise<{ readonly message: ChatMessage; readonly mayDecide: boolean } | undefined>;
	readonly count: (platform: string, outcome: string) => void;
};

/** One chat platform: both of its sides, and how it is looked at. Without `platform` it is not set up. */
export type ChatConnection = {
	readonly platform?: ChatPlatform;
	readonly check?: SelfCheck;
	intake?(deps: ChatIntakeDeps): ChatIntake;
	/** The picture of a chart that was shared by address. */
	readonly picture?: (id: string, query: unknown) => Promise<RawReply>;
};
