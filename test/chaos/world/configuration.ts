import { BLAST_TARGETS } from "../trial.ts";

/** How many environments with a blast radius there are; each is for the lives of one batch. */
export const BLAST_ENVIRONMENTS = 40;

/** smartcloudops.yaml of every replica: a rule for each environment, and nothing that is not about approvals. */
export function configurationOf(cloud: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const rule = {
		request_roles: ["viewer", "operator", "admin"],
		approve_roles: ["operator", "admin"],
		cooldown_minutes: 0,
		window_maximum_targets: 10_000,
	};
	const blasts = Array.from({ length: BLAST_ENVIRONMENTS }, (_, number) => `blast-${number}`);
	return {
		environment: "one-key",
		sample_workload: false,
		default_watches: false,
		digests: [],
		approvals: [
			{ ...rule, environment: "one-key" },
			{ ...rule, environment: "two-keys", quorum: 2 },
			{ ...rule, environment: "short", expiry_minutes: 1 },
			{ ...rule, environment: "cooled", cooldown_minutes: 10 },
			...blasts.map((environment) => ({ ...rule, environment, window_maximum_targets: BLAST_TARGETS })),
		],
		...cloud,
	};
}
