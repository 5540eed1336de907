import type { CheckFinding } from "../../domain/check-finding.ts";
import type { StandingRule } from "../../domain/standing-rule.ts";
import type { RemediationCatalog } from "../../ports/remediation-catalog.ts";
import type { SelfCheck } from "../../ports/self-check.ts";
import type { WatchBoard } from "../../ports/watch-board.ts";

/** Whether standing rules name watches and remediations that there are: one that does not would be silent for ever. */
export function checkRules(
	rules: readonly StandingRule[],
	board: Pick<WatchBoard, "readings">,
	catalog: Pick<RemediationCatalog, "list">,
): SelfCheck {
	return {
		area: "config",
		run: async () => {
			if (rules.length === 0)
				return [{ area: "config", name: "rules", verdict: "off", text: "There are no standing rules." }];
			const watches = board.readings().map(({ watch }) => watch.name);
			const remediations = catalog.list().map(({ name }) => name);
			const problems = rules.flatMap((rule) => problemsOf(rule, watches, remediations));
			if (problems.length > 0) return problems;
			const text = `${rules.length === 1 ? "1 standing rule" : `${rules.length} standing rules`}; their record: /ops autonomy.`;
			return [{ area: "config", name: "rules", verdict: "ok", text }];
		},
	};
}

function problemsOf(
	rule: StandingRule,
	watches: readonly string[],
	remediations: readonly string[],
): CheckFinding[] {
	const finding = (text: string, remedy: string): CheckFinding => ({
		area: "config",
		name: `rule ${rule.name}`,
		verdict: "fail",
		text,
		remedy,
	});
	return [
		...(watches.includes(rule.watch)
			? []
			: [finding(`There is no watch ${rule.watch}.`, "Name one of those that /ops watches shows.")]),
		...(remediations.includes(rule.remediation)
			? []
			: [
					finding(
						`There is no remediation ${rule.remediation}.`,
						"Name one of those that /ops remediations shows.",
					),
				]),
	];
}
