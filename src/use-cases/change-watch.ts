import type { Sensitivity } from "../../models/define-bank.ts";
import { type Actor, actorId, type Role } from "../domain/actor.ts";
import { AppError } from "../domain/errors.ts";
import { formatDuration } from "../domain/quantity.ts";
import type { Watch } from "../domain/watch.ts";
import type { SettingKind, Store, Stores } from "../ports/store.ts";
import { actingPerson } from "./acting-person.ts";
import { type EffectiveWatch, mergeWatches, SENSITIVITIES } from "./effective-watches.ts";
import { nameLine, reasonLine } from "./reason-line.ts";
import { type TryQueryDeps, tryQuery } from "./try-query.ts";
import type { WatchList } from "./watch-list.ts";

export type ChangeWatchDeps = TryQueryDeps & {
	readonly store: Store;
	readonly watchList: Pick<WatchList, "file" | "forget">;
};

/** A watch as a command makes it. */
export type NewWatch = Omit<Watch, "limit" | "optional" | "ceiling" | "remediation">;

const MOST_ADDED = 200;
const LONGEST_MUTE_MS = 31 * 86_400_000;
/** A mute beyond this needs a reason. */
const PLAIN_MUTE_MS = 8 * 3_600_000;

/**
 * Makes a watch, once its query was tried. Gives what it would observe now, as a sentence.
 * @throws AppError `forbidden` below admin, `invalid`, `conflict` for a name that is taken, and what the query ends in
 */
export async function addWatch(deps: ChangeWatchDeps, actor: Actor, input: NewWatch): Promise<string> {
	if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(input.name))
		throw new AppError(
			"invalid",
			`"${input.name.slice(0, 70)}" can't be a watch's name; use lower-case letters, digits and hyphens.`,
		);
	await actingPerson(deps.store, actor, "admin");
	const tried = await tryQuery(deps, input);
	await change(deps, actor, "admin", async (stores, { items, removed }) => {
		const { name, ...value } = input;
		if (items.some(({ watch }) => watch.name === name))
			throw new AppError("conflict", `There is a watch "${name}" already; choose another name.`);
		if (removed.some((one) => one.name === name))
			throw new AppError("conflict", `The configuration has a watch "${name}"; write: watch reset ${name}`);
		if (items.filter(({ source }) => source === "command").length >= MOST_ADDED)
			throw new AppError(
				"limited",
				`${MOST_ADDED} watches were added by command, which is the most; write more of them to the configuration file.`,
			);
		await stores.settings.remove("watch-mute", name);
		await stores.settings.remove("watch-sensitivity", name);
		return { name, puts: [["watch", value]], before: null, summary: `Watch ${name} was added: ${tried}` };
	});
	return tried;
}

/**
 * Takes a watch away, also one of the configuration; `reset` brings that one back. What it had open ends.
 * @throws AppError `forbidden` below admin, `not_found`
 */
export async function removeWatch(deps: ChangeWatchDeps, actor: Actor, name: string): Promise<void> {
	await change(deps, actor, "admin", async (stores, { items }) => {
		const before = knownOf(items, name);
		const summary = `Watch ${name} was removed`;
		if (before.source === "file") return { name, puts: [["watch", null]], before: before.watch, summary };
		for (const kind of WATCH_KINDS) await stores.settings.remove(kind, name);
		return { name, puts: [], before: before.watch, summary };
	});
}

/**
 * Lets the configuration count again for a watch: its definition, mute and sensitivity.
 * @throws AppError `forbidden` below admin, `not_found` where nothing was changed by command
 */
export async function resetWatch(deps: ChangeWatchDeps, actor: Actor, name: string): Promise<void> {
	if (!deps.watchList.file.some((watch) => watch.name === name))
		throw new AppError(
			"not_found",
			`The configuration has no watch "${name}"; "watch" shows those there are.`,
		);
	await change(deps, actor, "admin", async (stores, { items }) => {
		const before = items.find(({ watch }) => watch.name === name) ?? null;
		const gone: boolean[] = [];
		for (const kind of WATCH_KINDS) gone.push(await stores.settings.remove(kind, name));
		if (!gone.includes(true))
			throw new AppError("not_found", `Nothing was changed about ${name}; the configuration counts already.`);
		return { name, puts: [], before, summary: `What was changed about the watch ${name} was taken back` };
	});
}

/**
 * Lets a watch be scored and report nothing until a time. Over 8 hours it needs a reason.
 * @throws AppError `forbidden` below operator, `not_found`, `invalid`
 */
export async function muteWatch(
	deps: ChangeWatchDeps,
	actor: Actor,
	input: { readonly name: string; readonly untilMs: number; readonly reason?: string | undefined },
): Promise<void> {
	const { name, untilMs } = input;
	const reason = reasonLine(input.reason);
	await change(deps, actor, "operator", async (_stores, { items }, nowMs) => {
		const before = knownOf(items, name).muted ?? null;
		const spanMs = untilMs - nowMs;
		if (!(spanMs > 0 && spanMs <= LONGEST_MUTE_MS))
			throw new AppError("invalid", "A mute ends between now and 31 days from now; nothing changed.");
		if (spanMs > PLAIN_MUTE_MS && reason === undefined)
			throw new AppError(
				"invalid",
				`A mute of ${formatDuration(spanMs)} needs a reason, as every one over 8 h; nothing changed.`,
			);
		const value = { untilMs, ...(reason === undefined ? {} : { reason }) };
		const summary = `Watch ${name} is muted until ${new Date(untilMs).toISOString()}`;
		return { name, puts: [["watch-mute", value]], before, summary };
	});
}

/**
 * Ends a mute before its time.
 * @throws AppError `forbidden` below operator, `not_found` also where it is not muted
 */
export async function unmuteWatch(deps: ChangeWatchDeps, actor: Actor, name: string): Promise<void> {
	await change(deps, actor, "operator", async (stores, { items }) => {
		const before = knownOf(items, name).muted;
		if (!before) throw new AppError("not_found", `${name} is not muted; nothing changed.`);
		await stores.settings.remove("watch-mute", name);
		return { name, puts: [], before, summary: `Watch ${name} is not muted any more` };
	});
}

/**
 * Turns the knob of a watch. Down on a watch that may raise critical findings it needs a reason.
 * @throws AppError `forbidden` below operator, `not_found`, `invalid`
 */
export async function tuneWatch(
	deps: ChangeWatchDeps,
	actor: Actor,
	input: { readonly name: string; readonly sensitivity: Sensitivity; readonly reason?: string | undefined },
): Promise<void> {
	const { name, sensitivity } = input;
	const reason = reasonLine(input.reason);
	await change(deps, actor, "operator", async (stores, { items }) => {
		const { watch, tuned } = knownOf(items, name);
		const before = watch.sensitivity;
		const isDown = SENSITIVITIES.indexOf(sensitivity) < SENSITIVITIES.indexOf(before);
		if (isDown && watch.maximumSeverity === "critical" && reason === undefined)
			throw new AppError(
				"invalid",
				`${name} may raise critical findings, so turning it down needs a reason; nothing changed.`,
			);
		const summary = `Sensitivity of the watch ${name}: ${before} to ${sensitivity}`;
		const value = { sensitivity, ...(reason === undefined ? {} : { reason }) };
		if (sensitivity !== (tuned?.from ?? before))
			return { name, puts: [["watch-sensitivity", value]], before, summary };
		await stores.settings.remove("watch-sensitivity", name);
		return { name, puts: [], before, summary, after: value };
	});
}

const WATCH_KINDS = ["watch", "watch-mute", "watch-sensitivity"] as const satisfies readonly SettingKind[];

type Changed = {
	readonly name: string;
	readonly puts: readonly (readonly [SettingKind, unknown])[];
	readonly before: unknown;
	/** What counts now, where nothing is put. */
	readonly after?: unknown;
	readonly summary: string;
};

/** Change, audit record and announcement in one transaction, judged by what is stored at that moment. */
async function change(
	{ store, watchList }: Pick<ChangeWatchDeps, "store" | "watchList">,
	actor: Actor,
	role: Role,
	work: (stores: Stores, now: ReturnType<typeof mergeWatches>, nowMs: number) => Promise<Changed>,
): Promise<void> {
	await store.transaction(async (stores) => {
		const person = await actingPerson(stores, actor, role);
		const nowMs = await stores.now();
		const merged = mergeWatches(watchList.file, await stores.settings.list(), nowMs);
		const { name, puts, before, after, summary } = await work(stores, merged, nowMs);
		const actorName = nameLine(person);
		for (const [kind, value] of puts) await stores.settings.put({ kind, name, value, actorName });
		await stores.audit.append({
			action: "setting.changed",
			actorId: actorId(actor),
			actorName,
			subject: `setting:watch:${name}`,
			summary,
			data: { before, after: after ?? puts[0]?.[1] ?? null },
		});
		await stores.announce({ kind: "watch", id: name });
	});
	watchList.forget();
}

function knownOf(items: readonly EffectiveWatch[], name: string): EffectiveWatch {
	const found = items.find(({ watch }) => watch.name === name);
	if (found) return found;
	throw new AppError("not_found", `There is no watch "${name.slice(0, 70)}"; "watch" shows those there are.`);
}
