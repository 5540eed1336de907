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

/** The title of an incident whose alerts are over. */
export function alertsOverTitle(target: string, alerts: readonly Alert[]): string {
	const names = distinctNames(leadingAlerts(alerts));
	return inertLine(
		`${target}: ${listed(names)} ${names.length === 1 ? "is" : "are"} resolved`,
		TITLE_CHARACTERS,
	);
}

/** One sentence on an alert: its name, since when, and what it says. */
export function alertText(notice: AlertNotice): string {
	const summary = alertSummary(notice);
	const since = `The alert ${alertName(notice)} has been firing since ${timeToken(notice.startsAtMs)}`;
	return withWords(since, summary);
}

/**
 * What an incident's alerts say by now: those that fire, or, where all are over, in the past tense from the first start
 * to the last end. At most three names, then a count. Empty without alerts. Pure.
 */
export function alertsText(alerts: readonly Alert[]): string {
	const firing = alerts.filter((alert) => !isResolved(alert));
	const told = leadingAlerts(firing.length > 0 ? firing : alerts);
	const lead = told[0];
	if (!lead) return "";
	const since = timeToken(lead.startsAtMs);
	const until = timeToken(Math.max(...told.map((alert) => alert.resolvedAtMs ?? 0)));
	const names = distinctNames(told);
	const times = told.length > 1 && names.length === 1 ? ` (${told.length})` : "";
	const who = `The ${names.length === 1 ? "alert" : "alerts"} ${listed(names)}${times}`;
	const has = names.length === 1 ? "has" : "have";
	const did = firing.length > 0 ? `${has} been firing since ${since}` : `fired from ${since} to ${until}`;
	return withWords(`${who} ${did}`, told.length === 1 ? alertSummary(lead) : undefined);
}

function withWords(sentence: string, words: string | undefined): string {
	if (words === undefined) return `${sentence}.`;
	return `${sentence}: ${words}${/[.?]$/.test(words) ? "" : "."}`;
}

/** The alerts of an incident in the order cards speak of them: those that fire first, then by their start. */
export function leadingAlerts(alerts: readonly Alert[]): readonly Alert[] {
	return alerts.toSorted(
		(a, b) => Number(isResolved(a)) - Number(isResolved(b)) || a.startsAtMs - b.startsAtMs,
	);
}

/**
 * What a card says of an incident's alerts: which, since when, how many. `alone`: there is no finding beside them, so
 * how long they fire is told too, by their own times, or how long the incident lasted once it is over. At most two
 * facts. Pure.
 */
export function alertFacts(
	alerts: readonly Alert[],
	nowMs: number,
	alone: boolean,
	lasted?: { readonly fromMs: number; readonly untilMs: number },
): Fact[] {
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
	if (lasted) {
		const note = `since ${timeToken(lasted.fromMs)}, until its end was told`;
		return [...facts, { label: "It lasted", value: formatDuration(lasted.untilMs - lasted.fromMs), note }];
	}
	const label = firing.length > 0 ? "Firing for" : "Fired for";
	return [...facts, { label, value: formatDuration(endMs - lead.startsAtMs), note: since }];
}

function isResolved(alert: Alert): boolean {
	return alert.resolvedAtMs !== undefined;
}

function namesOf(alerts: readonly Alert[]): string {
	const names = listed(distinctNames(alerts));
	return alerts.length === 1 ? names : `${alerts.length}: ${names}`;
}

function distinctNames(alerts: readonly Alert[]): readonly string[] {
	return [...new Set(alerts.map((alert) => alert.name))];
}

/** `A`, `A and B`, `A, B, C and 2 others`. */
function listed(names: readonly string[]): string {
	const left = names.length - NAMES_SHOWN;
	const shown = names.slice(0, NAMES_SHOWN);
	const last = left > 0 ? `${left} ${left === 1 ? "other" : "others"}` : shown.pop();
	return [shown.join(", "), last].filter(Boolean).join(" and ");
}
