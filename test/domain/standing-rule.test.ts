import { judgeRule, parametersFor, type StandingRule } from "../../src/domain/standing-rule.ts";
import { exampleAnomaly } from "../fakes/example-watch.ts";

const rule: StandingRule = {
	name: "restart-leaking-checkout",
	watch: "checkout-memory",
	severity: "high",
	forSeconds: 60,
	maximumTargets: 2,
	remediation: "restart-service",
	parameters: { service: "$target", force: false },
	mode: "ask",
};
const finding = (parts: Parameters<typeof exampleAnomaly>[0] = {}) =>
	exampleAnomaly({ watch: rule.watch, severity: "high", outsideSinceMs: 0, ...parts });

describe("a standing rule", () => {
	it("speaks of a finding that is severe enough and lasted long enough", () => {
		expect(judgeRule(rule, [finding()], 60_000)).toEqual({ kind: "speaks", findings: [finding()] });
	});

	it.each([
		["is inside its band", [], 60_000],
		["is of another watch", [finding({ watch: "host-load" })], 60_000],
		["is closed", [finding({ closedAtMs: 30_000 })], 60_000],
		["is not severe enough", [finding({ severity: "medium" })], 60_000],
		["has not lasted", [finding()], 59_999],
	])("is silent, with the reason, where the finding %s", (_, open, nowMs) => {
		const judgement = judgeRule(rule, open, nowMs);
		expect(judgement.kind).toBe("silent");
		expect(judgement).toHaveProperty("reason", expect.stringMatching(/\w/));
	});

	it("is silent for all where more targets are outside than it speaks of, also mildly", () => {
		const others = ["b", "c"].map((target) => finding({ target, severity: "low" }));
		expect(judgeRule(rule, [finding(), ...others], 60_000)).toEqual({
			kind: "silent",
			reason: "3 targets are outside at once, and the rule speaks of at most 2",
		});
	});

	it("counts the same name in two environments as two targets", () => {
		const two = [finding(), finding({ environment: "staging" })];
		expect(judgeRule({ ...rule, maximumTargets: 1 }, two, 60_000).kind).toBe("silent");
	});

	it("puts the target into texts alone, as it is", () => {
		expect(parametersFor(rule, "a$&b")).toEqual({ service: "a$&b", force: false });
	});
});
