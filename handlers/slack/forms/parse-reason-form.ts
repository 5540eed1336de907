import { z } from "zod";
import { AppError } from "../../../src/domain/errors.ts";
import { readConversation } from "../conversation-id.ts";
import type { SlackPlace, SlackUser } from "../workspace/slack-user.ts";
import { CONFIRM_FIELD } from "./confirm-plan.ts";
import { REASON, REASON_FORM } from "./render-reason-modal.ts";

const FormBody = z.object({
	type: z.literal("view_submission"),
	team: z.object({ id: z.string() }).nullish(),
	user: z.object({ id: z.string(), team_id: z.string().optional(), name: z.string().optional() }),
	view: z.object({
		callback_id: z.literal(REASON_FORM.callbackId),
		private_metadata: z.string(),
		state: z.object({
			values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
		}),
	}),
});

/** What the form carried along: where the reason goes, never what may be decided. */
const Carried = z.object({
	approvalId: z.string().min(1).max(100),
	verdict: z.enum(["approve", "deny"]),
	required: z.boolean(),
	conversation: z.object({ platform: z.literal("slack"), id: z.string() }),
});

/** A form for a reason, as it was sent in. */
export type ReasonForm = {
	readonly user: SlackUser;
	readonly place: SlackPlace;
	readonly approvalId: string;
	readonly verdict: "approve" | "deny";
	/** The decision waits for this form; else it was made before. */
	readonly decides: boolean;
	/** At most 500 characters. */
	readonly reason: string;
	/** What was typed to confirm a plan of high risk. */
	readonly typed?: string;
};

/** Reads a form that was sent in; undefined where it is none of ours. Pure. */
export function parseReasonForm(body: unknown): ReasonForm | undefined {
	const parsed = FormBody.safeParse(body);
	if (!parsed.success) return undefined;
	const { team, user, view } = parsed.data;
	const carried = Carried.safeParse(jsonOf(view.private_metadata));
	const userTeam = user.team_id ?? team?.id;
	if (!carried.success || userTeam === undefined) return undefined;
	const { approvalId, verdict, required, conversation } = carried.data;
	const field = ({ blockId, actionId }: { readonly blockId: string; readonly actionId: string }) =>
		view.state.values[blockId]?.[actionId]?.value ?? undefined;
	const typed = field(CONFIRM_FIELD);
	const place = placeOf(conversation);
	if (place === undefined) return undefined;
	return {
		user: { id: user.id, team: userTeam, ...(user.name === undefined ? {} : { name: user.name }) },
		place,
		approvalId,
		verdict,
		decides: required,
		reason: (field(REASON_FORM) ?? "").trim().slice(0, REASON.maximumCharacters),
		...(typed === undefined ? {} : { typed }),
	};
}

function placeOf(conversation: z.infer<typeof Carried>["conversation"]): SlackPlace | undefined {
	try {
		return readConversation(conversation);
	} catch (error) {
		if (error instanceof AppError) return undefined;
		throw error;
	}
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
