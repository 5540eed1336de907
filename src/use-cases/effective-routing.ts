import { z } from "zod";
import { type Route, type Routing, type SettingSource, unknownChannels } from "../domain/routing.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { SettingOverlay, Store } from "../ports/store.ts";
import { createKeptReading } from "./kept-reading.ts";

const KEPT_MS = 5000;

/** Under this name the default channels are kept; no route can have it. */
export const DEFAULT_CHANNELS = "default_channels";

/** A route as a command keeps it. */
const StoredRoute = z.object({
	match: z.record(z.string(), z.string()),
	channels: z.array(z.string()),
	approvers: z.array(z.string()).optional(),
	onCall: z.record(z.string(), z.string()).default({}),
	private: z.boolean().default(false),
});
const StoredDefault = z.object({ channels: z.array(z.string()) });

/** Routing as it is in force, and where its default channels come from. */
export type EffectiveRouting = {
	readonly routing: Routing;
	readonly defaultSource: SettingSource;
	/** Names of overlays that can't be read; the file counts in their place. */
	readonly unreadable: readonly string[];
};

/** The file's routing with what commands changed over it, read anew at most every five seconds. */
export type RoutingReader = {
	/** As the configuration file has it. */
	readonly file: Routing;
	read(): Promise<EffectiveRouting>;
	/** The next read asks the store: called after a change was committed. */
	forget(): void;
};

/**
 * The file's routing with overlays over it. One with the name of a route takes its place, or takes it away where its
 * value is null; others come first, newest before older: what people asked for last counts. Pure.
 */
export function mergeRouting(file: Routing, overlays: readonly SettingOverlay[]): EffectiveRouting {
	const ours = overlays.filter((overlay) => overlay.kind === "route");
	const unreadable: string[] = [];
	const changed = new Map<string, Route | undefined>();
	let defaults: readonly string[] | undefined;
	for (const { name, value } of ours.toSorted((a, b) => b.changedAtMs - a.changedAtMs)) {
		if (name === DEFAULT_CHANNELS) {
			const parsed = StoredDefault.safeParse(value);
			if (parsed.success) defaults = parsed.data.channels;
			else unreadable.push(name);
			continue;
		}
		const parsed = StoredRoute.nullable().safeParse(value);
		if (!parsed.success) unreadable.push(name);
		else changed.set(name, parsed.data === null ? undefined : { ...parsed.data, name, source: "command" });
	}
	const inFile = new Set(file.routes.map((route) => route.name));
	const added = [...changed].flatMap(([name, route]) => (route && !inFile.has(name) ? [route] : []));
	const kept = file.routes.flatMap((route) => {
		const now = changed.has(route.name) ? changed.get(route.name) : route;
		return now ? [now] : [];
	});
	return {
		routing: { ...file, routes: [...added, ...kept], defaultChannels: defaults ?? file.defaultChannels },
		defaultSource: defaults ? "command" : "file",
		unreadable,
	};
}

/** Reads the routing in force. Rejects with AppError `unavailable` where the store does not answer. */
export function createRoutingReader(deps: {
	readonly store: Pick<Store, "settings">;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly file: Routing;
}): RoutingReader {
	let told = { unreadable: "", unknown: "" };
	const load = async () => {
		const merged = mergeRouting(deps.file, await deps.store.settings.list());
		const unknown = unknownChannels(merged.routing).join(", ");
		const unreadable = merged.unreadable.join(", ");
		if (unreadable !== "" && unreadable !== told.unreadable)
			deps.logger.warn("a route changed by command can't be read; the configuration file counts", {
				unreadable,
			});
		if (unknown !== "" && unknown !== told.unknown)
			deps.logger.warn("routes name channels that do not exist", { unknown });
		told = { unreadable, unknown };
		return merged;
	};
	return { file: deps.file, ...createKeptReading(deps.clock, KEPT_MS, load) };
}
