import { z } from "zod";
import type { CloudReader } from "../ports/cloud-reader.ts";
import type { RemediationCatalog } from "../ports/remediation-catalog.ts";
import type { AnyRemediation } from "../remediations/define-remediation.ts";
import { findRemediation, makePlan, planHashOf } from "../remediations/make-plan.ts";

/** The catalog over the registry: it can plan, and holds nothing that can run. */
export function remediationCatalog(
	remediations: readonly AnyRemediation[],
	reader: CloudReader,
): RemediationCatalog {
	return {
		list: () =>
			remediations.map(({ name, title, description, risk, reversal, parameters }) => ({
				name,
				title,
				description,
				risk,
				reversal,
				parameters: z.toJSONSchema(parameters),
			})),
		plan: async (name, parameters, checks) =>
			makePlan(findRemediation(remediations, name), parameters, checks, reader),
		hash: planHashOf,
	};
}
