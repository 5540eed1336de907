import { z } from "zod";
import { lowerBound95 } from "../../../src/domain/rule-run.ts";
import { remediations } from "../../../src/remediations/registry.ts";
import type { RemediationList, RuleList } from "../../../web/src/api/types.generated.ts";

type Rule = RuleList["items"][number];

const MINUTE_MS = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** What the product can be asked to do, as its interface says it. */
export function knownRemediations(): RemediationList["items"] {
	return remediations.map(({ name, title, description, risk, reversal, parameters }) => ({
		name,
		title,
		description,
		risk,
		reversal,
		parameters: z.toJSONSchema(parameters) as Record<string, unknown>,
	}));
}

/** A rule that asks, three of four times right; its newest run is not over. */
export function leakRule(nowMs: number, change: Partial<Rule> = {}): Rule {
	return {
		name: "restart-leaking-checkout",
		watch: "checkout-memory",
		severity: "high",
		forSeconds: 60,
		maximumTargets: 1,
		remediation: "restart-service",
		parameters: { service: "$target" },
		mode: "ask",
		version: "9d2f3a",
		record: { runs: 5, right: 3, wrong: 1, open: 1, lowerBound: lowerBound95(3, 4) },
		last: {
			at: iso(nowMs - 4 * MINUTE_MS),
			target: "checkout",
			incidentId: "INC-142",
			approvalId: "A-311",
		},
		...change,
	};
}

/** One that asks, one that only notes and was wrong last, one that never ran and one of another version of the product. */
export function standingRules(nowMs: number): readonly Rule[] {
	return [
		leakRule(nowMs),
		leakRule(nowMs, {
			name: "restart-slow-search",
			watch: "search-latency",
			severity: "critical",
			forSeconds: 300,
			maximumTargets: 2,
			parameters: { service: "search" },
			mode: "shadow",
			record: { runs: 31, right: 27, wrong: 2, open: 0, lowerBound: lowerBound95(27, 29) },
			last: {
				at: iso(nowMs - 26 * 60 * MINUTE_MS),
				target: "search",
				incidentId: "INC-138",
				note: "Stops the process of search and starts it again.",
				verdict: "wrong",
				reason: "people did something else: Scale search 2 → 3 (A-302)",
			},
		}),
		leakRule(nowMs, {
			name: "clean-full-disk",
			watch: "disk-used",
			severity: "medium",
			forSeconds: 0,
			remediation: "clean-everything",
			parameters: {},
			record: { runs: 0, right: 0, wrong: 0, open: 0 },
			last: undefined,
		}),
	];
}
