import { z } from "zod";
import { fitLinearTrend } from "../models/forecast-linear-fit.ts";
import type { Anomaly, Band } from "../src/domain/anomaly.ts";
import type { QueryTrace } from "../src/domain/chat-message.ts";
import { AppError, toAppError } from "../src/domain/errors.ts";
import type { Incident } from "../src/domain/incident.ts";
import type { Unit } from "../src/domain/quantity.ts";
import { timeToken } from "../src/domain/time-text.ts";
import type { Clock } from "../src/ports/clock.ts";
import type { IncidentExplainer } from "../src/ports/incident-explainer.ts";
import type { Logger } from "../src/ports/logger.ts";
import { defineSkill, type SkillDeps } from "./define-skill.ts";
import { blindText, explanationText, ruledOutText, UNEXPLAINED } from "./explain/explanation-text.ts";
import {
	type Asked,
	type ExplainSources,
	readFirst,
	readOthers,
	readStart,
	readTopProcess,
} from "./explain/gather-evidence.ts";
import { type Certainty, judgeCause } from "./explain/judge-cause.ts";

/** The quantity that left its band first. */
export type FirstMover = {
	readonly anomaly: Anomaly;
	readonly metric: string;
	readonly unit: Unit;
	readonly atMs: number;
	readonly value: number;
	readonly band: Band;
	readonly query: string;
};

/** A quantity that did not move, with the number that shows it. */
export type RuledOut = {
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
 * Explains an incident from its findings and from queries made now: what left its band first and by how much, what
 * else of the target moved and what did not, what changed shortly before.
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
	if (!first || !watch) return plain(UNEXPLAINED);
	const endMs = Math.min(nowMs, incident.resolvedAtMs ?? nowMs);
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
	const cause = judgeCause({
		target: first.target,
		kind: watch.kind,
		up,
		steady,
		others,
		earlierHelped: input.earlierHelped ?? 0,
		...(startedBeforeMs >= 0 ? { startedBeforeMs } : {}),
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
			others,
			ruledOut,
			cause,
			perMinute: steady ? (trend?.slopePerMs ?? 0) * 60_000 : undefined,
		}),
		queries: traces([
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

function traces(asked: readonly Asked[]): readonly QueryTrace[] {
	return asked.map(({ query, purpose, startMs, endMs }, index) => ({
		id: `q${index + 1}`,
		query,
		purpose,
		span: startMs === undefined ? timeToken(endMs) : `${timeToken(startMs)}–${timeToken(endMs)}`,
	}));
}

/** Reads an incident and what belongs to it, then explains it. @throws AppError `not_found` */
export async function explainStoredIncident(
	deps: Pick<SkillDeps, "stores" | "watches" | "metrics" | "board">,
	incidentId: string,
	nowMs: number,
): Promise<{
	readonly incident: Incident;
	readonly anomalies: readonly Anomaly[];
	readonly explanation: Explanation;
}> {
	const incident = await deps.stores.incidents.get(incidentId);
	if (!incident) throw new AppError("not_found", `There is no incident ${incidentId}.`);
	const anomalies = await deps.stores.anomalies.ofIncident(incidentId);
	const sources = {
		incident,
		anomalies,
		watches: deps.watches(),
		metrics: deps.metrics,
		board: deps.board,
		nowMs,
	};
	const earlierHelped = await countEarlier(deps, incident, anomalies);
	return { incident, anomalies, explanation: await explainIncident({ ...sources, earlierHelped }) };
}

/** Earlier incidents of this target that a remediation ended, and in which the same watch had a finding; 20 are read. */
async function countEarlier(
	{ stores }: Pick<SkillDeps, "stores">,
	incident: Incident,
	anomalies: readonly Anomaly[],
): Promise<number> {
	const watches = new Set(anomalies.map((anomaly) => anomaly.watch));
	const page = await stores.incidents.list({ status: "resolved" }, { limit: 200 });
	const helped = page.items
		.filter((one) => one.target === incident.target && one.outcome === "remediated" && one.id !== incident.id)
		.slice(0, 20);
	const alike = await Promise.all(
		helped.map(async (one) =>
			(await stores.anomalies.ofIncident(one.id)).some((found) => watches.has(found.watch)),
		),
	);
	return alike.filter(Boolean).length;
}

/** The explainer that fills an incident's card. Never throws: what could not be read is said. */
export function createIncidentExplainer(
	deps: Pick<SkillDeps, "stores" | "watches" | "metrics" | "board"> & {
		readonly clock: Clock;
		readonly logger: Logger;
	},
): IncidentExplainer {
	return {
		explain: async (incidentId) => {
			try {
				const { explanation } = await explainStoredIncident(deps, incidentId, deps.clock.now());
				return { text: explanation.text, queries: explanation.queries };
			} catch (error) {
				const failure = toAppError(error);
				deps.logger.warn("an incident could not be explained", { incident: incidentId, error: failure });
				return { text: `The cause is not known. ${failure.message}`, queries: [] };
			}
		},
	};
}

/** Why an incident happened. */
export const explainIncidentSkill = defineSkill({
	name: "explain-incident",
	description:
		"Explains an incident: what moved first, by how much, what else moved and what did not, what changed before.",
	input: z.strictObject({ incidentId: z.string().min(1).max(40) }),
	hints: { reads: true, proposes: false, bounded: { queries: 9, items: 10 } },
	run: async (deps, { nowMs }, { incidentId }) => await explainStoredIncident(deps, incidentId, nowMs),
});
