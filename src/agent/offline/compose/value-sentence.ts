import type { MetricReading } from "../../../../skills/metrics/read-metric.ts";
import { momentText, type Reader } from "../../../../skills/text/time-text.ts";
import { isOutside } from "../../../domain/left-band.ts";
import { formatQuantity } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { AskedSpan } from "../resolve-span.ts";
import { expectedText, nameOf, subjectOf } from "./words.ts";

/**
 * The first sentences of an answer about a value: the number with its expectation, then what else matters. Where
 * there is no number, why.
 * @param free whether what is left was asked for
 * @param brief only the number
 */
export function valueSentence(
	reading: MetricReading,
	span: AskedSpan,
	reader: Reader,
	free: boolean,
	brief = false,
): string {
	const { main, quantity, series } = reading;
	const subject = sentenceCase(subjectOf(reading, series[0]?.labels.mountpoint));
	if (!main) return missingSentence(reading, span, reader);
	const value = formatQuantity(main.value, main.unit);
	const expected = main.expected ? `, ${expectedText(main.expected, main.unit)}` : "";
	const core = reading.metric === "cpu" && reading.target.kind === "service" ? " of one core" : "";
	const verb = span.startMs === undefined && span.endMs >= reader.nowMs ? "is" : "was";
	const when = span.startMs === undefined && span.words === "now" ? "" : ` ${span.words}`;
	const head = `${subject} ${verb} ${value}${core}${howText(reading)}${when}${expected}.`;
	if (brief) return head;
	const left = free ? freeSentence(reading) : "";
	return [
		left,
		head,
		peakSentence(reading, span, reader),
		stateSentence(reading),
		coverSentence(reading, span, reader),
	]
		.filter((part) => part !== "")
		.join(" ")
		.replace(`${quantity.label} ${quantity.label}`, quantity.label);
}

function howText({ aggregate, metric }: MetricReading): string {
	if (metric === "latency" && aggregate !== "max" && aggregate !== "min") return "";
	if (aggregate === "max") return " at its peak";
	if (aggregate === "min") return " at its lowest";
	if (typeof aggregate === "number")
		return ` at its ${aggregate === 50 ? "median" : `${aggregate}th percentile`}`;
	return aggregate === "avg" ? " on average" : "";
}

function freeSentence(reading: MetricReading): string {
	const free = reading.beside.find((one) => one.label === "Free");
	const all = reading.beside.find((one) => one.label === "In all");
	if (!free || !all) return "";
	return `${formatQuantity(free.value, free.unit)} of ${formatQuantity(all.value, all.unit)} is free.`;
}

function peakSentence(reading: MetricReading, span: AskedSpan, reader: Reader): string {
	const { peak, least, aggregate, quantity } = reading;
	if (span.startMs === undefined || !peak) return "";
	if (aggregate === "max") return `That was at ${momentText(peak.t, reader)}.`;
	if (aggregate === "min") return least ? `That was at ${momentText(least.t, reader)}.` : "";
	return `The peak was ${formatQuantity(peak.v, quantity.unit)} at ${momentText(peak.t, reader)}.`;
}

function stateSentence({ expectation, main }: MetricReading): string {
	if (expectation?.severity) {
		const inside = main?.expected && !isOutside(main.value, main.expected);
		return `It is ${inside ? "abnormal, though inside its band" : "outside its band"}; severity ${expectation.severity}.`;
	}
	return expectation?.learning && !main?.expected ? "What is usual is still being learned." : "";
}

/** Where samples begin later than asked, the answer covers less than it seems. */
export function coverSentence(
	{ series, stepMs, keptHours }: MetricReading,
	span: Pick<AskedSpan, "startMs">,
	reader: Reader,
): string {
	const first = series[0]?.samples[0]?.t;
	if (span.startMs === undefined || first === undefined || first - span.startMs <= 2 * stepMs + 60_000)
		return "";
	const begin = `Samples begin at ${momentText(first, reader)}`;
	const isOlder = keptHours !== undefined && reader.nowMs - span.startMs > keptHours * 3_600_000;
	return isOlder ? `${begin}; ${keptText(keptHours)}` : `${begin}.`;
}

/** How long metrics are kept, and what to do about it, as the end of a sentence. */
export function keptText(keptHours: number): string {
	return `metrics are kept for ${keptHours} h here, and longer with metrics.retention_hours in the configuration.`;
}

function missingSentence(reading: MetricReading, span: AskedSpan, reader: Reader): string {
	const subject = subjectOf(reading);
	const when = span.words === "now" ? "now" : span.words;
	if (reading.missing === "no requests")
		return `${nameOf(reading.target)} had no requests ${when === "now" ? "in the last minute" : when}, so its ${reading.quantity.label} is not known.`;
	const newest = reading.newestMs;
	const last = newest === undefined ? "" : ` The newest sample came at ${momentText(newest, reader)}.`;
	return `There is no data for ${subject} ${when}.${last}`;
}
