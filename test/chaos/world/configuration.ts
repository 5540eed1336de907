/** smartcloudops.yaml of every replica: a rule for each environment, and nothing that is not about approvals. */
export function configurationOf(cloud: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const rule = { cooldown_minutes: 0, maximum_targets: 10, window_maximum_targets: 10_000 };
	const people = { request_roles: ["viewer", "operator", "admin"], approve_roles: ["operator", "admin"] };
	return {
		environment: "one-key",
		sample_workload: false,
		default_watches: false,
		digests: [],
		approvals: [
			{ ...people, ...rule, environment: "one-key" },
			{ ...people, ...rule, environment: "two-keys", quorum: 2 },
			{ ...people, ...rule, environment: "short", expiry_minutes: 1 },
			{ ...people, ...rule, environment: "cooled", cooldown_minutes: 10 },
		],
		...cloud,
	};
}
