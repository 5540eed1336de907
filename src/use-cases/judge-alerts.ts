import type { Alert, AlertNotice } from "../domain/alert.ts";
import type { Severity } from "../domain/severity.ts";
import type { Labels } from "../domain/time-series.ts";
import { alertName, inertLine } from "./describe-alert.ts";

/** Which labels say what an alert is about. `environment` is the installation's own, where no label tells. */
export type AlertRules = {
	readonly targetLabels: readonly string[];
	readonly environmentLabel: string;
	readonly environment: string;
};

const TARGET_CHARACTERS = 200;
/** Deliveries overtake each other by minutes; what still fires so long after its end was told has not ended. */
const FIRES_AGAIN_AFTER_MS = 15 * 60_000;

const SEVERITIES: Readonly<Record<string, Severity>> = {
	critical: "critical",
	page: "critical",
	error: "high",
	high: "high",
	warning: "medium",
	info: "low",
	none: "low",
};

/** The severity label in our words; medium where it is missing or says something else. */
export function severityOfAlert(labels: Labels): Severity {
	const given = labels.severity?.trim().toLowerCase() ?? "";
	return Object.hasOwn(SEVERITIES, given) ? (SEVERITIES[given] ?? "medium") : "medium";
}

/**
 * What an alert is about: the first of the configured labels that it has. An `instance` is named without its port
 * where that is a known target. An alert that names nothing is about itself, so that it joins no other.
 */
export function targetOfAlert(
	notice: AlertNotice,
	rules: AlertRules,
	knownTargets: readonly string[],
): string {
	for (const label of rules.targetLabels) {
		const value = inertLine(notice.labels[label] ?? "", TARGET_CHARACTERS);
		if (value === "") continue;
		const host = value.replace(/:\d{1,5}$/, "");
		return label === "instance" && knownTargets.includes(host) ? host : value;
	}
	return alertName(notice);
}

/** The environment label, where it could be the name of an environment; else the installation's own. */
export function environmentOfAlert(labels: Labels, rules: AlertRules): string {
	const given = labels[rules.environmentLabel]?.trim().toLowerCase() ?? "";
	return /^[a-z0-9][a-z0-9-]{0,62}$/.test(given) ? given : rules.environment;
}

/** What a notice does to the alert it is about, and why. */
export type AlertJudgement =
	| { readonly does: "opens" | "reopens" | "closes"; readonly reason: string }
	/** It is kept as resolved and opens nothing: it was over before it was heard of. */
	| { readonly does: "keeps"; readonly resolvedAtMs: number; readonly reason: string }
	| { readonly does: "nothing"; readonly reason: string };

/**
 * Judges a notice by what is known of the same fingerprint: `known` has the same start, `others` are firing with other
 * starts. One set of labels fires once at a time, so of two starts the later one counts. Pure.
 */
export function judgeNotice(
	notice: AlertNotice,
	receivedAtMs: number,
	known: Alert | undefined,
	others: readonly Alert[],
): AlertJudgement {
	if (notice.status === "resolved") {
		if (!known)
			return {
				does: "keeps",
				resolvedAtMs: endOf(notice, receivedAtMs),
				reason: "it was over before it was heard of",
			};
		return known.resolvedAtMs === undefined
			? { does: "closes", reason: "it is resolved" }
			: { does: "nothing", reason: "it was resolved before" };
	}
	if (known?.resolvedAtMs !== undefined)
		return receivedAtMs - known.receivedAtMs > FIRES_AGAIN_AFTER_MS
			? { does: "reopens", reason: "it fires on, long after its end was told" }
			: { does: "nothing", reason: "it came late: its end is known" };
	if (known) return { does: "nothing", reason: "it is known to fire" };
	const later = others.find((alert) => alert.startsAtMs > notice.startsAtMs);
	if (later)
		return { does: "keeps", resolvedAtMs: later.startsAtMs, reason: "it fires already with a later start" };
	return { does: "opens", reason: "it fires" };
}

/** Alerts with the same labels that a notice shows to be over: older starts, or all up to the end it tells of. Pure. */
export function endedByNotice(
	{ status, startsAtMs, endsAtMs = startsAtMs }: AlertNotice,
	others: readonly Alert[],
): readonly { readonly alert: Alert; readonly resolvedAtMs: number }[] {
	const endMs = status === "resolved" ? Math.max(startsAtMs, endsAtMs) : startsAtMs - 1;
	return others
		.filter((alert) => alert.resolvedAtMs === undefined && alert.startsAtMs <= endMs)
		.map((alert) => ({ alert, resolvedAtMs: Math.max(endMs, alert.startsAtMs) }));
}

/** Alertmanager's own end; the time it was told where the notice lacks one or names one before the start. */
export function endOf(notice: AlertNotice, receivedAtMs: number): number {
	const endMs = notice.endsAtMs;
	return endMs === undefined || endMs < notice.startsAtMs ? receivedAtMs : endMs;
}
