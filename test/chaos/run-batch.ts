import { setTimeout as pause } from "node:timers/promises";
import { isEnded, isPending } from "../../src/domain/approval.ts";
import { asText } from "../fakes/slack/json-object.ts";
import { BOT_USER_ID } from "../fakes/slack/workspace-state.ts";
import { addCounts } from "./add-counts.ts";
import type { Deed, Life } from "./evidence.ts";
import { blastHeld } from "./judges/blast-held.ts";
import { judgeChain } from "./judges/judge-chain.ts";
import { judgeLife } from "./judges/judge-life.ts";
import { keepEvidence } from "./keep-evidence.ts";
import { type Done, type Lived, live } from "./life/live.ts";
import { CAST, type Trial } from "./trial.ts";
import type { Violation } from "./violation.ts";
import type { World } from "./world/open-world.ts";
import { newestRequest, readFreezes, readRequests } from "./world/read-requests.ts";

/** What goes wrong around the lives of a batch. */
export type Trouble = {
	/** Makes trouble until its plan is through or `livesAreOver`; everything runs again for good when it resolves. */
	make(livesAreOver: () => boolean): Promise<void>;
	/** What the trouble itself noticed, in sentences. */
	readonly violations?: readonly string[];
	/** Nothing goes wrong but that deliveries come several times. */
	readonly calm?: boolean;
	/** Whether this fault may keep a reply of the world from the product. */
	readonly losesReplies: boolean;
};

/** What the judges found in a batch, and how many requests ended in which state. */
export type Judged = {
	readonly violations: readonly Violation[];
	readonly ends: Readonly<Record<string, number>>;
};

export type BatchOptions = {
	readonly evidenceFolder: string;
	/** What is known to go wrong is not waited for to the end. */
	readonly isShort: boolean;
};

/** Trouble that lasts longer than this has got stuck. */
const LONGEST_TROUBLE_MS = 150_000;
/** After the recovery everything has a minute to end; its card may be drawn later, as Slack takes one a second. */
const ENDS_WITHIN_MS = 62_000;
const CARDS_WITHIN_MS = 90_000;
const SHORT_MS = 10_000;

/** Lives all trials at once in the middle of trouble, waits for their ends, and judges them. */
export async function runBatch(
	world: World,
	trials: readonly Trial[],
	trouble: Trouble,
	{ evidenceFolder, isShort }: BatchOptions,
): Promise<Judged> {
	const after = await newestRequest(world.database);
	let over = 0;
	let stuck = false;
	const timer = setTimeout(() => {
		stuck = true;
	}, LONGEST_TROUBLE_MS);
	const lives = trials.map((trial) =>
		live(world, trial, () => stuck).finally(() => {
			over += 1;
		}),
	);
	await trouble.make(() => over === trials.length || stuck);
	const recoveredAtMs = Date.now();
	const patienceMs = isShort ? SHORT_MS : ENDS_WITHIN_MS;
	clearTimeout(timer);
	const late = setTimeout(() => {
		stuck = true;
	}, patienceMs);
	const lived = await Promise.all(lives);
	clearTimeout(late);
	const sinceMs = Math.max(recoveredAtMs, ...lived.flatMap(({ deeds }) => deeds.map(({ atMs }) => atMs)));
	await untilSettled(world, after, lived, sinceMs + patienceMs);
	const judged = await collect(world, after, lived, sinceMs, trouble);
	const noticed = (trouble.violations ?? []).map((text) => ({ invariant: "I4", text }));
	const violations = [
		...noticed,
		...judged.flatMap(judgeLife),
		...blastHeld(judged),
		...(await judgeChain(world)),
	];
	await keepEvidence(world, evidenceFolder, judged, violations);
	await makeReady(world, lived);
	return { violations, ends: countEnds(judged) };
}

/** Waits until every request that was decided has ended and its card says so, or the time for that is up. */
async function untilSettled(
	world: World,
	after: number,
	lived: readonly Lived[],
	latestMs: number,
): Promise<void> {
	const requests = () => readRequests(world.database, after);
	while (Date.now() < latestMs) {
		const working = await inboxWorks(world);
		const waiting = (await requests()).filter(
			({ status }) => !isEnded(status) && (working || !isPending(status)),
		);
		if (waiting.length === 0 && !working) break;
		await pause(300);
	}
	const end = latestMs + CARDS_WITHIN_MS - ENDS_WITHIN_MS;
	const ended = (await requests()).filter(({ status }) => isEnded(status)).map(({ id }) => `approval:${id}`);
	while (Date.now() < end) {
		const cards = (await Promise.all(lived.map(({ trial }) => world.chat.cards(trial.slot)))).flat();
		const right = ended.filter((key) => {
			const own = cards.filter((card) => card.key === key);
			return own.length > 0 && own.every((card) => !card.hasButtons);
		});
		if (right.length === ended.length && (await nothingDue(world))) return;
		await pause(300);
	}
}

/** Something that was delivered is still being worked on: only after that a pending request waits for people alone. */
async function inboxWorks({ database }: World): Promise<boolean> {
	const [row] = await database.query(
		"select count(*) as unfinished from smartcloudops.inbox where finished_at is null",
	);
	return Number(row?.unfinished) > 0;
}

/** Nothing is about to be drawn, and nothing drawn waits for Slack. */
async function nothingDue({ database }: World): Promise<boolean> {
	const [row] = await database.query(`
		select (
			select count(*) from smartcloudops.deliveries
			where settled_at is null and platform = 'slack' and subject like 'approval:%'
		) + (
			select count(*) from smartcloudops_jobs.job
			where name = 'publish-approval' and state in ('created', 'retry', 'active')
		) as due`);
	return Number(row?.due) === 0;
}

async function collect(
	world: World,
	after: number,
	lived: readonly Lived[],
	recoveredAtMs: number,
	{ losesReplies, calm = false }: Trouble,
): Promise<readonly Life[]> {
	const requests = await readRequests(world.database, after);
	const ids = await personIds(world);
	const freezes = await readFreezes(world.database);
	// Where the machine was so busy that work was interrupted, it was done again, and a refusal told twice.
	const retried = world.replicas.some((replica) =>
		/store can't be reached|worked on again/.test(replica.output()),
	);
	return Promise.all(
		lived.map(async ({ trial, target, deeds, demoted }) => {
			const cards = await world.chat.cards(trial.slot);
			const idOf = (who: string) =>
				ids.get(world.chat.slack.userId(world.chat.account(who, trial.slot))) ?? "";
			return {
				trial,
				target,
				deeds: await Promise.all(deeds.map((done) => withAnswer(world, trial, done))),
				requests: requests
					.filter(({ targets }) => targets.includes(target))
					.map((request) => ({
						...request,
						cards: cards.filter(({ key }) => key === `approval:${request.id}`),
					})),
				effects: world.cloud.effects(target),
				people: Object.fromEntries([...CAST, "demoted"].map((who) => [who, idOf(who)])) as Life["people"],
				demoted,
				frozen: freezes.get(target) ?? [],
				recoveredAtMs,
				calm: calm && !retried,
				repliesLost: losesReplies,
			};
		}),
	);
}

function countEnds(lives: readonly Life[]): Readonly<Record<string, number>> {
	const statuses = lives.flatMap(({ requests }) =>
		requests.length === 0 ? ["none"] : requests.map(({ status }) => status),
	);
	return addCounts(
		{},
		statuses.map((status) => ({ [status]: 1 })),
	);
}

async function withAnswer(
	{ chat }: World,
	{ slot }: Trial,
	{ response, thread, ...deed }: Done,
): Promise<Deed> {
	const below = thread === undefined ? [] : await chat.slack.messages(chat.channel(slot), thread);
	const answers = below.filter(({ user }) => user === BOT_USER_ID);
	return {
		...deed,
		told: [...(response?.posts ?? []), ...answers]
			.map(({ text }) => asText(text))
			.filter((text) => !text.startsWith("Reading the numbers")),
	};
}

/** Person ids by Slack user id. */
async function personIds({ database }: World): Promise<ReadonlyMap<string, string>> {
	const rows = await database.query(
		"select user_id, person_number from smartcloudops.identities where platform = 'slack'",
	);
	return new Map(rows.map((row) => [String(row.user_id), `P-${String(row.person_number)}`]));
}

/** Puts back what lives changed for good. */
async function makeReady(world: World, lived: readonly Lived[]): Promise<void> {
	for (const { trial, demoted } of lived) {
		if (demoted.length === 0) continue;
		const identity = world.chat.identity(world.chat.account("demoted", trial.slot));
		await world.administer("/api/v1/people/roles", { identity, role: "operator" });
	}
	world.cloud.clear();
	world.chat.forgetCalls();
}
