import { type Approval, type ApprovalStatus, isPending, isUnchecked } from "../domain/approval.ts";
import { endedByItself } from "../domain/came-back-after.ts";
import type { Incident } from "../domain/incident.ts";

const CAME_AND_WENT_MS = 300_000;
const DID_NOT_HELP: readonly ApprovalStatus[] = ["failed", "unknown", "rolled_back", "rollback_failed"];

/** A span of time: `startMs` belongs to it, `endMs` does not. */
export type DigestSpan = { readonly startMs: number; readonly endMs: number };

/** How long something took, in milliseconds. The median only where there are three or more. */
export type Duration = { readonly count: number; readonly meanMs: number; readonly medianMs?: number };

/** The numbers of a period. A duration is missing where nothing tells it. */
export type DigestFigures = {
	/** Those that began in the period, newest first. */
	readonly incidents: readonly Incident[];
	/** From the first value outside its band, or the start of the alert, until the incident was opened. */
	readonly detected?: Duration;
	/** From opening until resolved, of those that have ended. */
	readonly resolved?: Duration;
	readonly helped: number;
	readonly didNotHelp: number;
	/** Done, with nothing that would show whether it helped. */
	readonly notChecked: number;
	/** Recovered by themselves in under five minutes, and nobody decided or changed anything. */
	readonly cameAndWent: number;
};

/** Counts what belongs to a period. Blind incidents count as incidents, and in no duration. Pure. */
export function digestFigures(
	incidents: readonly Incident[],
	approvals: readonly Approval[],
	{ startMs, endMs }: DigestSpan,
): DigestFigures {
	const within = (atMs: number) => atMs >= startMs && atMs < endMs;
	const begun = incidents.filter((incident) => within(incident.openedAtMs));
	const asked = approvals.filter((approval) => within(approval.createdAtMs));
	const seen = begun.filter((incident) => incident.kind === "anomaly");
	const detected = durationOf(seen.flatMap(detectionMs));
	const resolved = durationOf(
		seen.flatMap((incident) =>
			incident.resolvedAtMs === undefined ? [] : [incident.resolvedAtMs - incident.openedAtMs],
		),
	);
	return {
		incidents: begun,
		...(detected ? { detected } : {}),
		...(resolved ? { resolved } : {}),
		helped: asked.filter((approval) => approval.status === "succeeded" && !isUnchecked(approval)).length,
		notChecked: asked.filter(isUnchecked).length,
		didNotHelp: asked.filter((approval) => DID_NOT_HELP.includes(approval.status)).length,
		cameAndWent: begun.filter((incident) => cameAndWent(incident, approvals)).length,
	};
}

function detectionMs(incident: Incident): number[] {
	const seen = incident.timeline.find((entry) => entry.kind === "seen");
	return seen ? [Math.max(0, incident.openedAtMs - seen.atMs)] : [];
}

function cameAndWent(incident: Incident, approvals: readonly Approval[]): boolean {
	const { resolvedAtMs, openedAtMs } = incident;
	if (!endedByItself(incident) || resolvedAtMs === undefined) return false;
	const acted = approvals.some((approval) => approval.incidentId === incident.id && wasActedOn(approval));
	return resolvedAtMs - openedAtMs < CAME_AND_WENT_MS && !acted;
}

/** Whether a person decided, or something was or may have been changed. */
function wasActedOn({ decisions, status }: Approval): boolean {
	return decisions.length > 0 || !(isPending(status) || status === "cancelled" || status === "expired");
}

function durationOf(values: readonly number[]): Duration | undefined {
	if (values.length === 0) return undefined;
	const sorted = values.toSorted((a, b) => a - b);
	const meanMs = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
	if (sorted.length < 3) return { count: sorted.length, meanMs };
	const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
	const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
	return { count: sorted.length, meanMs, medianMs: (lower + upper) / 2 };
}
