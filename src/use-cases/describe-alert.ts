import type { Alert, AlertNotice } from "../domain/alert.ts";
import type { Fact } from "../domain/chat-message.ts";
import { formatDuration } from "../domain/quantity.ts";
import { timeToken } from "../domain/time-text.ts";

const TITLE_CHARACTERS = 90;
const NAME_CHARACTERS = 60;
const SUMMARY_CHARACTERS = 300;
const NAMES_SHOWN = 3;

// Controls, format characters (bidi, zero-width) and line separators.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * Text from outside as one line of at most `maximum` characters: without characters that hide or reorder others, and
 * without anything that would be read as a time token. Platforms escape it as any other text.
 */
export function inertLine(text: string, maximum: number): string {
	const line = text
		.toWellFormed()
		.replaceAll(HIDDEN, " ")
		.replaceAll(/\s+/g, " ")
		// A space between the two, as often as they meet: `{{{{` holds three such places.
		.replaceAll(/\{(?=\{)/g, "{ ")
		.trim();
	return line.length <= maximum ? line : `${line.slice(0, maximum - 1).toWellFormed()}…`;
}

/** The name of the rule; where a sender left it out, the alert's fingerprint. */
export function alertName(notice: Pick<AlertNotice, "labels" | "fingerprint">): string {
	return inertLine(notice.labels.alertname ?? "", NAME_CHARACTERS) || `alert ${notice.fingerprint}`;
}

/** What the rule says of itself, as one line; undefined where it says nothing. */
function alertSummary({ annotations }: Pick<AlertNotice, "annotations">): string | undefined {
	const given = annotations.summary ?? annotations.message ?? annotations.description ?? "";
	return inertLine(given, SUMMARY_CHARACTERS) || undefined;
}

/** The title of an incident that an alert opens: target first, then the rule's own words. */
export function alertTitle(target: string, notice: AlertNotice): string {
	const words = alertSummary(notice) ?? alertName(notice);
	const told = words.toLowerCase().startsWith(target.toLowerCase());
	return inertLine(told ? words : `${target}: ${words}`, TITLE_CHARACTERS);
}

/** One sentence on an alert: its name, since when, and what it says. */
export function alertText(notice: AlertNotice): string {
	const summary = alertSummary(notice);
	const since = `The alert ${alertName(notice)} fires since ${timeToken(notice.startsAtMs)}`;
	if (summary === undefined) return `${since}.`;
	return `${since}: ${summary}${/[.?]$/.test(summary) ? "" : "."}`;
}

/** The alerts of an incident in the order cards speak of them: those that fire first, then by their start. */
export function leadingAlerts(alerts: readonly Alert[]): readonly Alert[] {
	return alerts.toSorted(
		(a, b) => Number(isResolved(a)) - Number(isResolved(b)) || a.startsAtMs - b.startsAtMs,
	);
}

/**
 * What a card says of an incident's alerts: which, since when, how many. `alone`: there is no finding beside them, so
 * how long they fire is told too. At most two facts. Pure.
 */
export function alertFacts(alerts: readonly Alert[], nowMs: number, alone: boolean): Fact[] {
	const firing = alerts.filter((alert) => !isResolved(alert));
	const told = leadingAlerts(firing.length > 0 ? firing : alerts);
	const lead = told[0];
	if (!lead) return [];
	const endMs = firing.length > 0 ? nowMs : Math.max(...told.map((alert) => alert.resolvedAtMs ?? 0));
	const word = told.length === 1 ? "Alert" : "Alerts";
	const others = alerts.length - told.length;
	const since = `since ${timeToken(lead.startsAtMs)}`;
	const facts: Fact[] = [
		{
			label: `${word} ${firing.length > 0 ? "firing" : "resolved"}`,
			value: namesOf(told),
			note: `${firing.length > 0 ? since : `at ${timeToken(endMs)}`}${others > 0 ? `, ${others} resolved` : ""}`,
		},
	];
	if (!alone) return facts;
	const label = firing.length > 0 ? "Firing for" : "Fired for";
	return [...facts, { label, value: formatDuration(endMs - lead.startsAtMs), note: since }];
}

function isResolved(alert: Alert): boolean {
	return alert.resolvedAtMs !== undefined;
}

function namesOf(alerts: readonly Alert[]): string {
	const names = [...new Set(alerts.map((alert) => alert.name))];
	const shown = names.slice(0, NAMES_SHOWN).join(", ");
	const left = names.length - NAMES_SHOWN;
	const more = left > 0 ? ` and ${left} ${left === 1 ? "other" : "others"}` : "";
	return alerts.length === 1 ? shown : `${alerts.length}: ${shown}${more}`;
}
