import type { ServerResponse } from "node:http";
import { backtestView } from "../../../handlers/rest/backtest-view.ts";
import { robustBand } from "../../../models/robust-band.ts";
import { replaceTimesDeep } from "../../../src/domain/time-text.ts";
import { PATIENT } from "../../../src/use-cases/backtest-plan.ts";
import { backtestWatch } from "../../../src/use-cases/backtest-watch.ts";
import type {
	BacktestRequest,
	WatchDetailView,
	WatchMuteRequest,
	WatchTuneRequest,
	WatchView,
} from "../../../web/src/api/types.generated.ts";
import { computedMetrics } from "../../fakes/computed-metrics.ts";
import { exampleWatch } from "../../fakes/example-watch.ts";
import { MB } from "./series.ts";
import type { World } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A watch as its page reads it. */
export function watchDetail(world: World, name: string): WatchDetailView | undefined {
	const found = world.watches.find((watch) => watch.name === name);
	return (
		found && {
			sensitivity: "normal",
			source: "file",
			...found,
			intervalSeconds: 60,
			detector: "stream",
			chosenDetector: false,
			direction: "above",
			maximumSeverity: "high",
			environment: "local",
			seriesCount: 2,
			limitText: "limit 1,024 MB",
			remediation: "restart-service",
		}
	);
}

/** Mutes, unmutes or tunes as the product does where nothing speaks against it; undefined for other addresses. */
export function turnWatch(
	fixture: { world: World },
	pathname: string,
	body: unknown,
): WatchDetailView | undefined {
	const [, escaped = "", what] =
		/^\/api\/v1\/watches\/([^/]+)\/(mute|unmute|sensitivity)$/.exec(pathname) ?? [];
	const name = decodeURIComponent(escaped);
	const by = { by: fixture.world.session?.person.name ?? "", at: new Date().toISOString() };
	const turned = (watch: WatchView): WatchView => {
		if (what === "mute") {
			const { minutes, reason } = body as WatchMuteRequest;
			const until = new Date(Date.now() + minutes * 60_000).toISOString();
			return { ...watch, muted: { ...by, until, ...(reason ? { reason } : {}) } };
		}
		if (what === "unmute") return { ...watch, muted: undefined };
		const { sensitivity, reason } = body as WatchTuneRequest;
		return { ...watch, sensitivity, tuned: { ...by, from: "normal", ...(reason ? { reason } : {}) } };
	};
	if (!what || !watchDetail(fixture.world, name)) return undefined;
	const watches = fixture.world.watches.map((watch) => (watch.name === name ? turned(watch) : watch));
	fixture.world = { ...fixture.world, watches };
	return watchDetail(fixture.world, name);
}

/** The real replay over two computed series, one of which was outside thrice, and once a little. */
export async function replay(
	world: World,
	request: BacktestRequest,
	response: ServerResponse,
): Promise<void> {
	const endMs = Date.now();
	const spikes: readonly (readonly [number, number, number])[] = [
		[endMs - 2 * HOUR, HOUR, 560],
		[endMs - 2.2 * DAY, 20 * 60_000, 240],
		[endMs - 4.4 * DAY, 31 * 60_000, 300],
	];
	const day = (t: number) => Math.sin((t / DAY) * 2 * Math.PI);
	const extra = (t: number) => spikes.find(([at, forMs]) => t >= at && t < at + forMs)?.[2] ?? 0;
	const noData = (t: number) => t > endMs - 3.4 * DAY && t < endMs - 3.1 * DAY;
	const metrics = computedMetrics([
		{
			labels: { job: "checkout", instance: "checkout:1" },
			at: (t) => (noData(t) ? undefined : MB * (225 + 30 * day(t) + 16 * noise(t) + extra(t))),
		},
		{
			labels: { job: "checkout", instance: "checkout:2" },
			at: (t) =>
				MB *
				(210 + 30 * day(t) + 16 * noise(t + 1) + (t > endMs - 6 * HOUR && t < endMs - 5.9 * HOUR ? 22 : 0)),
		},
	]);
	const knob = watchDetail(world, request.watch)?.sensitivity ?? "normal";
	const watch = exampleWatch({
		name: request.watch,
		intervalSeconds: 60,
		sensitivity: knob,
		limit: { name: "limit", value: 1024 * MB },
		// Of all but the one that left its band, this makes the band.
		minimumChange: (request.watch === "checkout memory" ? 16 : 150) * MB,
	});
	response.writeHead(200, { "content-type": "application/x-ndjson" });
	const say = (line: object) => {
		const told = replaceTimesDeep(line, (t) => new Date(t).toISOString().slice(5, 16).replace("T", " "));
		response.write(`${JSON.stringify(told)}\n`);
	};
	const result = await backtestWatch(
		{
			metrics,
			clock: { now: () => Date.now() },
			detector: () => robustBand,
			training: { settled: () => undefined, failed: 0 },
			pause: async () => undefined,
		},
		{ watch, days: request.days ?? 7, endMs, timeZone: "UTC", budget: PATIENT },
		(progress) => say({ progress }),
	);
	say({ result: backtestView(result) });
	response.end();
}

/** Between -0.5 and 0.5, the same in every run. */
function noise(t: number): number {
	let x = Math.imul((t / 60_000) | 0, 0x9e3779b1);
	x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
	return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32 - 0.5;
}
