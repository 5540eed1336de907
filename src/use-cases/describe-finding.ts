import type { Reason } from "../../models/define-bank.ts";
import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { Band } from "../domain/anomaly.ts";
import { hasWidth, isOutside } from "../domain/left-band.ts";
import { formatNumber, formatQuantity, formatRange, type Unit } from "../domain/quantity.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { isAtLeast, type Severity } from "../domain/severity.ts";
import { standsOut, stoodOutThen } from "../domain/stands-out.ts";
import type { Sample } from "../domain/time-series.ts";
import { shownBand, type Watch } from "../domain/watch.ts";
import { abnormalFrom, carriedText, explainTarget } from "./describe-target.ts";
import { isUnusualText, unusualText } from "./unusual-words.ts";

/** A score as a severity. The steps are multiples of the band's half width; a watch caps what it may raise. */
export function severityOf(score: number, { maximumSeverity }: Pick<Watch, "maximumSeverity">): Severity {
	const raw: Severity = score >= 8 ? "critical" : score >= 2 ? "high" : score >= 1.3 ? "medium" : "low";
	return isAtLeast(raw, maximumSeverity) ? maximumSeverity : raw;
}

/** Whether the newest points go away from the band: at least four of the last five steps, and by more than noise. */
export function isRising(points: readonly Sample[], direction: 1 | -1, halfWidth: number): boolean {
	const last = points.slice(-6);
	if (last.length < 4) return false;
	let steps = 0;
	for (let i = 1; i < last.length; i += 1)
		if (((last[i]?.v ?? 0) - (last[i - 1]?.v ?? 0)) * direction > 0) steps += 1;
	const moved = ((last.at(-1)?.v ?? 0) - (last[0]?.v ?? 0)) * direction;
	return steps >= last.length - 2 && moved > halfWidth / 4;
}

/** How a value outside its band stands to what is usual, as it follows "is": `over twice its usual level and rising`. */
export function relation(value: number, band: Band, recent: readonly Sample[]): string {
	const usual = (band.low + band.high) / 2;
	const half = (band.high - band.low) / 2;
	const above = value >= usual;
	const ratio = usual > 0 ? value / usual : Number.NaN;
	const trend = isRising(recent, above ? 1 : -1, half) ? (above ? " and rising" : " and falling") : "";
	if (above && ratio >= 10) return `over ten times its usual level${trend}`;
	if (above && ratio >= 3) return `over three times its usual level${trend}`;
	if (above && ratio >= 2) return `over twice its usual level${trend}`;
	if (!above && ratio <= 0.5) return `less than half its usual level${trend}`;
	return `${above ? "above" : "below"} its expected band${trend}`;
}

/** The title of a finding: target first, then metric, then fact. Inside its band the fact is what the signal saw. */
export function findingTitle(
	target: string,
	watch: Watch,
	value: number,
	band: Band,
	recent: readonly Sample[],
	reasons: readonly Reason[] = [],
): string {
	if (judgesTargets(watch)) return `${target}: ${carriedText(reasons)}`;
	const fact = isOutside(value, band) ? `is ${relation(value, band, recent)}` : unusualText(reasons);
	return `${target}: ${watch.metric} ${fact}`;
}

/** Whether a title speaks of this metric of this target, in any of the words for one metric. */
export function speaksOf(title: string, target: string, { metric }: Pick<Watch, "metric">): boolean {
	const head = `${target}: ${metric} `;
	const fact = title.slice(head.length);
	return title.startsWith(head) && (fact.startsWith("is ") || isUnusualText(fact));
}

/** The expected range in words. */
export function expectedText(watch: Watch, band: Band): string {
	if (judgesTargets(watch)) return abnormalFrom(band);
	if (!hasWidth(band)) return "no range is expected";
	const { low, high } = shownBand(watch, band);
	return `expected ${formatRange(low, high, watch.unit)}`;
}

/** Differences of shares are points. */
function differenceText(difference: number, unit: Unit): string {
	const size = Math.abs(difference);
	return unit === "percent" ? `${formatNumber(size)} points` : formatQuantity(size, unit);
}

/** A reason that carries less than this share of the score explains nothing. */
const TELLING_SHARE = 0.15;

/** What the detector saw, as one sentence of at most two reasons; empty where it gives none. */
export function reasonsSentence(reasons: readonly Reason[], unit: Unit): string {
	return standsOut(toldReasons(reasons, unit));
}

function toldReasons(reasons: readonly Reason[], unit: Unit): readonly string[] {
	return reasons
		.filter(({ share, text }) => share >= TELLING_SHARE && text !== "")
		.slice(0, 2)
		.map(({ text, distance }) =>
			distance === undefined ? text : `${differenceText(distance, unit)} ${text}`,
		);
}

/** How a finding begins, as the first line of its incident's story. */
export function beginningText(watch: Watch, left: boolean): string {
	if (judgesTargets(watch)) return "Its metrics began to change as they usually do not";
	return `${sentenceCase(watch.metric)} ${left ? "left its band" : "became abnormal"}`;
}

/** A sentence that names the number and the comparison, then what the detector saw. */
export function explainFinding(
	watch: Watch,
	value: number,
	band: Band,
	recent: readonly Sample[],
	reasons: readonly Reason[] = [],
): string {
	if (judgesTargets(watch)) return explainTarget(value, band, reasons);
	const metric = sentenceCase(watch.metric);
	const first = recent[0];
	const last = recent.at(-1);
	const perMinute =
		first && last && last.t > first.t ? ((last.v - first.v) / (last.t - first.t)) * 60_000 : Number.NaN;
	const half = (band.high - band.low) / 2;
	const moving = Number.isFinite(perMinute) && Math.abs(perMinute) > half;
	const pace = moving
		? ` It ${perMinute > 0 ? "rises" : "falls"} ${differenceText(perMinute, watch.unit)} a minute.`
		: "";
	const number = `${metric} is ${formatQuantity(value, watch.unit)}${placeText(watch, value, band)}.${pace}`;
	return `${number} ${reasonsSentence(reasons, watch.unit)}`.trimEnd();
}

/** Where a value was expected, as it follows the value; empty where nothing was expected. */
function placeText(watch: Watch, value: number, band: Band): string {
	if (!hasWidth(band)) return "";
	return isOutside(value, band)
		? `, ${expectedText(watch, band)}`
		: `, inside its ${expectedText(watch, band)}`;
}

/**
 * What is told of a finding by its furthest value, when all is known.
 * @param reasons what the detector saw at that value; nothing where it saw no news in it
 * @param first what it saw when the finding was told
 */
export function explainPeak(
	watch: Watch,
	peak: number,
	band: Band,
	reasons: readonly Reason[],
	first: readonly Reason[],
): string {
	if (judgesTargets(watch)) return explainTarget(peak, band, reasons.length > 0 ? reasons : first);
	const verb = isOutside(peak, band) ? "reached" : "was";
	const place = placeText(watch, peak, band);
	const number = `${sentenceCase(watch.metric)} ${verb} ${formatQuantity(peak, watch.unit)}${place}.`;
	const saw = reasonsSentence(reasons, watch.unit) || stoodOutThen(toldReasons(first, watch.unit));
	return `${number} ${saw}`.trimEnd();
}
