import { z } from "zod";

/**
 * What is kept of a conversation to speak there unasked; never a credential. `serviceUrl` is where the Bot Connector of
 * its region listens, `botId` our account there (`28:<app id>`), `teamId` the team a channel belongs to.
 */
export const ConversationReference = z.object({
	serviceUrl: z.url({ protocol: /^https?$/ }).max(500),
	tenantId: z.string().min(1).max(100),
	botId: z.string().min(1).max(200),
	teamId: z.string().min(1).max(300).optional(),
	conversationType: z.enum(["personal", "groupChat", "channel"]),
});
export type ConversationReference = z.infer<typeof ConversationReference>;
