import type { StandingRule } from "../../../src/domain/standing-rule.ts";
import { checkRules } from "../../../src/use-cases/checks/check-rules.ts";
import { createWatchBoard } from "../../../src/use-cases/watch-board.ts";
import { exampleWatch } from "../../fakes/example-watch.ts";

const rule = (parts: Partial<StandingRule> = {}): StandingRule => ({
	name: "restart-leaking-checkout",
	watch: "checkout-memory",
	severity: "high",
	forSeconds: 60,
	maximumTargets: 1,
	remediation: "restart-service",
	parameters: {},
	mode: "ask",
	...parts,
});
const look = (...rules: readonly StandingRule[]) => {
	const board = createWatchBoard([exampleWatch({ name: "checkout-memory" })]);
	const summary = { name: "restart-service", title: "", description: "", parameters: {} };
	const catalog = { list: () => [{ ...summary, risk: "medium", reversal: "nothing-to-undo" } as const] };
	return checkRules(rules, board, catalog).run();
};

describe("doctor on standing rules", () => {
	it("is content where each names a watch and a remediation there is", async () => {
		expect(await look(rule())).toMatchObject([{ verdict: "ok" }]);
		expect(await look()).toMatchObject([{ verdict: "off" }]);
	});

	it("names what a rule speaks of that does not exist, and what to do", async () => {
		const findings = await look(rule({ watch: "chekout-memory", remediation: "reboot" }));
		expect(findings.map(({ verdict, text }) => [verdict, text])).toEqual([
			["fail", "There is no watch chekout-memory."],
			["fail", "There is no remediation reboot."],
		]);
		expect(findings.every(({ remedy }) => remedy?.includes("/ops"))).toBe(true);
	});
});
