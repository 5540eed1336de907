import { z } from "zod";
import { defineSkill } from "./define-skill.ts";
import { findTarget } from "./metrics/find-target.ts";
import { type MetricReading, readMetric } from "./metrics/read-metric.ts";
import { METRIC_NAMES } from "./metrics/target.ts";

const DAY_MS = 86_400_000;

const Input = z.strictObject({
	target: z.string().min(1).max(200),
	metric: z.enum(METRIC_NAMES),
	aggregate: z.union([z.enum(["avg", "max", "min"]), z.number().gt(0).lt(100)]).optional(),
	startMs: z.number().describe("Start of the later span, Unix milliseconds"),
	endMs: z.number().optional().describe("End of the later span; now by default"),
	offsetMs: z
		.number()
		.positive()
		.max(400 * DAY_MS)
		.describe("How much earlier the other span is"),
	mountpoint: z.string().max(400).optional(),
});

/** Two equally long spans of one quantity. `difference` is later less earlier; missing where either has no data. */
export type PeriodComparison = {
	readonly later: MetricReading;
	readonly earlier: MetricReading;
	readonly offsetMs: number;
	readonly difference?: number;
	/** Later divided by earlier, where that means anything. */
	readonly ratio?: number;
};

/** A metric of a target over a span and over the same span some time earlier. */
export const comparePeriods = defineSkill({
	name: "compare-periods",
	description:
		"Compares a metric of a target over a span with the same span earlier: the hour before, yesterday, last week.",
	input: Input,
	hints: { reads: true, proposes: false, bounded: { queries: 40, items: 120_006 } },
	run: async (deps, context, { offsetMs, ...input }): Promise<PeriodComparison> => {
		const target = await findTarget(deps.inventory, input.target);
		const endMs = Math.min(input.endMs ?? context.nowMs, context.nowMs);
		const request = { ...input, target };
		const [later, earlier] = await Promise.all([
			readMetric(deps, { ...request, endMs }),
			readMetric(deps, { ...request, startMs: input.startMs - offsetMs, endMs: endMs - offsetMs }),
		]);
		const [now, before] = [later.main?.value, earlier.main?.value];
		return {
			later,
			earlier,
			offsetMs,
			...(now !== undefined && before !== undefined ? { difference: now - before } : {}),
			...(now !== undefined && before !== undefined && before > 0 && now >= 0 ? { ratio: now / before } : {}),
		};
	},
});
