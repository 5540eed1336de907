// What one character of plain text costs in a mrkdwn field of a JSON payload.
const COSTS: Readonly<Record<string, number>> = { "&": 5, "<": 4, ">": 4, '"': 2, "\\": 2, "\n": 2, "\t": 2 };
const TIME_COST = 60;
const TIME = /(\{\{time:\d{1,15}\}\})/;

/** Text as Slack's mrkdwn shows it: no mention, date or link can begin. Formatting characters are another matter. */
export function escapeMrkdwn(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Whether mrkdwn would show something else than the characters of the text: bold, italics, strike, code, a picture
 * symbol or a quotation. Slack has no escape for these, so such text goes into plain or rich text elements.
 */
export function hasFormatting(text: string): boolean {
	return /[*_~`]|:[^\s:]+:|^[^\S\n]*>/m.test(text);
}

/** Characters that a text takes in a payload, at most; its time tokens count as the dates they become. */
export function costOf(text: string): number {
	return unitsOf(text).reduce((sum, unit) => sum + costOfUnit(unit), 0);
}

/** The text on one line and within a cost. */
export function fitLine(text: string, maximumCost: number): string {
	return fitText(text.replaceAll(/\s+/g, " ").trim(), maximumCost);
}

/** A text within a cost, never cut inside a character or a time; an ellipsis shows that it was cut. */
export function fitText(text: string, maximumCost: number): string {
	if (costOf(text) <= maximumCost) return text;
	let cost = 1;
	let kept = "";
	for (const unit of unitsOf(text)) {
		cost += costOfUnit(unit);
		if (cost > maximumCost) break;
		kept += unit;
	}
	return `${kept.trimEnd()}…`;
}

/** Time tokens whole, everything else character by character. */
function unitsOf(text: string): readonly string[] {
	return text.split(TIME).flatMap((part) => (TIME.test(part) ? [part] : Array.from(part)));
}

function costOfUnit(unit: string): number {
	if (unit.startsWith("{{time:")) return TIME_COST;
	return COSTS[unit] ?? unit.length;
}
