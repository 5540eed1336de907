import * as fc from "fast-check";
import { isAtLeast, Severity, worse } from "../../src/domain/severity.ts";

const any = fc.constantFrom(...Severity.options);

describe("severities", () => {
	it("have an order in which the worse of two is at least both", () => {
		fc.assert(
			fc.property(any, any, (a, b) => {
				expect(isAtLeast(worse(a, b), a) && isAtLeast(worse(a, b), b)).toBe(true);
				expect([a, b]).toContain(worse(a, b));
				expect(worse(a, b)).toBe(worse(b, a));
			}),
		);
		expect(isAtLeast("critical", "low")).toBe(true);
		expect(isAtLeast("low", "medium")).toBe(false);
	});
});
