import { z } from "zod";
import type { Approval } from "../src/domain/approval.ts";
import type { Incident } from "../src/domain/incident.ts";
import type { Severity } from "../src/domain/severity.ts";
import { shownBand, type Watch } from "../src/domain/watch.ts";
import type { WatchReading } from "../src/ports/watch-board.ts";
import { defineSkill, type Measured, type SkillDeps } from "./define-skill.ts";
import { collectPages } from "./stores/collect-pages.ts";

const Input = z.strictObject({
	target: z.string().min(1).max(200).optional().describe("Name of a target, as the inventory has it"),
	sinceMs: z.number().optional().describe("Also the incidents that ended since then"),
});

/** The newest value of a watched series. */
export type WatchedValue = Measured & {
	readonly watch: string;
	readonly target: string;
	readonly severity?: Severity;
};

/** What is wrong now, and how well that is known. */
export type SystemState = {
	readonly open: readonly Incident[];
	readonly ended: readonly Incident[];
	readonly pending: readonly Approval[];
	/** Requests of which nobody knows whether they took effect, newest first. */
	readonly unknown: readonly Approval[];
	/** Series with an open anomaly, worst first. */
	readonly outside: readonly WatchedValue[];
	readonly inside: readonly WatchedValue[];
	readonly watches: number;
	readonly learning: number;
	readonly failed: readonly { readonly watch: string; readonly problem: string }[];
	/** Watches whose newest sample, or whose last scoring, is older than two of their intervals: they can't tell. */
	readonly stale: readonly { readonly watch: string; readonly newestMs?: number }[];
};

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** What is wrong now: open incidents, values outside their bands, requests that wait, and what can't be judged. */
export const describeState = defineSkill({
	name: "describe-state",
	description: "Says what is wrong now, overall or for one target, and which watches can't tell.",
	input: Input,
	hints: { reads: true, proposes: false, bounded: { queries: 0, items: 200 } },
	run: async (deps, { nowMs }, { target, sinceMs }): Promise<SystemState> => {
		const about = (name: string) => target === undefined || name === target;
		const [open, ended, pending, unknown] = await Promise.all([
			incidents(deps, { status: "open" }, about),
			sinceMs === undefined ? [] : incidents(deps, { status: "resolved", sinceMs }, about),
			collectPages(
				(page) => deps.stores.approvals.list({ status: ["proposed", "partly_approved"] }, page),
				(approval) => approval.plan.targets.some((one) => about(one.name)) && approval.expiresAtMs > nowMs,
				20,
			),
			collectPages(
				(page) => deps.stores.approvals.list({ status: ["unknown"] }, page),
				(approval) => approval.plan.targets.some((one) => about(one.name)),
				20,
			),
		]);
		const readings = deps.board
			.readings()
			.filter((reading) => target === undefined || observes(reading, target));
		const values = readings
			.flatMap((reading) => newestValues(reading, nowMs))
			.filter((value) => about(value.target));
		const outside = values
			.filter((value) => value.severity !== undefined)
			.toSorted((a, b) => rank(a.severity) - rank(b.severity));
		return {
			open,
			ended,
			pending,
			unknown,
			outside,
			inside: values.filter((value) => value.severity === undefined),
			watches: readings.length,
			learning: readings.filter((reading) => reading.status.state === "learning").length,
			failed: readings
				.filter((reading) => reading.status.state === "failed")
				.map(({ watch, status }) => ({ watch: watch.name, problem: status.problem ?? "no reason given" })),
			stale: readings
				.filter(({ status }) => status.state === "ready")
				.map((reading) => ({ reading, newestMs: newestOf(reading) }))
				.filter(({ reading, newestMs }) => nowMs - (newestMs ?? 0) > freshMs(reading.watch))
				.map(({ reading, newestMs }) => ({
					watch: reading.watch.name,
					...(newestMs === undefined ? {} : { newestMs }),
				})),
		};
	},
});

function incidents(
	deps: SkillDeps,
	filter: { readonly status: Incident["status"]; readonly sinceMs?: number },
	about: (target: string) => boolean,
): Promise<readonly Incident[]> {
	return collectPages(
		(page) => deps.stores.incidents.list(filter, page),
		(incident) => about(incident.target),
		20,
	);
}

function observes({ watch, series }: WatchReading, target: string): boolean {
	return "name" in watch.target ? watch.target.name === target : series.some((one) => one.target === target);
}

/** Two rounds may be missed; a third says that nothing comes any more. */
function freshMs({ intervalSeconds }: Watch): number {
	return 2000 * intervalSeconds + 10_000;
}

/**
 * Until when a watch is known to be read: its newest sample, or its last scoring where that is older. What is measured
 * on requests has no samples while there are none, so there only the scoring counts.
 */
function newestOf({ watch, status, series }: WatchReading): number | undefined {
	const scored = status.lastScoredAtMs;
	const points = series.flatMap((one) => one.points.findLast((point) => Number.isFinite(point.v))?.t ?? []);
	if (scored === undefined || points.length === 0) return scored;
	if (watch.kind === "latency" || watch.kind === "error-rate") return scored;
	return Math.min(scored, Math.max(...points));
}

function newestValues({ watch, series }: WatchReading, nowMs: number): readonly WatchedValue[] {
	return series.flatMap((one) => {
		const last = one.points.at(-1);
		if (!last || !Number.isFinite(last.v) || nowMs - last.t > 5000 * watch.intervalSeconds + 15_000)
			return [];
		const { low, high } = last;
		const expected =
			low === undefined || high === undefined ? {} : { expected: shownBand(watch, { low, high }) };
		return [
			{
				label: watch.metric,
				value: last.v,
				unit: watch.unit,
				query: watch.query,
				endMs: last.t,
				watch: watch.name,
				target: one.target,
				...expected,
				...(one.severity ? { severity: one.severity } : {}),
			},
		];
	});
}

function rank(severity: Severity | undefined): number {
	return severity ? SEVERITIES.indexOf(severity) : SEVERITIES.length;
}
