import { z } from "zod";
import { AppError } from "../../../src/domain/errors.ts";
import { readJsonBody } from "../../../src/domain/read-json-body.ts";

const Account = z.object({
	id: z.string().min(1).max(300),
	name: z.string().max(300).optional(),
	aadObjectId: z.string().max(100).optional(),
	role: z.string().max(50).optional(),
	userRole: z.string().max(50).optional(),
});
const Named = z.object({ id: z.string().min(1).max(300), name: z.string().max(300).optional() });

/** The fields of an activity that are read here; everything else is left behind at the door. */
export const Activity = z.object({
	type: z.string().min(1).max(60),
	id: z.string().min(1).max(300).optional(),
	name: z.string().max(100).optional(),
	action: z.string().max(60).optional(),
	channelId: z.string().min(1).max(60),
	serviceUrl: z.string().min(1).max(500),
	timestamp: z.string().max(60).optional(),
	localTimezone: z.string().max(60).optional(),
	text: z.string().optional(),
	replyToId: z.string().max(300).optional(),
	from: Account,
	conversation: z.object({
		id: z.string().min(1).max(500),
		conversationType: z.string().max(30).optional(),
		tenantId: z.string().max(100).optional(),
		name: z.string().max(300).optional(),
	}),
	recipient: Account.partial({ id: true }).optional(),
	entities: z
		.array(z.object({ type: z.string(), text: z.string().optional(), mentioned: Account.optional() }))
		.max(200)
		.optional(),
	membersAdded: z.array(Account).max(1000).optional(),
	membersRemoved: z.array(Account).max(1000).optional(),
	channelData: z
		.object({
			tenant: z.object({ id: z.string().max(100) }).optional(),
			channel: Named.extend({ type: z.string().max(30).optional() }).optional(),
			team: Named.optional(),
			eventType: z.string().max(60).optional(),
		})
		.optional(),
	value: z.unknown().optional(),
});
export type Activity = z.infer<typeof Activity>;

/** A delivery's body as an activity. AppError `invalid` for what is not UTF-8, not JSON or not an activity. */
export function readActivity(body: Uint8Array): Activity {
	const activity = Activity.safeParse(readJsonBody(body));
	if (activity.success) return activity.data;
	throw new AppError("invalid", "The body is not an activity of the Bot Connector.", {
		detail: z.prettifyError(activity.error),
	});
}
