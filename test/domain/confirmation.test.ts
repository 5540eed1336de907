import * as fc from "fast-check";
import { judgeConfirmation, needsConfirmation, wordToType } from "../../src/domain/confirmation.ts";
import { examplePlan } from "../fakes/example-approval.ts";

const target = (name: string) => ({ name, id: `i-${name}`, state: {} });
const targets = (count: number) => Array.from({ length: count }, (_, index) => target(`t${index}`));

describe("approving asks for a reason and for something typed", () => {
	it.each([
		[examplePlan({ risk: "medium" }), false],
		[examplePlan({ risk: "medium", targets: targets(2) }), true],
		[examplePlan({ risk: "high" }), true],
		[examplePlan({ risk: "low", reversal: "irreversible" }), true],
		[examplePlan({ risk: "low", targets: targets(5) }), false],
		[examplePlan({ risk: "low", targets: targets(6) }), true],
	])("case 25: by risk, by what can't be undone and by what no card holds (%#)", (plan, expected) => {
		expect(needsConfirmation(plan)).toBe(expected);
	});

	it("the name of one target, or the number of several", () => {
		expect(wordToType(examplePlan({ targets: [target("checkout")] }))).toBe("checkout");
		expect(wordToType(examplePlan({ targets: targets(40) }))).toBe("40");
	});

	it.each([
		[{}, "Approving this needs its target's name typed: checkout."],
		[
			{ confirmation: "Checkout", reason: "leaks" },
			"Approving this needs its target's name typed: checkout.",
		],
		[{ confirmation: "check", reason: "leaks" }, "Approving this needs its target's name typed: checkout."],
		[{ confirmation: "checkout" }, "Approving this needs a reason."],
		[{ confirmation: "checkout", reason: "  " }, "Approving this needs a reason."],
		[{ confirmation: " checkout ", reason: "leaks" }, undefined],
	])("%j is judged by the server", (given, reason) => {
		const judged = judgeConfirmation(examplePlan({ risk: "high" }), given);
		expect(judged).toEqual(reason === undefined ? { allowed: true } : { allowed: false, reason });
	});

	it("never is by anything but the exact word", () => {
		const plan = examplePlan({ risk: "high", targets: targets(3) });
		fc.assert(
			fc.property(fc.string(), (typed) => {
				const judged = judgeConfirmation(plan, { confirmation: typed, reason: "why" });
				expect(judged.allowed).toBe(typed.trim() === "3");
			}),
		);
	});

	it("and is not asked for where nothing is at stake", () => {
		expect(judgeConfirmation(examplePlan(), {})).toEqual({ allowed: true });
	});
});
