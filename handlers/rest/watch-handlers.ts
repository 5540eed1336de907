import { Readable } from "node:stream";
import type { z } from "zod";
import { AppError } from "../../src/domain/errors.ts";
import { clockText, replaceTimesDeep } from "../../src/domain/time-text.ts";
import type { EffectiveWatch } from "../../src/use-cases/effective-watches.ts";
import { backtestView } from "./backtest-view.ts";
import { svgReply } from "./chart-svg.ts";
import { errorResponse } from "./error-response.ts";
import type { Caller } from "./identify-caller.ts";
import type { RestDeps } from "./rest-deps.ts";
import { type Reply, reply } from "./route.ts";
import type { BacktestRequest, PictureRequest, WatchMuteRequest, WatchTuneRequest } from "./watch-schema.ts";
import { watchDetailView, watchViews } from "./watch-view.ts";

/** Lines of progress come at most so often. */
const PROGRESS_EVERY_MS = 250;
const NAMES_TOLD = 20;

type Asked<Body> = { readonly caller: Caller; readonly id: string; readonly body: Body };

/** All watches in force, least usual first. */
export async function listWatches(deps: RestDeps) {
	return watchViews(deps.board.readings(), await deps.useCases.readWatches());
}

/** One watch. AppError `not_found`. */
export async function readWatch(deps: RestDeps, { id }: { readonly id: string }) {
	return watchDetailView(deps.board.reading(id), await watchInForce(deps, id));
}

/** Lets a watch report nothing for a while. AppErrors: `forbidden`, `not_found`, `invalid`. */
export async function muteWatch(
	deps: RestDeps,
	{ caller, id, body }: Asked<z.output<typeof WatchMuteRequest>>,
) {
	const untilMs = (await deps.store.now()) + body.minutes * 60_000;
	await deps.useCases.muteWatch(caller.actor, { name: id, untilMs, reason: body.reason });
	return readWatch(deps, { id });
}

/** Ends a mute. AppErrors: `forbidden`, `not_found`. */
export async function unmuteWatch(deps: RestDeps, { caller, id }: Omit<Asked<unknown>, "body">) {
	await deps.useCases.unmuteWatch(caller.actor, id);
	return readWatch(deps, { id });
}

/** Turns the knob of a watch. AppErrors: `forbidden`, `not_found`, `invalid`. */
export async function tuneWatch(
	deps: RestDeps,
	{ caller, id, body }: Asked<z.output<typeof WatchTuneRequest>>,
) {
	await deps.useCases.tuneWatch(caller.actor, { name: id, ...body });
	return readWatch(deps, { id });
}

/**
 * Replays a watch and answers as it goes, a line of JSON at a time: `progress`, and at the end `result` or `problem`.
 * Whoever goes away ends it. AppError `not_found`.
 */
export async function backtest(
	deps: RestDeps,
	{ body, timeZone }: { readonly body: z.output<typeof BacktestRequest>; readonly timeZone: string },
): Promise<Reply> {
	await watchInForce(deps, body.watch);
	const gone = new AbortController();
	const lines = new Readable({ read: () => undefined });
	lines.once("close", () => gone.abort(new AppError("gone", "Nobody waits for this replay any more.")));
	const say = (line: object) => {
		const nowMs = deps.clock.now();
		const told = replaceTimesDeep(line, (atMs) => clockText(atMs, nowMs, timeZone));
		if (!gone.signal.aborted) lines.push(`${JSON.stringify(told)}\n`);
	};
	let saidMs = Number.NEGATIVE_INFINITY;
	const progress = (now: { readonly share: number; readonly step: string }) => {
		const nowMs = deps.clock.now();
		if (nowMs - saidMs < PROGRESS_EVERY_MS) return;
		saidMs = nowMs;
		say({ progress: now });
	};
	void deps.useCases
		.backtest({ ...body, timeZone }, progress, gone.signal)
		.then((result) => say({ result: backtestView(result) }))
		.catch((error: unknown) => {
			if (gone.signal.aborted) return;
			const { problem } = errorResponse(error);
			if (problem.status >= 500) deps.logger.error("a replay failed", { watch: body.watch, error });
			say({ problem });
		})
		.finally(() => lines.push(null));
	return reply({
		headers: { "content-type": "application/x-ndjson; charset=utf-8", "cache-control": "no-store" },
		body: lines,
	});
}

/** A chart as a picture. */
export async function drawPicture(
	deps: RestDeps,
	{ body, timeZone }: { readonly body: z.output<typeof PictureRequest>; readonly timeZone: string },
): Promise<Reply> {
	const { chart, ...look } = body;
	return svgReply(deps, chart, { ...look, timeZone });
}

async function watchInForce(deps: RestDeps, name: string): Promise<EffectiveWatch> {
	const { items } = await deps.useCases.readWatches();
	const found = items.find(({ watch }) => watch.name === name);
	if (found) return found;
	const names = items.slice(0, NAMES_TOLD).map(({ watch }) => watch.name);
	const more = items.length > names.length ? ` and ${items.length - names.length} more` : "";
	const others = names.length === 0 ? "none is configured" : `there are: ${names.join(", ")}${more}`;
	throw new AppError("not_found", `There is no watch "${name}"; ${others}.`);
}
