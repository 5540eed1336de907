import { z } from "zod";
import type { Incident } from "../src/domain/incident.ts";
import { defineSkill } from "./define-skill.ts";
import { collectPages } from "./stores/collect-pages.ts";

const Input = z.strictObject({
	limit: z.number().int().min(1).max(50).default(5),
	target: z.string().min(1).max(200).optional().describe("Name of a target, as the inventory has it"),
	status: z.enum(["open", "resolved"]).optional(),
	sinceMs: z.number().optional(),
	untilMs: z.number().optional().describe("Only those that opened before"),
});

/** The newest first. `more`: there are others within the same bounds. */
export type IncidentList = { readonly items: readonly Incident[]; readonly more: boolean };

/** Incidents, newest first. */
export const listIncidents = defineSkill({
	name: "list-incidents",
	description:
		"Lists incidents, newest first: open ones or all, of everything or of one target, over a span.",
	input: Input,
	hints: { reads: true, proposes: false, bounded: { queries: 0, items: 50 } },
	run: async (deps, _context, { limit, target, untilMs, ...filter }): Promise<IncidentList> => {
		const fits = (incident: Incident) =>
			(target === undefined || incident.target === target) &&
			(untilMs === undefined || incident.openedAtMs < untilMs);
		const found = await collectPages((page) => deps.stores.incidents.list(filter, page), fits, limit + 1);
		return { items: found.slice(0, limit), more: found.length > limit };
	},
});
