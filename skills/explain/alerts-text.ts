import type { Alert } from "../../src/domain/alert.ts";
import { cutLine, inertText } from "../../src/domain/inert-text.ts";
import { timeToken } from "../../src/domain/time-text.ts";

const NAMES_SHOWN = 3;
const NAME_CHARACTERS = 60;
const RULE_CHARACTERS = 240;
const READ_CHARACTERS = 2000;

/**
 * What the alerts of an incident say: which fire, since when, how many, and the words of the rule that has fired
 * longest, in quotes. Empty without alerts. Times are tokens; at most three names and about 700 characters. Pure.
 */
export function alertsText(alerts: readonly Alert[]): string {
	const firing = alerts.filter((alert) => alert.resolvedAtMs === undefined);
	const told = (firing.length > 0 ? firing : alerts).toSorted((a, b) => a.startsAtMs - b.startsAtMs);
	const [lead] = told;
	if (!lead) return "";
	const over = alerts.length - told.length;
	return [
		told.length === 1 ? oneText(lead) : severalText(told, firing.length > 0),
		over === 0 ? "" : `${over} ${over === 1 ? "other is" : "others are"} resolved.`,
		ruleText(lead),
	]
		.filter((part) => part !== "")
		.join(" ");
}

function oneText(alert: Alert): string {
	const since = timeToken(alert.startsAtMs);
	const name = nameOf(alert);
	return alert.resolvedAtMs === undefined
		? `The alert ${name} fires since ${since}.`
		: `The alert ${name} fired from ${since} to ${timeToken(alert.resolvedAtMs)}.`;
}

function severalText(told: readonly Alert[], fire: boolean): string {
	const byName = Map.groupBy(told, nameOf);
	const shown = [...byName].slice(0, NAMES_SHOWN).map(([name, same]) => {
		const startsAtMs = Math.min(...same.map((alert) => alert.startsAtMs));
		return `${name}${same.length > 1 ? ` (${same.length})` : ""} since ${timeToken(startsAtMs)}`;
	});
	const left = byName.size - shown.length;
	const more = left > 0 ? ` and ${left} ${left === 1 ? "other rule" : "other rules"}` : "";
	const endMs = Math.max(...told.map((alert) => alert.resolvedAtMs ?? 0));
	const head = fire ? `${told.length} alerts fire` : `${told.length} alerts fired until ${timeToken(endMs)}`;
	return `${head}: ${shown.join(", ")}${more}.`;
}

/** The rule's own words, told as such: they are somebody's text, not a finding. */
function ruleText(alert: Alert): string {
	const { summary, message, description } = alert.annotations;
	const words = lineOf(summary ?? message ?? description ?? "", RULE_CHARACTERS);
	return words === "" ? "" : `The rule ${nameOf(alert)} says: “${words}”${/[.?…]$/.test(words) ? "" : "."}`;
}

function nameOf(alert: Alert): string {
	return lineOf(alert.name, NAME_CHARACTERS);
}

/**
 * Text from outside as one line: what hides or reorders is written out, nothing in it is a time token, and it can't
 * close the quotes it stands in.
 */
function lineOf(text: string, maximum: number): string {
	const line = inertText(text.slice(0, READ_CHARACTERS))
		.replaceAll(/\s+/g, " ")
		.replaceAll(/\{(?=\{)/g, "{ ")
		.replaceAll(/[“”„‟"]/g, "'");
	return cutLine(line.trim(), maximum);
}
