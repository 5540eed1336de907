import type { Approval } from "../../src/domain/approval.ts";
import { approvedBy } from "../../src/use-cases/approved-by.ts";
import { exampleApproval, exampleDecision, examplePerson } from "../fakes/example-approval.ts";

const said = (status: Approval["status"], ...names: readonly string[]) =>
	approvedBy(
		exampleApproval({
			status,
			decisions: names.map((name, index) => exampleDecision(examplePerson(`P${index}`, "operator", name))),
		}),
	);

describe("who approved", () => {
	it("is named in the order they did, and counted where they are many", () => {
		expect(said("succeeded", "anna")).toBe("Approved by anna.");
		expect(said("failed", "anna", "ben")).toBe("Approved by anna and ben.");
		expect(said("verifying", "anna", "ben", "cleo")).toBe("Approved by anna, ben and cleo.");
		expect(said("approved", "anna", "ben", "cleo", "dan")).toBe("Approved by anna, ben and 2 others.");
		expect(said("partly_approved", "anna")).toBe("Approved by anna so far.");
	});

	it("is nobody before the first, after a denial, and where it came to nothing", () => {
		expect(said("proposed")).toBeUndefined();
		for (const status of ["denied", "expired", "cancelled"] as const)
			expect(said(status, "anna")).toBeUndefined();
		const denied = [exampleDecision(examplePerson(), "deny")];
		expect(approvedBy(exampleApproval({ decisions: denied }))).toBeUndefined();
	});

	it("case 36: stays text, in one line and bounded", () => {
		const text = said("succeeded", "{{time:1}}\u202e\n", "x".repeat(300));
		expect(text).toBe(`Approved by { {time:1}} and ${"x".repeat(39)}….`);
	});
});
