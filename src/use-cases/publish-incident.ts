import type { Approval } from "../domain/approval.ts";
import type { Conversation } from "../domain/chat-event.ts";
import type { DeliveryOrder } from "../domain/delivery.ts";
import { toAppError } from "../domain/errors.ts";
import type { Scoped } from "../domain/freeze.ts";
import { type MaintenanceWindow, maintenanceOver } from "../domain/maintenance.ts";
import {
	distinct,
	type RouteChoice,
	type Routing,
	routeOf,
	routeOfTarget,
	sameConversation,
} from "../domain/routing.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import { chartTailMs } from "./approval-chart.ts";
import type { RoutingReader } from "./effective-routing.ts";
import { approvalEnd, endKey, incidentEnds, incidentThread } from "./incident-thread.ts";
import { openMaintenance } from "./maintenance-times.ts";
import { type PageOnCallDeps, pageOnCall } from "./page-on-call.ts";
import { placesFor } from "./places-for.ts";
import { readStory } from "./read-story.ts";
import { CHECK_PATIENCE_MS, isChecking } from "./request-checks.ts";
import { withdrawSubject } from "./withdraw-subject.ts";

export type PublishDeps = {
	readonly store: Store;
	readonly platforms: readonly ChatPlatform[];
	readonly routing: Pick<RoutingReader, "read">;
	readonly logger: Logger;
	/** Planned work: meanwhile what it covers is told of in the console only, and edited where it is shown. */
	readonly maintenance: readonly MaintenanceWindow[];
};

/** As above, with whom to call where only a person can mend it. */
export type PublishAndPageDeps = PublishDeps & Pick<PageOnCallDeps, "pager">;

/**
 * Has an incident shown as it is now, wherever its route says and wherever it is shown already; below its message what
 * led there, and at its ends a line to the channel. Where it may not be told any more, it is taken back. Only orders: the dispatcher draws and posts. Idempotent.
 * @throws AppError `not_found`
 */
export async function publishIncident(deps: PublishAndPageDeps, incidentId: string): Promise<void> {
	const story = await readStory(deps.store, incidentId);
	const { routing } = await deps.routing.read();
	const choice = routeOf(routing, story.labels);
	const subject = `incident:${incidentId}`;
	const { target, environment } = story.incident;
	const quiet = await isQuiet(deps, environment, [{ name: target, id: target }]);
	const { orders, places, shown } = await livingMessage(deps, subject, routing, [choice], quiet);
	const threaded = places.filter((place) => hasThreads(deps, place));
	const posted = quiet ? [] : threaded;
	const below = incidentThread(story, choice.onCall).map(({ key }) => `${subject}:thread:${key}`);
	// Where the card was not posted yet, its first post says how it ended.
	const told = posted.filter((place) => shown.some((one) => sameConversation(one, place)));
	const ends = incidentEnds(story, choice.onCall).map(({ key }) => `${subject}:end${key ? `:${key}` : ""}`);
	await deps.store.deliveries.want([
		...orders,
		...(await missing(deps, below, posted, subject)),
		...(await missing(deps, ends, told)),
	]);
	for (const { approval } of story.requests)
		await pageOnCall(deps, approval, `${subject}:end:${endKey(approval)}`, choice.onCall, threaded);
	if (story.requests[0]) await comeBackWhenLate(deps, story.requests[0].approval);
}

/** Has whatever shows a request be shown anew: its incident's message, or a card of its own. Idempotent. */
export async function publishApproval(deps: PublishAndPageDeps, approvalId: string): Promise<void> {
	const approval = await deps.store.approvals.get(approvalId);
	if (!approval) return;
	if (approval.incidentId) return publishIncident(deps, approval.incidentId);
	const { routing } = await deps.routing.read();
	const choices = approvalRoutes(routing, approval);
	const subject = `approval:${approvalId}`;
	const quiet = await isQuiet(deps, approval.plan.environment, approval.plan.targets);
	const { orders, places, shown } = await livingMessage(deps, subject, routing, choices, quiet);
	const threaded = places.filter((place) => hasThreads(deps, place));
	const told = (quiet ? [] : threaded).filter((place) => shown.some((one) => sameConversation(one, place)));
	const end = `${subject}:end:${approval.status}`;
	const ends = approvalEnd(approval, {}) ? [end] : [];
	await deps.store.deliveries.want([...orders, ...(await missing(deps, ends, told))]);
	await pageOnCall(deps, approval, end, approvalOnCall(choices), threaded);
	await comeBackWhenLate(deps, approval);
	await comeBackAfterwards(deps, approval);
}

const CHANGED: readonly Approval["status"][] = ["succeeded", "rolled_back", "rollback_failed"];

/** The chart of a change goes on a while after its end; then it is drawn once more, and shows whether that lasts. */
async function comeBackAfterwards({ store }: PublishDeps, approval: Approval): Promise<void> {
	const { id, status, plan, endedAtMs } = approval;
	if (!plan.verification || endedAtMs === undefined || !CHANGED.includes(status)) return;
	const waitMs = endedAtMs + chartTailMs(plan.verification) - (await store.now());
	if (waitMs <= 0) return;
	const afterSeconds = Math.ceil(waitMs / 1000);
	await store.enqueue("publish-approval", { approvalId: id }, { afterSeconds, singleton: `${id}:after` });
}

/** What is asked of AWS may take too long; then its card says so, though nothing else happened. */
async function comeBackWhenLate({ store }: PublishDeps, approval: Approval): Promise<void> {
	if (!isChecking(approval)) return;
	const waitMs = approval.createdAtMs + CHECK_PATIENCE_MS - (await store.now());
	if (waitMs <= 0) return;
	const afterSeconds = Math.ceil(waitMs / 1000);
	await store.enqueue(
		"publish-approval",
		{ approvalId: approval.id },
		{ afterSeconds, singleton: `${approval.id}:late` },
	);
}

/** The route of each target of a request. */
export function approvalRoutes(routing: Routing, { plan }: Pick<Approval, "plan">): readonly RouteChoice[] {
	return plan.targets.map((target) => routeOfTarget(routing, target, plan.environment));
}

/** Whom to call about a request: of several routes the first that names somebody on a platform has the word. */
export function approvalOnCall(choices: readonly RouteChoice[]): Readonly<Record<string, string>> {
	return Object.assign({}, ...choices.map(({ onCall }) => onCall).toReversed());
}

/** Whether planned work covers this now. Whoever must be called is called all the same. */
async function isQuiet(
	{ store, maintenance }: PublishDeps,
	environment: string,
	targets: Scoped["targets"],
): Promise<boolean> {
	if (maintenance.length === 0) return false;
	const nowMs = await store.now();
	return maintenanceOver(openMaintenance(maintenance, nowMs), { environment, targets }, nowMs) !== undefined;
}

async function livingMessage(
	deps: PublishDeps,
	subject: string,
	routing: Routing,
	choices: readonly RouteChoice[],
	quiet: boolean,
) {
	// In this order: what is posted meanwhile is in one of the two, and was perhaps drawn before the news.
	const wanted = await deps.store.deliveries.whereWanted(subject);
	const shown = await deps.store.postings.whereShown(subject);
	const begun = distinct([...wanted, ...shown]);
	const all = placesFor({ platforms: deps.platforms, routing, choices, shown: begun, quiet });
	const understood = all.filter((place) => isPlace(deps, place));
	const standing = understood.filter((place) => begun.some((one) => sameConversation(one, place)));
	const withdrawn = await withdrawSubject(deps, subject, choices, standing);
	const places = understood.filter((place) => !withdrawn.some((one) => sameConversation(one, place)));
	return { places, shown, orders: places.map((place) => orderOf(deps, subject, place)) };
}

/** Orders for messages that are posted once, in the places that do not show them yet. */
async function missing(
	deps: PublishDeps,
	subjects: readonly string[],
	places: readonly Conversation[],
	under?: string,
): Promise<readonly DeliveryOrder[]> {
	if (places.length === 0) return [];
	const orders: DeliveryOrder[] = [];
	for (const subject of subjects) {
		const shown = await deps.store.postings.whereShown(subject);
		for (const place of places)
			if (!shown.some((one) => sameConversation(one, place)))
				orders.push({ ...orderOf(deps, subject, place), ...(under === undefined ? {} : { under }) });
	}
	return orders;
}

function orderOf({ platforms }: PublishDeps, subject: string, conversation: Conversation): DeliveryOrder {
	const platform = platforms.find((item) => item.name === conversation.platform);
	return { subject, conversation, channel: platform?.channelOf(conversation).id ?? conversation.id };
}

/** Whether a platform understands a place: one that is mistyped must not keep the others from hearing. */
function isPlace({ platforms, logger }: PublishDeps, { platform, id }: Conversation): boolean {
	try {
		platforms.find((item) => item.name === platform)?.channelOf({ platform, id });
		return true;
	} catch (error) {
		logger.warn("a route names a place that its platform does not understand", {
			platform,
			place: id,
			error: toAppError(error),
		});
		return false;
	}
}

function hasThreads({ platforms }: PublishDeps, conversation: Conversation): boolean {
	const platform = platforms.find((item) => item.name === conversation.platform);
	return platform?.threadOf(conversation, "0") !== undefined;
}
