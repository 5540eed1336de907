import * as fc from "fast-check";
import { askAgain } from "../../src/use-cases/ask-again.ts";
import { commandIn } from "../../src/use-cases/command-in.ts";
import { propose } from "../../src/use-cases/commands/propose.ts";
import { examplePlan } from "../fakes/example-approval.ts";

const aws = { region: "eu-west-1", remediation: "scale-group", title: "Scale web 4 → 6" };
const again = (parts: Parameters<typeof examplePlan>[0], incidentId?: string) =>
	askAgain({ plan: examplePlan(parts), ...(incidentId ? { incidentId } : {}) });

describe("asking for the same once more", () => {
	it("on this machine says the plan's title", () => {
		expect(again({ title: "Restart Checkout-API" })).toBe("restart Checkout-API");
	});

	it("in AWS names the remediation with its parameters, and the incident", () => {
		expect(again({ ...aws, parameters: { group: "web", desired: 6 } })).toBe(
			"propose scale-group group=web desired=6",
		);
		expect(again({ ...aws, parameters: { group: "web tier" } }, "INC-3")).toBe(
			'propose scale-group group="web tier" for INC-3',
		);
	});

	it("says the title where a parameter can't stand in a command", () => {
		expect(again({ ...aws, parameters: { group: 'we"b' } })).toBe("scale web 4 → 6");
		expect(again({ ...aws, parameters: { group: "x".repeat(301) } })).toBe("scale web 4 → 6");
	});

	it("is understood as the same parameters, whatever they are", () => {
		const [, ask] = propose.forms;
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom("group", "tag"), fc.string({ maxLength: 40 })),
				(parameters) => {
					const text = again({ ...aws, parameters });
					const expected = text.startsWith("propose ") ? text : undefined;
					expect(expected === undefined || commandIn(text) === text).toBe(true);
					expect(expected === undefined || ask?.pattern.test(text)).toBe(true);
				},
			),
		);
	});
});
