import { mistypedTarget } from "../../src/use-cases/mistyped-target.ts";

describe("the target of a new watch", () => {
	const known = ["orders", "checkout", "web-1"];

	it("is asked about where it is nearly the name of another", () => {
		for (const name of ["chekout", "Checkout", "checkuot"])
			expect(mistypedTarget(name, known)).toBe(
				`No watch or service is called "${name}"; did you mean checkout?`,
			);
	});

	it("is taken as it is where it is known, like none, or of another number", () => {
		for (const name of ["checkout", "payments", "web-2"]) expect(mistypedTarget(name, known)).toBe("");
	});
});
