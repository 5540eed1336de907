import { type ApprovalPolicy, ruleFor } from "../domain/approval-policy.ts";
import { parseIdentity } from "../domain/identity-text.ts";
import type { Plan } from "../domain/plan.ts";
import type { NamedTarget } from "../domain/target-names.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { PeopleStore } from "../ports/people-store.ts";

export type ApprovalRulesDeps = {
	readonly policy: ApprovalPolicy;
	/** Whom the route of a target names as approvers; undefined where it names none. */
	readonly approversOf: (target: NamedTarget, environment: string) => Promise<readonly string[] | undefined>;
};

/**
 * The approval policy, narrowed to the approvers that the routes of the plan's targets name. With several targets a
 * person must be named for each of them. A route can only narrow: it gives nobody a right the policy withholds.
 */
export function createApprovalRules({ policy, approversOf }: ApprovalRulesDeps): ApprovalRules {
	return {
		ruleFor: async ({ people }, plan) => {
			const rule = ruleFor(policy, plan);
			if (!rule) return undefined;
			const approvers = await approversFor(plan, approversOf, people);
			return approvers === undefined ? rule : { ...rule, approvers };
		},
	};
}

async function approversFor(
	plan: Pick<Plan, "environment" | "targets">,
	approversOf: ApprovalRulesDeps["approversOf"],
	people: Pick<PeopleStore, "byIdentity" | "byId">,
): Promise<readonly string[] | undefined> {
	let narrowed: readonly string[] | undefined;
	for (const target of plan.targets) {
		const named = await approversOf(target, plan.environment);
		if (named === undefined) continue;
		const ids = await personIds(named, people);
		narrowed = narrowed === undefined ? ids : narrowed.filter((id) => ids.includes(id));
	}
	return narrowed;
}

/** The people behind identities and person ids; who is not known counts for nothing. */
async function personIds(
	named: readonly string[],
	people: Pick<PeopleStore, "byIdentity" | "byId">,
): Promise<readonly string[]> {
	const ids = new Set<string>();
	for (const text of named) {
		const identity = parseIdentity(text);
		const person = identity ? await people.byIdentity(identity) : await people.byId(text);
		if (person) ids.add(person.id);
	}
	return [...ids];
}
