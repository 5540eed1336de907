import { z } from "zod";
import { Unit } from "./quantity.ts";
import { Severity } from "./severity.ts";

const timeMs = z.number();
/** `v` null: no data at that time; the line stops there. */
export const ChartPoint = z.object({ t: timeMs, v: z.number().nullable() });
export type ChartPoint = z.infer<typeof ChartPoint>;

const Range = z.object({ t: timeMs, low: z.number(), high: z.number() });
const Span = z.object({ startMs: timeMs, endMs: timeMs });

/**
 * What a chart says, free of how it is drawn. Every mark is optional but the lines; the grammar of marks is fixed, and
 * there is no legend: each mark carries its label. Values are in `unit`, times in Unix milliseconds.
 */
export const Chart = z.object({
	title: z.string(),
	unit: Unit,
	startMs: timeMs,
	endMs: timeMs,
	/** `value` lines are what the chart is about (at most 5); `compared` is another period, `rest` is drawn grey. */
	lines: z.array(
		z.object({ name: z.string(), role: z.enum(["value", "compared", "rest"]), points: z.array(ChartPoint) }),
	),
	/** The expected band. With `learning` it is drawn pale and no severity may appear. */
	band: z.object({ points: z.array(Range), label: z.string() }).optional(),
	learning: z.boolean().optional(),
	/** Where the first line left its band: drawn heavier, in the severity's colour. */
	outside: z.array(Span.extend({ severity: Severity, label: z.string() })).optional(),
	limit: z.object({ value: z.number(), label: z.string() }).optional(),
	forecast: z.object({ points: z.array(Range.extend({ v: z.number() })), label: z.string() }).optional(),
	/** What we did, at the moment of the call. */
	actions: z.array(z.object({ t: timeMs, label: z.string() })).optional(),
	/** What changed from outside. */
	changes: z.array(z.object({ t: timeMs, label: z.string() })).optional(),
	checked: Span.extend({ label: z.string() }).optional(),
	/** The one value the sentence speaks of. */
	mark: z.object({ t: timeMs, v: z.number(), label: z.string() }).optional(),
	/** Spans without data, drawn hatched. */
	gaps: z.array(Span).optional(),
	/** Two sentences: what and when, then what it shows. */
	alt: z.string(),
});
export type Chart = z.infer<typeof Chart>;
