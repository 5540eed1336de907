import { z } from "zod";
import { judgesTargets } from "../models/target/judges-targets.ts";
import type { Anomaly } from "../src/domain/anomaly.ts";
import type { Unit } from "../src/domain/quantity.ts";
import { shownBand } from "../src/domain/watch.ts";
import { defineSkill } from "./define-skill.ts";
import { collectPages } from "./stores/collect-pages.ts";

const Input = z.strictObject({
	limit: z.number().int().min(1).max(50).default(5),
	target: z.string().min(1).max(200).optional().describe("Name of a target, as the inventory has it"),
	status: z.enum(["open", "closed"]).optional(),
	sinceMs: z.number().optional(),
	untilMs: z.number().optional().describe("Only those that opened before"),
});

/** An anomaly, its band as it is shown, with what the numbers in it mean. */
export type AnomalyView = Anomaly & {
	readonly metric: string;
	readonly unit: Unit;
	/** It is about a whole target: its numbers are scores. */
	readonly whole?: boolean;
};

/** The newest first. `more`: there are others within the same bounds. */
export type AnomalyList = { readonly items: readonly AnomalyView[]; readonly more: boolean };

/** The last anomalies that were found, newest first. */
export const listAnomalies = defineSkill({
	name: "list-anomalies",
	description: "Lists the last anomalies, newest first, of everything or of one target, over a span.",
	input: Input,
	hints: { reads: true, proposes: false, bounded: { queries: 0, items: 50 } },
	run: async (deps, _context, { limit, target, untilMs, ...filter }): Promise<AnomalyList> => {
		const fits = (anomaly: Anomaly) =>
			(target === undefined || anomaly.target === target) &&
			(untilMs === undefined || anomaly.openedAtMs < untilMs);
		const found = await collectPages((page) => deps.stores.anomalies.list(filter, page), fits, limit + 1);
		const watches = deps.watches();
		const items = found.slice(0, limit).map((anomaly) => {
			const watch = watches.find((one) => one.name === anomaly.watch);
			const band = watch ? shownBand(watch, anomaly.band) : anomaly.band;
			const words = { metric: watch?.metric ?? anomaly.watch, unit: watch?.unit ?? ("count" as const) };
			return { ...anomaly, band, ...words, ...(watch && judgesTargets(watch) ? { whole: true } : {}) };
		});
		return { items, more: found.length > limit };
	},
});
