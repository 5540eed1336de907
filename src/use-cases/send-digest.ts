import type { Approval } from "../domain/approval.ts";
import type { Conversation } from "../domain/chat-event.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { DigestDefinition } from "../domain/digest.ts";
import type { Incident } from "../domain/incident.ts";
import { type HiddenTargets, isAnyHidden } from "../domain/visibility.ts";
import type { Watch } from "../domain/watch.ts";
import type { Logger } from "../ports/logger.ts";
import type { Page, PageRequest } from "../ports/page.ts";
import type { Store } from "../ports/store.ts";
import type { WatchBoard } from "../ports/watch-board.ts";
import { readBeginning } from "./digest-beginning.ts";
import { digestMessage } from "./digest-message.ts";

const HOUR_MS = 3_600_000;
const LATE_AFTER_MS = 180_000;
const PAGE_SIZE = 200;
const MOST_PAGES = 10;

export type DigestDeps = { readonly store: Store; readonly board: WatchBoard };

export type SendDigestDeps = DigestDeps & {
	readonly logger: Logger;
	/** The conversations of names of channels, of `console` and of places such as `slack:C1`; unknown ones are left out. */
	resolveChannels(refs: readonly string[]): readonly Conversation[] | Promise<readonly Conversation[]>;
	/** Targets that may not be named to everybody who reads a conversation. */
	hiddenIn(conversation: Conversation): HiddenTargets | undefined | Promise<HiddenTargets | undefined>;
};

/** The name under which a digest's instants are claimed. */
export function digestRun({ name }: Pick<DigestDefinition, "name">): string {
	return `digest:${name}`;
}

/**
 * Compiles a digest of the period that ends at `untilMs`, by default now: what began in it, and what is open still,
 * without what is about the targets in `hidden`. Reads only.
 */
export async function compileDigest(
	deps: DigestDeps,
	digest: DigestDefinition,
	options: { readonly untilMs?: number; readonly hidden?: HiddenTargets } = {},
): Promise<ChatMessage> {
	const { incidents, approvals } = deps.store;
	const { hidden } = options;
	const nowMs = await deps.store.now();
	const untilMs = options.untilMs ?? nowMs;
	const sinceMs = untilMs - 2 * digest.periodHours * HOUR_MS;
	const begun = await readAll((page) => incidents.list({ sinceMs }, page));
	const open = await readAll((page) => incidents.list({ status: "open" }, page));
	const known = new Set(begun.map(({ id }) => id));
	const all = [...begun, ...open.filter(({ id }) => !known.has(id))];
	const asked = await readAll((page) => approvals.list({ sinceMs }, page));
	const beganMs = beginningOf(await readBeginning(deps.store), all);
	return digestMessage({
		name: digest.name,
		content: digest.content,
		periodHours: digest.periodHours,
		untilMs,
		nowMs,
		...(beganMs === undefined ? {} : { beganMs }),
		incidents: all.filter((incident) => !hidden?.has(incident.target)),
		approvals: asked.filter((approval) => !isHidden(approval, hidden)),
		watches: deps.board.readings().filter(({ watch }) => !isWatchHidden(watch, hidden)),
		late: nowMs - untilMs > LATE_AFTER_MS,
	});
}

/**
 * Orders a digest for one instant into its channels, once over all replicas: the claim and the orders are one
 * transaction, so that neither a crash nor a second caller loses or doubles it. Returns whether this caller did.
 */
export async function sendDigest(
	deps: SendDigestDeps,
	digest: DigestDefinition,
	instantMs: number,
): Promise<boolean> {
	if ((await deps.store.leases.lastRun(digestRun(digest))) === instantMs) return false;
	const subject = `${digestRun(digest)}:${instantMs}`;
	const conversations = await deps.resolveChannels(digest.channels);
	// Compiled before it is claimed: who can't compile it leaves it to another.
	const orders = await Promise.all(
		conversations.map(async (conversation) => {
			const hidden = await deps.hiddenIn(conversation);
			const options = { untilMs: instantMs, ...(hidden ? { hidden } : {}) };
			const message = await compileDigest(deps, digest, options);
			return { subject, conversation, channel: conversation.id, message };
		}),
	);
	const claimed = await deps.store.transaction(async (stores) => {
		if (!(await stores.leases.claimRun(digestRun(digest), instantMs))) return false;
		await stores.deliveries.want(orders);
		return true;
	});
	if (!claimed) return false;
	if (orders.length === 0)
		deps.logger.error("a digest has no channel to go to; name one that there is under its channels:", {
			digest: digest.name,
			channels: digest.channels.join(", "),
		});
	else deps.logger.info("a digest is on its way", { digest: digest.name, channels: orders.length });
	return true;
}

/** An incident that is older than what was kept shows that the installation ran before. */
function beginningOf(keptMs: number | undefined, incidents: readonly Incident[]): number | undefined {
	if (keptMs === undefined) return undefined;
	return Math.min(keptMs, ...incidents.map((incident) => incident.openedAtMs));
}

function isHidden(approval: Approval, hidden: HiddenTargets | undefined): boolean {
	return isAnyHidden(hidden, approval.plan.targets);
}

function isWatchHidden({ target }: Watch, hidden: HiddenTargets | undefined): boolean {
	return "name" in target && hidden?.has(target.name) === true;
}

/** All items of a list, newest first, at most 2,000. */
async function readAll<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
	const found: T[] = [];
	let cursor: string | undefined;
	for (let turn = 0; turn < MOST_PAGES; turn += 1) {
		const page = await list({ limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) });
		found.push(...page.items);
		cursor = page.next;
		if (cursor === undefined) break;
	}
	return found;
}
