import { topConsumers } from "../../../../skills/top-consumers.ts";
import { formatQuantity } from "../../../domain/quantity.ts";
import { sentenceCase } from "../../../domain/sentence-case.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { buildAnswer } from "../compose/build-answer.ts";
import { listText } from "../compose/words.ts";
import { resolveSpan } from "../resolve-span.ts";

const NOUNS = { process: "Process", host: "Host", service: "Service" } as const;
const PLURALS = { process: "processes", host: "hosts", service: "services" } as const;

/** Which process, host or service uses most. Processes and CPU where nothing else is said. */
export async function answerTop(asked: AskedQuestion): Promise<Answered> {
	const { parsed, context, deps } = asked;
	const { slots } = parsed;
	const of = slots.by ?? "process";
	const by = slots.metrics[0] ?? (of === "service" ? "traffic" : "cpu");
	const span = resolveSpan(slots.period, context.nowMs);
	const top = await topConsumers.run(deps, context, {
		of,
		by,
		count: Math.min(20, slots.count ?? 5),
		endMs: span.endMs,
		...(span.startMs === undefined ? {} : { startMs: span.startMs }),
	});
	const rows = top.rows.map((row) => [row.label, formatQuantity(row.value, row.unit)]);
	const [first, ...next] = rows;
	const when = span.words === "now" ? "" : ` ${span.words}`;
	const share = top.share ? ` ${top.share}` : "";
	const others = next.slice(0, 2).map(([name, value]) => `${name} with ${value}`);
	const text = first
		? `${first[0]} ${span.words === "now" ? top.phrase : top.phrase.replace("uses", "used").replace("has", "had")}${when}: ${first[1]}${share}.${others.length > 0 ? ` Next ${others.length > 1 ? "are" : "is"} ${listText(others)}.` : ""}`
		: `There is no data for ${top.label} of ${PLURALS[of]}${when}.`;
	return {
		answer: buildAnswer(
			{
				verdict: first ? "answered" : "no_data",
				text,
				facts: (rows.length >= 3 ? [] : top.rows).map((row) => ({
					...row,
					purpose: `${sentenceCase(PLURALS[of])} by ${top.label}`,
				})),
				queries: [
					{
						query: top.query,
						purpose: `${sentenceCase(PLURALS[of])} by ${top.label}`,
						endMs: top.endMs,
						...(top.startMs === undefined ? {} : { startMs: top.startMs }),
					},
				],
				...(rows.length >= 3
					? {
							table: {
								columns: [
									{ title: NOUNS[of], align: "left" },
									{ title: sentenceCase(top.label), align: "right" },
								],
								rows,
							},
						}
					: {}),
				span,
				suggestions: [
					by === "memory" ? "which process uses most cpu" : "which process uses most memory",
					"which service has most traffic",
					"what is wrong now",
				],
			},
			context,
		),
	};
}
