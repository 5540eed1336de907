import { z } from "zod";
import type { Alert } from "../src/domain/alert.ts";
import { defineSkill } from "./define-skill.ts";
import { collectPages } from "./stores/collect-pages.ts";

const Input = z.strictObject({
	limit: z.number().int().min(1).max(50).default(10),
	target: z.string().min(1).max(200).optional().describe("Name of a target, as the inventory has it"),
	status: z.enum(["firing", "resolved"]).optional(),
	sinceMs: z.number().optional(),
	untilMs: z.number().optional().describe("Only those that began to fire before"),
});

/** The newest first. `more`: there are others within the same bounds. */
export type AlertList = { readonly items: readonly Alert[]; readonly more: boolean };

/** Alerts of Alertmanager, newest first. */
export const listAlerts = defineSkill({
	name: "list-alerts",
	description:
		"Lists alerts of Alertmanager, newest first: those that fire or all, of everything or of one target, over a span.",
	input: Input,
	hints: { reads: true, proposes: false, bounded: { queries: 0, items: 50 } },
	run: async (deps, _context, { limit, target, untilMs, ...filter }): Promise<AlertList> => {
		const fits = (alert: Alert) =>
			(target === undefined || alert.target === target) &&
			(untilMs === undefined || alert.startsAtMs < untilMs);
		const found = await collectPages((page) => deps.stores.alerts.list(filter, page), fits, limit + 1);
		return { items: found.slice(0, limit), more: found.length > limit };
	},
});
