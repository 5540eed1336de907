import type { Anomaly, Band } from "../../src/domain/anomaly.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { hasWidth, isOutside, leftBand } from "../../src/domain/left-band.ts";
import { formatQuantity, formatRange, type Unit } from "../../src/domain/quantity.ts";
import { sentenceCase } from "../../src/domain/sentence-case.ts";
import { whatStoodOut } from "../../src/domain/stands-out.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import { timeToken } from "../../src/domain/time-text.ts";
import { shownBand, type Watch } from "../../src/domain/watch.ts";
import type { Cause } from "./judge-cause.ts";
import type { Movement } from "./movement.ts";

/** What is said where nothing was found or the watch is gone. */
export const UNEXPLAINED =
	"The cause is not known: no watch has a finding of this incident that can be read.";

/** A blind incident says only that nothing can be said. */
export function blindText(incident: Incident, first: Anomaly | undefined): string {
	const since = timeToken(first?.outsideSinceMs ?? incident.openedAtMs);
	return `No metrics of ${incident.target} came since ${since}, so its state is not known. Why they stopped is not known either.`;
}

/** Three sentences at most: what moved first, what did not, the cause with its certainty. Times are tokens. */
export function explanationText(found: {
	readonly first: Anomaly;
	readonly watch: Watch;
	readonly value: number;
	/** Its values since then and from before, oldest first. */
	readonly samples: readonly Sample[];
	/** When the value was read: the text is kept, and must not grow stale. */
	readonly readAtMs: number;
	readonly others: readonly Movement[];
	readonly ruledOut: readonly { readonly metric: string; readonly text: string }[];
	readonly cause: Cause;
	/** The pace of the quantity that moved first, where it goes on moving. */
	readonly perMinute?: number | undefined;
}): string {
	const { first, watch, perMinute } = found;
	const at = timeToken(first.outsideSinceMs);
	const band = rangeText(first.band, watch);
	const size =
		first.closedAtMs === undefined
			? `was ${formatQuantity(found.value, watch.unit)} at ${timeToken(found.readAtMs)}`
			: `reached ${formatQuantity(first.peak, watch.unit)}`;
	const pace =
		perMinute === undefined || first.closedAtMs !== undefined
			? ""
			: `, ${perMinute > 0 ? "rising" : "falling"} ${formatQuantity(Math.abs(perMinute), watch.unit)} a minute`;
	const shown = first.closedAtMs === undefined ? found.value : first.peak;
	const place = !hasWidth(first.band)
		? ""
		: `, ${isOutside(shown, first.band) ? "" : "inside its "}expected ${band}`;
	const left = leftBand(first, found.samples);
	const head = `${sentenceCase(watch.metric)} ${left ? "left its band" : "became abnormal"} first, at ${at}: it ${size}${place}${pace}.`;
	return [
		head,
		left ? "" : whatStoodOut(first.explanation),
		othersText(found.others, found.ruledOut),
		found.cause.text,
	]
		.filter((part) => part !== "")
		.join(" ");
}

/** What else of the target moved, and what did not. */
export function othersText(
	others: readonly Movement[],
	ruledOut: readonly { readonly metric: string; readonly text: string }[],
): string {
	const moved = others
		.filter((other) => other.moved === "up" || other.moved === "down")
		.map(({ watch, moved: way }) => `${watch.metric} went ${way} too`);
	const load = ruledOut.find((one) => one.metric === "traffic");
	const still = load ? `load is ruled out: ${load.text}` : ruledOut[0]?.text;
	const parts = [moved.slice(0, 2).join(" and "), still ?? ""].filter((part) => part !== "");
	return parts.length === 0 ? "" : `${sentenceCase(parts.join("; "))}.`;
}

/** `traffic stayed at 141 /s, expected 120–160 /s` */
export function ruledOutText(metric: string, value: number, unit: Unit, band: Band | undefined): string {
	const expected = band ? `, expected ${formatRange(band.low, band.high, unit)}` : "";
	return `${metric} stayed at ${formatQuantity(value, unit)}${expected}`;
}

function rangeText(band: Band, watch: Watch): string {
	const { low, high } = shownBand(watch, band);
	return formatRange(low, high, watch.unit);
}
