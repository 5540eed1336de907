import { z } from "zod";
import type { Approval } from "../src/domain/approval.ts";
import { AppError } from "../src/domain/errors.ts";
import { defineSkill, type SkillDeps } from "./define-skill.ts";
import { findTarget } from "./metrics/find-target.ts";

const Input = z.strictObject({
	remediation: z.string().min(1).max(100).describe("Name of a remediation, such as restart-service"),
	target: z.string().min(1).max(200),
});

const Schema = z.object({ required: z.array(z.string()).default([]) });

/**
 * Asks people for a remediation of a target. It becomes a request that waits for approval; nothing is done by it.
 * @throws AppError those of the proposer; `unsupported` where no such remediation exists for a single target
 */
export const proposeRemediation = defineSkill({
	name: "propose-remediation",
	description: "Requests a remediation of a target. People decide on it; this changes nothing.",
	input: Input,
	hints: { reads: true, proposes: true, bounded: { queries: 0, items: 1 } },
	run: async (deps, context, input): Promise<Approval> => {
		const target = await findTarget(deps.inventory, input.target);
		const parameters = parametersFor(deps, input.remediation, target.name);
		const open = await deps.stores.incidents.list({ status: "open" }, { limit: 200 });
		const incident = open.items.find((one) => one.target === target.name && one.kind === "anomaly");
		return await deps.proposer.propose({
			remediation: input.remediation,
			parameters,
			requester: context.asker,
			...(context.askedIn ? { askedIn: context.askedIn } : {}),
			...(incident ? { incidentId: incident.id } : {}),
		});
	},
});

/** The parameters a watch of the target uses for this remediation, else the one parameter it has. */
function parametersFor(
	deps: SkillDeps,
	remediation: string,
	target: string,
): Readonly<Record<string, string>> {
	const watch = deps
		.watches()
		.find(
			(one) => one.remediation?.name === remediation && "name" in one.target && one.target.name === target,
		);
	if (watch?.remediation)
		return Object.fromEntries(
			Object.entries(watch.remediation.parameters).map(([name, value]) => [
				name,
				value.replaceAll("$target", () => target),
			]),
		);
	const known = deps.catalog.list();
	const summary = known.find((one) => one.name === remediation);
	const required = Schema.safeParse(summary?.parameters).data?.required ?? [];
	const [only] = required;
	if (summary && only !== undefined && required.length === 1) return { [only]: target };
	const names = known.map((one) => one.name).join(", ");
	throw new AppError(
		"unsupported",
		`${remediation} can't be requested for one target here; known are ${names || "none"}.`,
	);
}
