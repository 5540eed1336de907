import { z } from "zod";
import { ACTIONS, actionName } from "../render/slack-message.ts";
import type { SlackPlace, SlackUser } from "../workspace/slack-user.ts";

const PressBody = z.object({
	type: z.literal("block_actions"),
	team: z.object({ id: z.string() }).nullish(),
	user: z.object({
		id: z.string(),
		team_id: z.string().optional(),
		name: z.string().optional(),
		username: z.string().optional(),
	}),
	channel: z.object({ id: z.string() }),
	container: z
		.object({
			message_ts: z.string().optional(),
			thread_ts: z.string().optional(),
			is_ephemeral: z.boolean().optional(),
		})
		.default({}),
	message: z.object({ thread_ts: z.string().optional() }).optional(),
	trigger_id: z.string().optional(),
	response_url: z.string().optional(),
	actions: z.tuple(
		[z.object({ action_id: z.string(), value: z.string().max(2000).optional() })],
		z.unknown(),
	),
});

/** What pressing a button means. The value of a button is an id or a text, never a parameter of anything. */
export type PressMeaning =
	| { readonly kind: "decide"; readonly verdict: "approve" | "deny"; readonly approvalId: string }
	| { readonly kind: "explain"; readonly approvalId: string }
	| { readonly kind: "evidence"; readonly incidentId: string }
	| { readonly kind: "say"; readonly text: string };

/** A pressed button. */
export type Press = {
	readonly user: SlackUser;
	readonly place: SlackPlace;
	/** The message the button stands in. */
	readonly messageTs?: string;
	/** Only this person saw that message. */
	readonly isEphemeral: boolean;
	/** Opens one form, within three seconds. */
	readonly triggerId?: string;
	readonly responseUrl?: string;
	readonly meaning: PressMeaning;
};

/** The button that is offered after a denial. */
export const EXPLAIN_ACTION = "approval.reason";

/** Reads a pressed button; undefined where it is none of ours. Pure. */
export function parsePress(body: unknown): Press | undefined {
	const parsed = PressBody.safeParse(body);
	if (!parsed.success) return undefined;
	const { team, user, channel, container, message, trigger_id, response_url, actions } = parsed.data;
	const [{ action_id, value = "" }] = actions;
	const meaning = meaningOf(action_id, value);
	const userTeam = user.team_id ?? team?.id;
	if (meaning === undefined || userTeam === undefined) return undefined;
	const name = user.name ?? user.username;
	const threadTs = message?.thread_ts ?? container.thread_ts;
	return {
		user: { id: user.id, team: userTeam, ...(name === undefined ? {} : { name }) },
		place: { channel: channel.id, ...(threadTs === undefined ? {} : { threadTs }) },
		...(container.message_ts === undefined ? {} : { messageTs: container.message_ts }),
		isEphemeral: container.is_ephemeral ?? false,
		...(trigger_id === undefined ? {} : { triggerId: trigger_id }),
		...(response_url === undefined ? {} : { responseUrl: response_url }),
		meaning,
	};
}

function meaningOf(actionId: string, value: string): PressMeaning | undefined {
	switch (actionName(actionId)) {
		case ACTIONS.approve:
			return { kind: "decide", verdict: "approve", approvalId: value };
		case ACTIONS.deny:
			return { kind: "decide", verdict: "deny", approvalId: value };
		case EXPLAIN_ACTION:
			return { kind: "explain", approvalId: value };
		case ACTIONS.evidence:
			return { kind: "evidence", incidentId: value };
		case ACTIONS.say:
			return value.trim() === "" ? undefined : { kind: "say", text: value };
		default:
			return undefined;
	}
}
