import type { LimitForecast } from "../../../../skills/forecast.ts";
import { momentText, type Reader } from "../../../../skills/text/time-text.ts";
import type { ForecastPoint } from "../../../domain/forecast.ts";
import { formatDuration, formatNumber, formatQuantity, formatRange } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { Period } from "../parse/period.ts";
import { keptText } from "./value-sentence.ts";
import { subjectOf } from "./words.ts";

/** A time to come that a question asked for. */
export type Ahead = Extract<Period, { kind: "ahead" }>;

/** From so many hours on the days show in the history, and the forecast goes by them. */
const SEASON_HOURS = 72;

/** When the limit is reached, or why it is not, or why nobody can tell. */
export function reachSentence({ reading, limit, reach, perHour }: LimitForecast, reader: Reader): string {
	if (!reading.main) return `There is no data for ${subjectOf(reading)}, so when it is full is not known.`;
	const { unit } = reading.quantity;
	const mountpoint = reading.series[0]?.labels.mountpoint;
	const value = formatQuantity(reading.main.value, reading.main.unit);
	const now = `${sentenceCase(subjectOf(reading, mountpoint))} is ${value} now`;
	const pace =
		perHour === undefined
			? ""
			: `, ${perHour < 0 ? "falling" : "rising"} ${paceText(Math.abs(perHour), unit)} an hour`;
	if (!limit || !reach) return `${now}${pace}. No limit of it is known, so when it is reached is not known.`;
	const name = limit.name === "full" ? "full" : `at ${formatQuantity(limit.value, unit)}`;
	if ("never" in reach)
		return `Not filling up: ${subjectOf(reading, mountpoint)} is ${value} now and ${reach.never.replace("it is ", "")}.`;
	if ("notKnown" in reach) return `Not known: ${reach.notKnown}. ${now}.`;
	if (reach.atMs <= reader.nowMs) return `${now}: it is ${name} already.`;
	const at = momentText(reach.atMs, reader);
	const [earliest, latest] = [momentText(reach.earliestMs, reader), momentText(reach.latestMs, reader)];
	const range = earliest === latest ? "" : ` (80\u00a0% range ${earliest} – ${latest})`;
	return `About ${at}, in ${formatDuration(reach.atMs - reader.nowMs)}: then ${subjectOf(reading)} is ${name} if nothing is done${range}. It is ${value} now${pace}.`;
}

/**
 * The value at the end of the asked time with its range, what comes until then, and what that rests on.
 * @param second whether another sentence has told what it is now
 */
export function comingSentence(found: LimitForecast, ahead: Ahead, reader: Reader, second = false): string {
	const { reading, points, problem } = found;
	const subject = subjectOfAll(reading);
	const { unit } = reading.quantity;
	if (!reading.main && second) return "";
	if (!reading.main)
		return `There is no data for ${subjectOf(reading)} now, so nothing can be forecast of it.`;
	const now = second ? "" : ` It is ${formatQuantity(reading.main.value, reading.main.unit)} now.`;
	const shown = pointsOf(points, ahead, reader.nowMs);
	const end = shown.at(-1);
	if (!end) {
		const why = problem ?? "its history can't be continued";
		return `No forecast of ${subjectOf(reading)} can be given for ${momentText(reader.nowMs + ahead.toMs, reader)}: ${why}.${now}`;
	}
	const until = ahead.fromMs < ahead.toMs ? betweenText(shown, unit, reader) : "";
	const basis = `This rests on the ${found.basis}.${shortText(found)}`;
	if (ahead.fromMs > 0 && ahead.fromMs < ahead.toMs) {
		const range = formatRange(lowestOf(shown), highestOf(shown), unit);
		return `${subject} is forecast ${until || `at ${formatQuantity(end.v, unit)}`} ${ahead.words} (80\u00a0% range ${range}).${now} ${basis}`;
	}
	const range = formatRange(end.low, end.high, unit);
	const head = `${subject} is forecast at ${formatQuantity(end.v, unit)} at ${momentText(end.t, reader)}, in ${formatDuration(ahead.toMs)} (80\u00a0% range ${range})`;
	return `${head}${until === "" ? "" : `; until then ${until}`}.${now} ${basis}`;
}

/** The forecast of the asked time: of an instant its one point. */
export function pointsOf(
	points: readonly ForecastPoint[],
	ahead: Ahead,
	nowMs: number,
): readonly ForecastPoint[] {
	const within = points.filter(({ t }) => t > nowMs && t >= nowMs + ahead.fromMs);
	return within.length > 0 ? within : points.slice(-1);
}

/** Where the days can't show because too little is kept. */
function shortText({ reading: { keptHours }, basis }: LimitForecast): string {
	const isShort = keptHours !== undefined && keptHours < SEASON_HOURS && !basis.includes("pattern");
	return isShort ? ` The pattern of the days needs three of them; ${keptText(keptHours)}` : "";
}

function betweenText(points: readonly ForecastPoint[], unit: Unit, reader: Reader): string {
	const values = points.map(({ v }) => v);
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const [from, to] = [formatQuantity(low, unit), formatQuantity(high, unit)];
	const top = points.find(({ v }) => v === high);
	if (from === to || !top) return "";
	return `between ${from} and ${to}, highest at ${momentText(top.t, reader)}`;
}

type Unit = LimitForecast["reading"]["quantity"]["unit"];

function subjectOfAll(reading: LimitForecast["reading"]): string {
	return sentenceCase(subjectOf(reading, reading.series[0]?.labels.mountpoint));
}

function lowestOf(points: readonly ForecastPoint[]): number {
	return Math.min(...points.map(({ low }) => low));
}

function highestOf(points: readonly ForecastPoint[]): number {
	return Math.max(...points.map(({ high }) => high));
}

function paceText(perHour: number, unit: Unit): string {
	return unit === "percent" ? `${formatNumber(perHour)} points` : formatQuantity(perHour, unit);
}
