import { createHash } from "node:crypto";
import { canonicalJson } from "../domain/canonical-json.ts";
import { describeIssue, plainWords } from "../domain/describe-issue.ts";
import { AppError } from "../domain/errors.ts";
import { type GuardSpec, hashedPart, type Plan, type VerificationSpec } from "../domain/plan.ts";
import type { CloudReader } from "../ports/cloud-reader.ts";
import type { AnyRemediation } from "./define-remediation.ts";

/** SHA-256 in hex over the canonical JSON of what a plan will do, and until when it may be begun. */
export function planHashOf(plan: Plan, expiresAtMs: number): string {
	return createHash("sha256")
		.update(canonicalJson({ ...Object(hashedPart(plan)), expiresAtMs }))
		.digest("hex");
}

/** How it will be checked that a change helped, and that it did no harm. */
export type PlanChecks = {
	readonly verification: VerificationSpec | undefined;
	readonly guards: readonly GuardSpec[];
};

/** The remediation of that name, or AppError `not_found` that lists the names there are. */
export function findRemediation(remediations: readonly AnyRemediation[], name: string): AnyRemediation {
	const found = remediations.find((remediation) => remediation.name === name);
	if (found) return found;
	const names = remediations.map((remediation) => remediation.name).join(", ");
	throw new AppError("not_found", `There is no remediation "${name}"; there are: ${names}.`);
}

/**
 * A remediation with concrete targets as the world is now. Reads only; the same world gives the same plan but for the
 * words of its checks.
 * @throws AppError `invalid` for parameters, `not_found` for targets, `conflict` where the state forbids it
 */
export async function makePlan(
	remediation: AnyRemediation,
	parameters: unknown,
	{ verification, guards }: PlanChecks,
	reader: CloudReader,
): Promise<Plan> {
	const parsed = remediation.parameters.safeParse(parameters, { error: plainWords });
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const why = issue ? describeIssue(issue, "the parameters") : "the parameters don't fit";
		throw new AppError("invalid", `${remediation.title}: ${why}.`);
	}
	const given = Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
	const draft = await remediation.plan(given, reader);
	const bare: Plan = {
		permissions: [],
		guards: [...guards],
		...draft,
		remediation: remediation.name,
		version: remediation.version,
		parameters: given,
		risk: remediation.risk,
		reversal: remediation.reversal,
		usualSeconds: remediation.usualSeconds,
		otherwise:
			remediation.reversal === "rollback"
				? "it is rolled back"
				: "it stops there and says so; nothing is repeated",
	};
	const check = verification ?? remediation.verify(bare);
	return check ? { ...bare, verification: check } : bare;
}
