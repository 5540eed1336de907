import type { AwsGroup } from "../../../src/ports/aws-reader.ts";
import { groupCost, healthCheck, limitChecks } from "../../../src/remediations/aws/group-checks.ts";

const group = (parts: Partial<AwsGroup> = {}): AwsGroup => ({
	name: "web",
	arn: "arn:web",
	account: "111122223333",
	region: "eu-west-1",
	environment: "production",
	minimum: 0,
	maximum: 100,
	desired: 4,
	instances: ["a", "a", "a", "b"].map((type, index) => ({ id: `i-${index}`, type, healthy: index > 0 })),
	managed: true,
	suspended: [],
	...parts,
});
const fails = (desired: number, to: number) =>
	limitChecks(group({ desired }), to).filter(({ verdict }) => verdict === "fail").length;

describe("the limits of a new size", () => {
	it("allow halving and no less, down to none from one", () => {
		expect([
			fails(4, 2),
			fails(4, 1),
			fails(5, 2),
			fails(5, 1),
			fails(1, 0),
			fails(2, 1),
			fails(2, 0),
		]).toEqual([0, 1, 0, 1, 0, 0, 1]);
	});

	it("allow growing from none", () => {
		expect(limitChecks(group({ desired: 0 }), 6)).toEqual([
			{ verdict: "pass", text: "Within the group's limits of 0 to 100" },
		]);
	});

	it("mind only the process that would carry it out", () => {
		const held = group({ suspended: ["AZRebalance", "Launch"] });
		expect(limitChecks(held, 5).map(({ verdict }) => verdict)).toEqual(["fail"]);
		expect(limitChecks(held, 3).map(({ verdict }) => verdict)).toEqual(["pass"]);
	});
});

describe("the health and the cost of a new size", () => {
	it("say how many are healthy now, and that fewer may serve afterwards", () => {
		expect(healthCheck(group(), 4, 3)).toEqual({
			verdict: "info",
			text: "3 of 4 instances of web are healthy now, at most 3 afterwards",
		});
		expect(healthCheck(group({ instances: [] }), 0, 2).verdict).toBe("info");
	});

	it("take the average price of mixed types, and say so", () => {
		const priceOf = (type: string) => (type === "a" ? 0.1 : 0.5);
		expect(groupCost(group(), 6, priceOf).text).toBe(
			"Cost: $0.80\u00a0/h → $1.20\u00a0/h by the configured prices, on average of its instance types",
		);
		expect(groupCost(group({ instances: [] }), 6, priceOf).text).toBe(
			"Cost per hour is not known: the type of new instances is not known",
		);
	});
});
