import { forecast, type LimitForecast } from "../../../../skills/forecast.ts";
import { METRIC_WORDS } from "../../../../skills/metrics/choose-quantity.ts";
import { namesText } from "../../../../skills/metrics/find-target.ts";
import { namesOf } from "../../../../skills/metrics/watch-of.ts";
import { momentText } from "../../../../skills/text/time-text.ts";
import { formatRange } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { Watch } from "../../../domain/watch.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { buildAnswer, type FactDraft } from "../compose/build-answer.ts";
import { type Ahead, comingSentence, pointsOf, reachSentence } from "../compose/forecast-sentences.ts";
import { metricChart } from "../compose/metric-chart.ts";
import { coverSentence } from "../compose/value-sentence.ts";
import { resolveSpan } from "../resolve-span.ts";
import { askAboutNames, metricFor, resolveOneTarget } from "../resolve-targets.ts";

const HOUR_MS = 3_600_000;
/** What is meant where no time is said. */
const A_DAY: Ahead = { kind: "ahead", fromMs: 0, toMs: 24 * HOUR_MS, words: "the next day" };

/** What comes of a metric, and when the disk or another limited quantity is full; of the disk where nothing else is said. */
export async function answerForecast(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const { slots } = parsed;
	const said = slots.metrics[0] ?? "disk";
	const resolved = resolveOneTarget(slots, said, targets, deps);
	if ("ask" in resolved) return askBack(resolved, context);
	const metric = metricFor(said, resolved.target);
	const mountpoint = metric === "disk" ? slots.mountpoint : undefined;
	return await foretell(asked, {
		target: resolved.target.name,
		metric,
		...(mountpoint === undefined ? {} : { mountpoint }),
	});
}

/** The same for the own metric of a watch. */
export async function answerWatchForecast(
	asked: AskedQuestion,
	watches: readonly Watch[],
): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const [watch] = watches;
	const unnamed = askAboutNames(parsed.slots, targets, `forecast ${watch?.metric ?? ""}`);
	if (unnamed && "ask" in unnamed) return askBack(unnamed, context);
	const said = parsed.slots.mentions.map((mention) => mention.target.name);
	const names = watch ? namesOf(deps, watch).filter((name) => said.length === 0 || said.includes(name)) : [];
	const [name, ...more] = names;
	if (watch && name !== undefined && more.length === 0)
		return await foretell(asked, { target: name, watch: watch.name });
	const what = watch?.metric ?? "that";
	const known =
		name === undefined
			? `There is no data for ${what} now`
			: `Which one: ${namesText(names.map((one) => ({ name: one })))}?`;
	return askBack(
		{
			ask: name === undefined ? `${known}, so nothing can be forecast of it.` : known,
			suggestions: names.slice(0, 3).map((one) => `forecast ${what} of ${one}`),
		},
		context,
	);
}

type Wanted = Pick<Parameters<typeof forecast.run>[2], "target" | "metric" | "watch" | "mountpoint">;

async function foretell(asked: AskedQuestion, wanted: Wanted): Promise<Answered> {
	const { context, deps, parsed } = asked;
	const { period, foretells, reaches } = parsed.slots;
	const ahead = period?.kind === "ahead" ? period : undefined;
	const span = period && !ahead ? resolveSpan(period, context.nowMs, "avg") : undefined;
	const input = { ...wanted, ...(span?.startMs === undefined ? {} : { startMs: span.startMs }) };
	const usual = ahead === undefined && foretells === true && reaches !== true ? A_DAY : undefined;
	const asksFor = ahead ?? usual;
	let found = await forecast.run(deps, context, { ...input, ...(asksFor ? { aheadMs: asksFor.toMs } : {}) });
	// Where nobody said how far, as far as the history reaches.
	if (usual && found.problem && found.historyMs > 0)
		found = await forecast.run(deps, context, { ...input, aheadMs: found.historyMs });
	const end = found.points.at(-1);
	const shown = usual && end ? { ...usual, toMs: Math.max(1, end.t - context.nowMs) } : asksFor;
	const text = [
		reaches || !shown ? reachSentence(found, context) : "",
		shown ? comingSentence(found, shown, context, reaches === true) : "",
		!reaches && shown ? limitText(found, shown, asked) : "",
		span ? coverSentence(found.reading, span, context) : "",
	];
	return told(asked, found, text.filter((part) => part !== "").join(" "), shown);
}

/** When the limit is reached, where that is within the time that was asked for. */
function limitText(found: LimitForecast, ahead: Ahead, { context }: AskedQuestion): string {
	const { reach, limit } = found;
	if (!reach || !limit || !("atMs" in reach)) return "";
	const inMs = reach.atMs - context.nowMs;
	return inMs > 0 && inMs <= ahead.toMs ? reachSentence(found, context) : "";
}

function told(
	{ context }: AskedQuestion,
	found: LimitForecast,
	text: string,
	ahead: Ahead | undefined,
): Answered {
	const { reading, limit, points } = found;
	const shown = ahead ? newestPart(reading, context.nowMs - Math.max(6 * HOUR_MS, 2 * ahead.toMs)) : reading;
	const chart = metricChart(shown, context, { forecast: points, ...(limit ? { limit } : {}) });
	const of = reading.target.name;
	return {
		answer: buildAnswer(
			{
				verdict: reading.main && !(ahead && points.length === 0) ? "answered" : "no_data",
				text,
				facts: factsOf(found, ahead, context),
				...(chart ? { chart } : {}),
				span: {
					startMs: found.historyMs > 0 ? context.nowMs - found.historyMs : undefined,
					endMs: context.nowMs,
				},
				suggestions: [
					`${reading.quantity.label} of ${of} in the last 6 hours`,
					reading.metric === "disk"
						? `when will ${METRIC_WORDS.memory} run out`
						: "when will the disk be full",
					"what is wrong now",
				],
			},
			context,
		),
	};
}

/** So much of a reading as a chart of what comes needs beside it. */
function newestPart(reading: LimitForecast["reading"], fromMs: number): LimitForecast["reading"] {
	if (reading.startMs >= fromMs) return reading;
	const series = reading.series.map(({ labels, samples }) => ({
		labels,
		samples: samples.filter(({ t }) => t >= fromMs),
	}));
	return { ...reading, series, startMs: fromMs };
}

function factsOf(
	{ reading, limit, perHour, basis, points }: LimitForecast,
	ahead: Ahead | undefined,
	context: AskedQuestion["context"],
): readonly FactDraft[] {
	const { quantity, startMs, endMs, stepMs } = reading;
	const shared = { unit: quantity.unit, query: quantity.query, startMs, endMs, stepMs };
	const end = ahead ? pointsOf(points, ahead, context.nowMs).at(-1) : undefined;
	return [
		...(end
			? [
					{
						...shared,
						label: `Forecast for ${momentText(end.t, context)}`,
						value: end.v,
						note: `80\u00a0% range ${formatRange(end.low, end.high, quantity.unit)}, by the ${basis}`,
					},
				]
			: []),
		...(reading.main ? [{ ...reading.main, label: `${sentenceCase(reading.main.label)} now` }] : []),
		...(limit ? [{ ...shared, label: "Limit", value: limit.value }] : []),
		...(perHour === undefined
			? []
			: [{ ...shared, label: "Change an hour", value: perHour, note: `by the ${basis}` }]),
		...reading.beside.filter((one) => one.label === "Free"),
	];
}
