import { type Actor, actorId, actorName } from "../domain/actor.ts";
import { AppError } from "../domain/errors.ts";
import { isOfPlans, type Route, resolveChannel } from "../domain/routing.ts";
import type { Labels } from "../domain/time-series.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";
import type { Store, Stores } from "../ports/store.ts";
import {
	DEFAULT_CHANNELS,
	type EffectiveRouting,
	mergeRouting,
	type RoutingReader,
} from "./effective-routing.ts";

export type ChangeRouteDeps = {
	readonly store: Store;
	readonly routing: RoutingReader;
	/** Those that are connected: they know which places can be. */
	readonly platforms: readonly Pick<ChatPlatform, "name" | "channelOf">[];
};

/** A route as a command gives it. `private` left out: as it was. Approvers and on-call handles stay as they were. */
export type RouteInput = {
	readonly name: string;
	readonly match: Labels;
	readonly channels: readonly string[];
	readonly private?: boolean;
};

/**
 * Makes a route, or takes the place of the one of that name. The caller has checked that the actor is an admin.
 * @throws AppError `invalid`
 */
export async function setRoute(deps: ChangeRouteDeps, actor: Actor, input: RouteInput): Promise<Route> {
	const { name, match, channels } = input;
	checkInput(deps, input);
	return change(deps, actor, name, async (stores, { routing }) => {
		const before = routing.routes.find((route) => route.name === name);
		const value = {
			match,
			channels,
			...(before?.approvers ? { approvers: before.approvers } : {}),
			onCall: before?.onCall ?? {},
			private: input.private ?? before?.private ?? false,
		};
		if (value.private && match.target === undefined)
			throw new AppError("invalid", "A private route must name its targets; add target=<name>.");
		if (before?.approvers && !isOfPlans(match))
			throw new AppError(
				"invalid",
				"This route names approvers, so it can only match target and environment; plans have no other labels.",
			);
		await stores.settings.put({ kind: "route", name, value, actorName: actorName(actor) });
		const result: Route = { ...value, name, source: "command" };
		return { result, before: before ?? null, summary: `Route ${name} goes to ${channels.join(", ")}` };
	});
}

/** Takes a route away, also one of the file. AppError `not_found`. */
export async function removeRoute(deps: ChangeRouteDeps, actor: Actor, name: string): Promise<void> {
	await change(deps, actor, name, async (stores, { routing }) => {
		const before = routing.routes.find((route) => route.name === name);
		if (!before)
			throw new AppError("not_found", `There is no route "${name}"; "routes" shows those there are.`);
		if (deps.routing.file.routes.some((route) => route.name === name))
			await stores.settings.put({ kind: "route", name, value: null, actorName: actorName(actor) });
		else await stores.settings.remove("route", name);
		return { result: undefined, before, summary: `Route ${name} was removed` };
	});
}

/** Lets the configuration file count again for a route, or for the default channels. AppError `not_found`. */
export async function resetRoute(deps: ChangeRouteDeps, actor: Actor, name: string): Promise<void> {
	await change(deps, actor, name, async (stores, { routing }) => {
		const before =
			name === DEFAULT_CHANNELS
				? { channels: routing.defaultChannels }
				: (routing.routes.find((route) => route.name === name) ?? null);
		if (!(await stores.settings.remove("route", name)))
			throw new AppError(
				"not_found",
				`Nothing was changed by command about ${wordsOf(name)}; the configuration file counts already.`,
			);
		const summary = `What was changed by command about ${wordsOf(name)} was taken back`;
		return { result: undefined, before, summary };
	});
}

/** Where things go that no route claims. AppError `invalid`. */
export async function setDefaultChannels(
	deps: ChangeRouteDeps,
	actor: Actor,
	channels: readonly string[],
): Promise<void> {
	checkChannels(deps, channels);
	await change(deps, actor, DEFAULT_CHANNELS, async (stores, { routing }) => {
		const value = { channels };
		await stores.settings.put({ kind: "route", name: DEFAULT_CHANNELS, value, actorName: actorName(actor) });
		const summary = `What no route claims goes to ${channels.join(", ")}`;
		return { result: undefined, before: { channels: routing.defaultChannels }, summary };
	});
}

type Changed<Result> = { readonly result: Result; readonly before: unknown; readonly summary: string };

/** Change and audit record in one transaction, judged by what is stored at that moment. */
async function change<Result>(
	deps: ChangeRouteDeps,
	actor: Actor,
	name: string,
	work: (stores: Stores, now: EffectiveRouting) => Promise<Changed<Result>>,
): Promise<Result> {
	const result = await deps.store.transaction(async (stores) => {
		// What judges a run now ends first; whoever judges after this sees it.
		await stores.lockEffects();
		const changed = await work(stores, mergeRouting(deps.routing.file, await stores.settings.list()));
		await stores.audit.append({
			action: "setting.changed",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `setting:route:${name}`,
			summary: changed.summary,
			data: { before: changed.before, after: changed.result ?? (await overlayOf(stores, name)) },
		});
		return changed.result;
	});
	deps.routing.forget();
	return result;
}

async function overlayOf(stores: Stores, name: string): Promise<unknown> {
	const overlay = (await stores.settings.list()).find((item) => item.kind === "route" && item.name === name);
	return overlay?.value ?? null;
}

function checkInput(deps: ChangeRouteDeps, { name, match, channels }: RouteInput): void {
	if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name) || name === "default")
		throw new AppError(
			"invalid",
			`"${name.slice(0, 70)}" can't be a route's name; use lower-case letters, digits and hyphens, and not "default".`,
		);
	for (const [label, value] of Object.entries(match))
		if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) || value === "")
			throw new AppError("invalid", `Write what must fit as label=value, such as target=checkout*.`);
	checkChannels(deps, channels);
}

/** AppError `invalid`, also where a platform does not understand a place. */
function checkChannels({ routing: { file }, platforms }: ChangeRouteDeps, channels: readonly string[]): void {
	if (channels.length === 0) throw new AppError("invalid", "Name at least one channel, or write: here");
	for (const ref of channels) {
		const places = resolveChannel(file, ref);
		const names = [...file.channels.map((channel) => channel.name), "console", "here"].join(", ");
		if (!places)
			throw new AppError("invalid", `There is no channel "${ref}"; there are: ${names}. Nothing changed.`);
		for (const place of places)
			platforms.find((platform) => platform.name === place.platform)?.channelOf(place);
	}
}

function wordsOf(name: string): string {
	return name === DEFAULT_CHANNELS ? "the default channels" : `the route ${name}`;
}
