import { z } from "zod";
import type { RemediationSummary } from "../src/ports/remediation-catalog.ts";
import { defineSkill } from "./define-skill.ts";
import { METRIC_TABLE } from "./metrics/metric-table.ts";
import type { MetricName, Target } from "./metrics/target.ts";

/** What can be asked and requested here. */
export type Capabilities = {
	readonly targets: readonly Target[];
	readonly metrics: Readonly<Record<Target["kind"], readonly MetricName[]>>;
	readonly remediations: readonly RemediationSummary[];
	/** Questions that can be answered now, with names that exist. */
	readonly examples: readonly string[];
};

/** What can be asked and requested here, with examples that work. */
export const listCapabilities = defineSkill({
	name: "list-capabilities",
	description: "Lists the targets, metrics and remediations of this installation, with example questions.",
	input: z.strictObject({}),
	hints: { reads: true, proposes: false, bounded: { queries: 0, items: 200 } },
	run: async (deps): Promise<Capabilities> => {
		const targets = (await deps.inventory()).slice(0, 100);
		const service = targets.find((target) => target.kind === "service" && !target.onlyWatched)?.name;
		const host = targets.some((target) => target.kind === "host");
		const remediations = deps.catalog.list();
		const restarts = remediations.some((one) => one.name === "restart-service");
		const metricsOf = (kind: Target["kind"]) =>
			METRIC_TABLE.filter((entry) => entry.kind === kind).map((entry) => entry.metric);
		return {
			targets,
			metrics: { host: metricsOf("host"), service: metricsOf("service") },
			remediations,
			examples: [
				...(service
					? [`latency of ${service} in the last hour`, `compare memory of ${service} with yesterday`]
					: []),
				...(host ? ["which process uses most memory", "when will the disk be full"] : []),
				"what is wrong now",
				"summarize the last 5 anomalies",
				"why did this incident happen",
				...(service && restarts ? [`restart ${service}`] : []),
			],
		};
	},
});
