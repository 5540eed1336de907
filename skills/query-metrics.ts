import { z } from "zod";
import { defineSkill } from "./define-skill.ts";
import { findTarget } from "./metrics/find-target.ts";
import { type MetricReading, readMetric } from "./metrics/read-metric.ts";
import { METRIC_NAMES } from "./metrics/target.ts";

const Input = z.strictObject({
	target: z.string().min(1).max(200).describe("Name or alias of a host or service"),
	metric: z.enum(METRIC_NAMES),
	aggregate: z
		.union([z.enum(["avg", "max", "min"]), z.number().gt(0).lt(100)])
		.optional()
		.describe("How a span becomes one value; a number is a percentile. For latency it picks the percentile"),
	startMs: z
		.number()
		.optional()
		.describe("Start of a span, Unix milliseconds; without it the value is of one instant"),
	endMs: z.number().optional().describe("The instant or the end of the span; now by default"),
	mountpoint: z.string().max(400).optional().describe("For disks: which one"),
});

/** The value of a metric of a target, now or over a span, with its series and what was expected. */
export const queryMetrics = defineSkill({
	name: "query-metrics",
	description:
		"Reads CPU, memory, disk, load, traffic, error rate, latency or network of a target, now or over a span.",
	input: Input,
	hints: { reads: true, proposes: false, bounded: { queries: 20, items: 60_003 } },
	run: async (deps, context, input): Promise<MetricReading> => {
		const target = await findTarget(deps.inventory, input.target);
		return await readMetric(deps, {
			...input,
			target,
			endMs: Math.min(input.endMs ?? context.nowMs, context.nowMs),
		});
	},
});
