import { boardScores } from "../../../../skills/metrics/board-scores.ts";
import { momentText } from "../../../../skills/text/time-text.ts";
import { formatQuantity } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import { shownBand, targetOf, type Watch } from "../../../domain/watch.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { buildAnswer, type FactDraft } from "../compose/build-answer.ts";
import { expectedText } from "../compose/words.ts";
import type { Intent } from "../parse/parsed-question.ts";
import { resolveSpan } from "../resolve-span.ts";

/** What a question may have been taken for where a configured watch knows better. */
const OPEN_INTENTS = new Set<Intent>(["value", "unsupported", "none", "status", "top", "forecast"]);
const MOST = 4;

/**
 * The watches of an own metric whose words are in a question: those with the longest words, and of the named target
 * if there is one. Metrics of the table are answered from there.
 */
export function watchesAskedFor(
	text: string,
	{ parsed, deps }: Pick<AskedQuestion, "parsed" | "deps">,
): readonly Watch[] {
	const { intent, slots } = parsed;
	if (!OPEN_INTENTS.has(intent) || slots.period?.kind === "unreadable") return [];
	const names = slots.mentions.map((mention) => mention.target.name);
	const padded = ` ${text.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
	const fitting = deps
		.watches()
		.filter((watch) => watch.kind === "other" && padded.includes(` ${watch.metric.toLowerCase()} `))
		.filter((watch) => names.length === 0 || !("name" in watch.target) || names.includes(watch.target.name));
	const longest = Math.max(0, ...fitting.map((watch) => watch.metric.length));
	return fitting.filter((watch) => watch.metric.length === longest).slice(0, MOST);
}

/** The value of a configured watch by its own query, with its own band. */
export async function answerWatch(asked: AskedQuestion, watches: readonly Watch[]): Promise<Answered> {
	const { deps, context, parsed } = asked;
	const { endMs, words } = resolveSpan(parsed.slots.period, context.nowMs);
	const names = parsed.slots.mentions.map((mention) => mention.target.name);
	const read = await Promise.all(
		watches.map(async (watch) => {
			const scores = boardScores(deps.board, watch, endMs);
			const found = scores ?? (await deps.metrics.instant(watch.query, endMs));
			return found.flatMap(({ labels, v }) => {
				const target = targetOf(watch, labels);
				if (target === undefined || !Number.isFinite(v)) return [];
				return names.length > 0 && !names.includes(target) ? [] : [{ watch, target, v }];
			});
		}),
	);
	const once = new Map(
		read
			.flat()
			.toReversed()
			.map((one) => [JSON.stringify([one.watch.query, one.target]), one]),
	);
	const facts = [...once.values()].toReversed().map(({ watch, target, v }): FactDraft => {
		const series = deps.board.reading(watch.name)?.series.find((one) => one.target === target);
		const { low, high } = series?.points.findLast((point) => point.t <= endMs + 1000) ?? {};
		const expected =
			low === undefined || high === undefined ? {} : { expected: shownBand(watch, { low, high }) };
		const label = `${sentenceCase(watch.metric)} of ${target}`;
		return { label, value: v, unit: watch.unit, query: watch.query, endMs, ...expected };
	});
	const now = endMs >= context.nowMs;
	const sentences = facts.slice(0, 3).map(({ label, value, unit, expected }) => {
		const band = expected ? `, ${expectedText(expected, unit)}` : "";
		const when = now ? "is" : "was";
		const at = now ? "" : ` at ${momentText(endMs, context)}`;
		return `${label} ${when} ${formatQuantity(value, unit)}${at}${band}.`;
	});
	const what = watches[0]?.metric ?? "that";
	const text = facts.length === 0 ? `There is no data for ${what} ${words}.` : sentences.join(" ");
	return {
		answer: buildAnswer(
			{
				verdict: facts.length === 0 ? "no_data" : "answered",
				text,
				facts,
				queries: watches.map(({ query, metric }) => ({ query, purpose: metric, endMs })),
				span: { endMs },
				suggestions: ["what is wrong now", "summarize the last 5 anomalies"],
			},
			context,
		),
	};
}
