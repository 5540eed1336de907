import { type Actor, personOf } from "../../../src/domain/actor.ts";
import type { Approval } from "../../../src/domain/approval.ts";
import { channelIdOf } from "../conversation-id.ts";
import { cardForViewer } from "../render/card-for-viewer.ts";
import { withReasonOffer } from "../render/reason-card.ts";
import type { Card } from "../render/render-element.ts";
import type { SubjectView, TeamsIntakeOptions } from "./intake-options.ts";
import { TEAMS } from "./parse-place.ts";
import type { Activity } from "./read-activity.ts";

type Options = Pick<TeamsIntakeOptions, "store" | "cardOf" | "clock" | "timeZone" | "consoleUrl">;

/** What the person looks at: what the card says of itself, and the request that was pressed. */
export type LookedAt = { readonly subject?: string | undefined; readonly approvalId?: string | undefined };

const REASON_OFFERED_MS = 10 * 60_000;

/** The card a person sees now, drawn from the store; undefined where nothing of it can be drawn. */
export async function cardAsItStands(
	options: Options,
	activity: Activity,
	viewer: Actor,
	at: LookedAt,
): Promise<Card | undefined> {
	const found = await firstView(options, activity, viewer, at);
	if (!found) return undefined;
	const { message, mayDecide, chartUrl, refreshUserIds } = found.view;
	const card = cardForViewer(message, {
		nowMs: options.clock.now(),
		timeZone: options.timeZone,
		viewer: mayDecide ? "may-decide" : "reader",
		...(options.consoleUrl === undefined ? {} : { consoleUrl: options.consoleUrl }),
		...(chartUrl === undefined ? {} : { chartUrl }),
		...(refreshUserIds === undefined ? {} : { refreshUserIds }),
	});
	const approval = await approvalOf(options, found.subject, at.approvalId ?? message.plan?.approvalId);
	return approval && (await lacksReason(options, approval, viewer))
		? withReasonOffer(card, approval.id)
		: card;
}

/** The message that was pressed tells its subject best; the ids in the card are what is left without it. */
async function firstView(
	{ store, cardOf }: Options,
	{ conversation, replyToId }: Activity,
	viewer: Actor,
	{ subject, approvalId }: LookedAt,
): Promise<{ readonly subject: string; readonly view: SubjectView } | undefined> {
	const places = replyToId === undefined ? [] : [conversation.id, channelIdOf(conversation.id)];
	const shown = await Promise.all(
		[...new Set(places)].map((id) => store.postings.subjectOf({ platform: TEAMS, id }, replyToId ?? "")),
	);
	const subjects = [...shown, subject, approvalId && `approval:${approvalId}`];
	for (const candidate of subjects) {
		const view = candidate ? await cardOf(candidate, viewer) : undefined;
		if (candidate && view) return { subject: candidate, view };
	}
	return undefined;
}

/** The request that a card is about: the one that was pressed, or the newest of what it shows. */
async function approvalOf(
	{ store: { approvals } }: Options,
	subject: string,
	approvalId: string | undefined,
): Promise<Approval | undefined> {
	const [, kind, id = ""] = /^(approval|incident):(.+)$/.exec(subject) ?? [];
	if (approvalId !== undefined) return approvals.get(approvalId);
	if (kind === "approval") return approvals.get(id);
	if (kind === "incident") return (await approvals.list({ incidentId: id }, { limit: 1 })).items[0];
	return undefined;
}

/** Whether this person denied a short while ago and has not said why. */
async function lacksReason({ store }: Options, approval: Approval, viewer: Actor): Promise<boolean> {
	const person = personOf(viewer);
	const last = approval.decisions.findLast((decision) => decision.person.id === person?.id);
	if (last?.verdict !== "deny" || last.reason !== undefined) return false;
	if ((await store.now()) - last.atMs > REASON_OFFERED_MS) return false;
	const { items } = await store.audit.list({ subject: `approval:${approval.id}` }, { limit: 20 });
	return !items.some(
		({ action, actorId }) => action === "approval.decision_explained" && actorId === `person:${person?.id}`,
	);
}
