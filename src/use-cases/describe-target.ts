import type { Reason } from "../../models/define-bank.ts";
import type { Band } from "../domain/anomaly.ts";
import { formatNumber, formatRange } from "../domain/quantity.ts";
import { sentenceCase } from "../domain/sentence-case.ts";

/** A metric that carries less than this share of what the strongest one carries is not named. */
const NAMED_SHARE = 0.4;
const NAMED = 3;
const EXPLAINED = 2;

type Carrier = Reason & { readonly metric: NonNullable<Reason["metric"]> };

/** What carried a target's score, as it follows the target: `memory and restarts changed together`. Pure. */
export function carriedText(reasons: readonly Reason[]): string {
	const names = carriersOf(reasons).map(({ metric }) => metric.name);
	const [first = "", ...others] = names;
	if (names.length === 0) return "its metrics no longer move together as they usually do";
	if (others.length === 0) return `${first} changed unusually`;
	const shown = names.slice(0, NAMED);
	const more = names.length - shown.length;
	const last = more > 0 ? `${more} more` : (shown.pop() ?? "");
	return `${shown.join(", ")} and ${last} changed together`;
}

/** The same as a sentence, with what the strongest metrics do, and the score. Pure. */
export function explainTarget(score: number, band: Band, reasons: readonly Reason[]): string {
	const told = carriersOf(reasons).slice(0, EXPLAINED).map(carrierText);
	const text = [carriedText(reasons), told.join("; ")].filter((part) => part !== "").join(": ");
	return `${capitalised(text)}. The score is ${formatNumber(score)}, ${abnormalFrom(band)}.`;
}

/** A metric's own name stays as it is written. */
function capitalised(text: string): string {
	return /^[^ ]*[_:]/.test(text) ? text : sentenceCase(text);
}

/** From where on a target's score is a finding, in words. Pure. */
export function abnormalFrom(band: Band): string {
	return `abnormal from ${formatNumber(band.high)} on`;
}

/** The metrics that carry most, strongest first. */
function carriersOf(reasons: readonly Reason[]): readonly Carrier[] {
	const carriers = reasons.filter((reason): reason is Carrier => reason.metric !== undefined);
	const least = NAMED_SHARE * Math.max(0, ...carriers.map(({ share }) => share));
	return carriers.filter(({ share }) => share >= least);
}

/** Without a verb: nobody knows whether a metric's name is one thing or many. */
function carrierText({ metric: { name, value, band }, text }: Carrier): string {
	if (!band || !Number.isFinite(value) || (value >= band.low && value <= band.high))
		return `${name} (${text})`;
	return `${name} ${formatNumber(value)}, expected ${formatRange(band.low, band.high, "count")}`;
}
