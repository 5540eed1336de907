import { type ApprovalPolicy, ruleFor } from "../domain/approval-policy.ts";
import { parseIdentity } from "../domain/identity-text.ts";
import type { Plan } from "../domain/plan.ts";
import type { NamedTarget } from "../domain/target-names.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { PeopleStore } from "../ports/people-store.ts";
import type { Stores } from "../ports/store.ts";

/** Whom the route of a target names as approvers; undefined where it names none. */
type ApproversOf = (target: NamedTarget, environment: string) => readonly string[] | undefined;

export type ApprovalRulesDeps = {
	readonly policy: ApprovalPolicy;
	/** The routes as they are now, read over the given connection: often that of a transaction which others wait for. */
	readonly readApprovers: (stores: Pick<Stores, "settings">) => Promise<ApproversOf>;
};

/**
 * The approval policy, narrowed to the approvers that the routes of the plan's targets name. With several targets a
 * person must be named for each of them. A route can only narrow: it gives nobody a right the policy withholds.
 */
export function createApprovalRules({ policy, readApprovers }: ApprovalRulesDeps): ApprovalRules {
	return {
		ruleFor: async (stores, plan) => {
			const rule = ruleFor(policy, plan);
			if (!rule) return undefined;
			const approvers = await approversFor(plan, await readApprovers(stores), stores.people);
			return approvers === undefined ? rule : { ...rule, approvers };
		},
	};
}

async function approversFor(
	plan: Pick<Plan, "environment" | "targets">,
	approversOf: ApproversOf,
	people: Pick<PeopleStore, "byIdentity" | "byId">,
): Promise<readonly string[] | undefined> {
	let narrowed: readonly string[] | undefined;
	for (const target of plan.targets) {
		const named = approversOf(target, plan.environment);
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
