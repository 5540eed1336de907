import { fitLinearTrend } from "../../models/forecast/forecast-linear-fit.ts";
import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { Anomaly, Band } from "../../src/domain/anomaly.ts";
import type { QueryTrace } from "../../src/domain/chat-message.ts";
import type { Unit } from "../../src/domain/quantity.ts";
import { alertsText } from "./alerts-text.ts";
import { explainTarget } from "./explain-target.ts";
import { blindText, explanationText, ruledOutText, UNEXPLAINED } from "./explanation-text.ts";
import {
	type ExplainSources,
	readFirst,
	readOthers,
	readStart,
	readTopProcess,
	restarterOf,
	tracesOf,
} from "./gather-evidence.ts";
import { type Certainty, judgeCause } from "./judge-cause.ts";

/** The quantity that was abnormal first. */
type FirstMover = {
	readonly anomaly: Anomaly;
	readonly metric: string;
	readonly unit: Unit;
	readonly atMs: number;
	readonly value: number;
	readonly band: Band;
	readonly query: string;
};

/** A quantity that did not move, with the number that shows it. */
type RuledOut = {
	readonly metric: string;
	readonly value: number;
	readonly unit: Unit;
	readonly band?: Band;
	readonly query: string;
	readonly text: string;
};

/** Why an incident happened, as far as numbers show. Times in `text` and in spans are tokens of domain/time-text. */
export type Explanation = {
	readonly text: string;
	readonly queries: readonly QueryTrace[];
	readonly movedFirst?: FirstMover;
	readonly ruledOut: readonly RuledOut[];
	readonly certainty: Certainty;
};

/**
 * Explains an incident from its findings and from queries made now: what was abnormal first and by how much, what
 * else of the target moved and what did not, what changed shortly before. Without a finding, what the alerts say.
 * @param input `earlierHelped`: earlier incidents that began the same way and ended well after a restart
 * @throws AppError of the metrics source
 */
export async function explainIncident(
	input: ExplainSources & { readonly earlierHelped?: number },
): Promise<Explanation> {
	const { incident, nowMs } = input;
	const first = input.anomalies.toSorted((a, b) => a.outsideSinceMs - b.outsideSinceMs)[0];
	const watch = input.watches.find((one) => one.name === first?.watch);
	if (incident.kind === "blind") return plain(blindText(incident, first));
	if (!first || !watch) return plain(`${alertsText(input.alerts ?? [])} ${UNEXPLAINED}`.trim());
	const endMs = Math.min(nowMs, incident.resolvedAtMs ?? nowMs);
	if (judgesTargets(watch)) return await explainTarget(input, first, watch, endMs);
	const isHost = !input.watches.some(
		(one) => one.target && targetNamed(one, first.target) && one.kind === "traffic",
	);
	const usesCpu = watch.kind === "cpu" || watch.kind === "load";
	const [{ samples, asked }, others, start, process] = await Promise.all([
		readFirst(input, first, watch, endMs),
		readOthers(input, first, endMs),
		readStart(input, first.target, isHost, endMs),
		isHost && (usesCpu || watch.kind === "memory")
			? readTopProcess(input, usesCpu ? "cpu" : "memory", endMs)
			: undefined,
	]);
	const up = first.peak >= (first.band.low + first.band.high) / 2;
	const trend = fitLinearTrend(samples.filter((sample) => sample.t >= first.outsideSinceMs));
	const slope = trend ? trend.slopePerMs * (up ? 1 : -1) : 0;
	const steady = trend !== undefined && slope > 2 * trend.slopeHalfWidth;
	const startedBeforeMs = start.startedAtMs === undefined ? -1 : first.outsideSinceMs - start.startedAtMs;
	const restartedBy = start.startedAtMs === undefined ? undefined : restarterOf(input, start.startedAtMs);
	const cause = judgeCause({
		target: first.target,
		kind: watch.kind,
		up,
		steady,
		others,
		earlierHelped: input.earlierHelped ?? 0,
		...(startedBeforeMs >= 0 ? { startedBeforeMs } : {}),
		...(restartedBy === undefined ? {} : { restartedBy }),
		...(process?.top ? { topProcess: process.top } : {}),
	});
	const value = samples.findLast((sample) => Number.isFinite(sample.v))?.v ?? first.value;
	const ruledOut = others.flatMap(({ watch: { metric, unit }, moved, value: still, band, query }) =>
		moved === "no" && still !== undefined
			? [
					{
						metric,
						unit,
						value: still,
						query,
						text: ruledOutText(metric, still, unit, band),
						...(band ? { band } : {}),
					},
				]
			: [],
	);
	return {
		text: explanationText({
			first,
			watch,
			value,
			samples,
			readAtMs: endMs,
			others,
			ruledOut,
			cause,
			perMinute: steady ? (trend?.slopePerMs ?? 0) * 60_000 : undefined,
		}),
		queries: tracesOf([
			asked,
			...others.map((other) => other.asked),
			start.asked,
			...(process ? [process.asked] : []),
		]),
		movedFirst: {
			anomaly: first,
			metric: watch.metric,
			unit: watch.unit,
			atMs: first.outsideSinceMs,
			value,
			band: first.band,
			query: first.query,
		},
		ruledOut,
		certainty: cause.certainty,
	};
}

function targetNamed(
	watch: { readonly target: { readonly name: string } | { readonly label: string } },
	name: string,
): boolean {
	return "name" in watch.target && watch.target.name === name;
}

function plain(text: string): Explanation {
	return { text, queries: [], ruledOut: [], certainty: "not known" };
}
