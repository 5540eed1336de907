import { z } from "zod";
import type { VerificationSpec } from "../domain/plan.ts";
import type { CloudReader } from "../ports/cloud-reader.ts";
import type { RemediationCatalog } from "../ports/remediation-catalog.ts";
import type { AnyRemediation } from "../remediations/define-remediation.ts";
import { findRemediation, makePlan, planHashOf } from "../remediations/make-plan.ts";
import { worksHere } from "../remediations/registry.ts";

/**
 * The catalog over the registry: it can plan, and holds nothing that can run. What needs an account that is not set up
 * is not listed; planned all the same, it says what to set up.
 */
export function remediationCatalog(
	remediations: readonly AnyRemediation[],
	reader: CloudReader,
): RemediationCatalog {
	return {
		list: () =>
			remediations
				.filter((one) => worksHere(one, reader))
				.map(({ name, title, description, risk, reversal, parameters }) => ({
					name,
					title,
					description,
					risk,
					reversal,
					parameters: z.toJSONSchema(parameters),
				})),
		plan: async (name, parameters, { verification, guards }) => {
			const remediation = findRemediation(remediations, name);
			const checks = { verification: verification && widened(verification, remediation), guards };
			return makePlan(remediation, parameters, checks, reader);
		},
		hash: planHashOf,
	};
}

/** A check of so much longer as the remediation needs to show. Here, so that a plan made again has it as it is stored. */
function widened(
	verification: VerificationSpec,
	{ showsAfterSeconds }: Pick<AnyRemediation, "showsAfterSeconds">,
): VerificationSpec {
	return { ...verification, withinSeconds: verification.withinSeconds + showsAfterSeconds };
}
