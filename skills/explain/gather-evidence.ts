import { judgesTargets } from "../../models/target/judges-targets.ts";
import { type MovedSeries, movedSeries } from "../../models/target/moved-series.ts";
import type { Alert } from "../../src/domain/alert.ts";
import type { Anomaly } from "../../src/domain/anomaly.ts";
import type { Approval } from "../../src/domain/approval.ts";
import type { QueryTrace } from "../../src/domain/chat-message.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { formatQuantity } from "../../src/domain/quantity.ts";
import { quoteLabelValue, type Sample, sameLabels } from "../../src/domain/time-series.ts";
import { timeToken } from "../../src/domain/time-text.ts";
import { targetOf, type Watch } from "../../src/domain/watch.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import type { WatchBoard } from "../../src/ports/watch-board.ts";
import { bandAt, expectationOf } from "../metrics/expectation.ts";
import { rankingOf } from "../metrics/ranking-table.ts";
import { stepFor } from "../metrics/rate-window.ts";
import { readSeries } from "../metrics/read-series.ts";
import { METRIC_NAMES } from "../metrics/target.ts";
import { judgeMovement, type Movement } from "./movement.ts";

const LEAD_MS = 15 * 60_000;
const MOST_OTHERS = 6;
const POINTS = 120;
const LATE_STEPS = 12;

/** What an explanation reads from. */
export type ExplainSources = {
	readonly incident: Incident;
	readonly anomalies: readonly Anomaly[];
	readonly watches: readonly Watch[];
	readonly metrics: MetricsSource;
	readonly board: WatchBoard;
	readonly nowMs: number;
	/** What Alertmanager told of the incident. */
	readonly alerts?: readonly Alert[];
	/** Requests for the target that ran, newest first. */
	readonly ran?: readonly Pick<Approval, "id" | "createdAtMs" | "endedAtMs">[];
};

/** A query that was asked, for the evidence. */
export type Asked = {
	readonly query: string;
	readonly purpose: string;
	readonly startMs?: number;
	readonly endMs: number;
};

/** The values of the series that moved first, from a quarter of an hour before. */
export async function readFirst(
	{ metrics }: ExplainSources,
	first: Anomaly,
	watch: Watch,
	endMs: number,
): Promise<{ readonly samples: readonly Sample[]; readonly asked: Asked }> {
	const span = spanAround(first, watch, endMs);
	const series = await readSeries(metrics, first.query, span);
	const own = series.find((one) => sameLabels(one.labels, first.labels)) ?? series[0];
	const purpose = `${watch.metric} of ${first.target}, which moved first`;
	return { samples: own?.samples ?? [], asked: { query: first.query, purpose, ...span } };
}

/** What moved of a whole target, furthest first; its score follows by some points, so what came just before counts too. */
export async function readMoved(
	{ metrics }: ExplainSources,
	first: Anomaly,
	watch: Watch,
	endMs: number,
): Promise<{ readonly moved: readonly MovedSeries[]; readonly asked: Asked }> {
	const sinceMs = first.outsideSinceMs - LATE_STEPS * 1000 * watch.intervalSeconds;
	const startMs = sinceMs - LEAD_MS;
	const span = { startMs, endMs, stepMs: stepFor(endMs - startMs, watch.intervalSeconds, 4 * POINTS) };
	const series = await readSeries(metrics, first.query, span);
	const own = series.filter((one) => targetOf(watch, one.labels) === first.target);
	const purpose = `all metrics of ${first.target}, judged together`;
	return { moved: movedSeries(own, sinceMs), asked: { query: first.query, purpose, ...span } };
}

/** What the other watched quantities of the target did since then; at most six, those that tell most first. */
export async function readOthers(
	sources: ExplainSources,
	first: Anomaly,
	endMs: number,
): Promise<readonly (Movement & { readonly asked: Asked })[]> {
	const { watches, metrics, board, anomalies } = sources;
	const others = watches
		.filter((watch) => watch.name !== first.watch && !judgesTargets(watch))
		.filter((watch) => observes(board, watch, first.target))
		.toSorted((a, b) => weight(a) - weight(b))
		.slice(0, MOST_OTHERS);
	return await Promise.all(
		others.map(async (watch) => {
			const span = spanAround(first, watch, endMs);
			const series = await readSeries(metrics, watch.query, span);
			const own = series.find((one) => targetOf(watch, one.labels) === first.target);
			const anomaly = anomalies.find((one) => one.watch === watch.name && one.target === first.target);
			const metric = METRIC_NAMES.find((name) => name === watch.kind);
			const expectation = metric
				? expectationOf(board, { target: first.target, metric, unit: watch.unit })
				: undefined;
			const band = bandAt(expectation, endMs);
			const movement = judgeMovement({
				watch,
				samples: own?.samples ?? [],
				sinceMs: first.outsideSinceMs,
				...(band ? { band } : {}),
				...(anomaly ? { anomaly } : {}),
			});
			return {
				...movement,
				asked: { query: watch.query, purpose: `${watch.metric} of ${first.target}`, ...span },
			};
		}),
	);
}

/** When the target's process, or the machine, started: the newest one. */
export async function readStart(
	{ metrics }: ExplainSources,
	target: string,
	isHost: boolean,
	endMs: number,
): Promise<{ readonly startedAtMs?: number; readonly asked: Asked }> {
	const query = isHost
		? "max(node_boot_time_seconds)"
		: `max(process_start_time_seconds{job=${quoteLabelValue(target)}})`;
	const [found] = await metrics.instant(query, endMs);
	const asked = { query, purpose: `when ${target} started`, endMs };
	const seconds = found?.v ?? Number.NaN;
	return { asked, ...(Number.isFinite(seconds) ? { startedAtMs: seconds * 1000 } : {}) };
}

/** The process that uses most of a host's CPU or memory. */
export async function readTopProcess(
	{ metrics }: ExplainSources,
	by: "cpu" | "memory",
	endMs: number,
): Promise<
	{ readonly top?: { readonly name: string; readonly text: string }; readonly asked: Asked } | undefined
> {
	const ranking = rankingOf("process", by, 1, "1m", undefined);
	if (!ranking) return undefined;
	const [found] = await metrics.instant(ranking.query, endMs);
	const asked = {
		query: ranking.query,
		purpose: `which process uses most ${by === "cpu" ? "CPU" : "memory"}`,
		endMs,
	};
	const name = found?.labels[ranking.nameLabel];
	if (!found || name === undefined || !Number.isFinite(found.v)) return { asked };
	const core = by === "cpu" ? " of one core" : "";
	return { asked, top: { name, text: `${formatQuantity(found.v, ranking.unit)}${core}` } };
}

/** The request that ran when the target started: it was made before, and ended at most a few minutes after. */
export function restarterOf(
	{ ran = [], nowMs }: Pick<ExplainSources, "ran" | "nowMs">,
	startedAtMs: number,
): string | undefined {
	return ran.find(({ createdAtMs, endedAtMs = nowMs }) => {
		const within = createdAtMs - 1000 <= startedAtMs && startedAtMs <= endedAtMs + 60_000;
		return within && endedAtMs - startedAtMs < 15 * 60_000;
	})?.id;
}

function spanAround(
	first: Anomaly,
	watch: Watch,
	endMs: number,
): { startMs: number; endMs: number; stepMs: number } {
	const startMs = Math.min(first.outsideSinceMs, endMs) - LEAD_MS;
	return { startMs, endMs, stepMs: stepFor(endMs - startMs, watch.intervalSeconds, POINTS) };
}

function observes(board: WatchBoard, watch: Watch, target: string): boolean {
	if ("name" in watch.target) return watch.target.name === target;
	return board.reading(watch.name)?.series.some((one) => one.target === target) ?? false;
}

/** Load first: whether it changed rules out most. */
function weight(watch: Watch): number {
	const at = ["traffic", "cpu", "error-rate", "latency", "memory"].indexOf(watch.kind);
	return at < 0 ? 5 : at;
}

/** What was asked, as the evidence of an explanation. */
export function tracesOf(asked: readonly Asked[]): readonly QueryTrace[] {
	return asked.map(({ query, purpose, startMs, endMs }, index) => ({
		id: `q${index + 1}`,
		query,
		purpose,
		span: startMs === undefined ? timeToken(endMs) : `${timeToken(startMs)}–${timeToken(endMs)}`,
	}));
}
