import { type GuardRule, guardsFor } from "../../src/use-cases/guards-for.ts";

const errors: GuardRule = {
	name: "errors",
	match: {},
	metric: "error rate",
	query: 'errors{job="$target"}',
	unit: "percent",
	maximum: 2,
	forSeconds: 15,
};
const healthy: GuardRule = {
	name: "healthy",
	match: { environment: "prod*", target: "shop-*" },
	metric: "healthy targets",
	query: "healthy # of the load balancer",
	unit: "count",
	minimum: 2,
	maximum: 40,
	forSeconds: 30,
};

describe("what guards a change", () => {
	it("is each rule that fits, with the worst of its series", () => {
		expect(guardsFor([errors, healthy], ["checkout"], "prod")).toEqual([
			{
				metric: "error rate",
				query: 'max(\nerrors{job="checkout"}\n)',
				labels: {},
				unit: "percent",
				band: { low: Number.MIN_SAFE_INTEGER, high: 2 },
				forSeconds: 15,
			},
		]);
	});

	it("has one guard for each bound, of which the worst series is the least or the most", () => {
		expect(guardsFor([healthy], ["shop-1"], "production")).toMatchObject([
			{ query: "max(\nhealthy # of the load balancer\n)", band: { high: 40 } },
			{ query: "min(\nhealthy # of the load balancer\n)", band: { low: 2, high: Number.MAX_SAFE_INTEGER } },
		]);
	});

	it("is one for each target that fits, by its name, each target once", () => {
		const guards = guardsFor([errors], ["a", "b", "b"], "local");
		expect(guards.map(({ metric }) => metric)).toEqual(["error rate of a", "error rate of b"]);
		expect(guards.map(({ query }) => query)).toEqual([
			'max(\nerrors{job="a"}\n)',
			'max(\nerrors{job="b"}\n)',
		]);
	});

	it("is nothing where no target or another environment fits", () => {
		expect(guardsFor([healthy], ["shop-1"], "staging")).toEqual([]);
		expect(guardsFor([healthy], ["checkout"], "prod")).toEqual([]);
		expect(guardsFor([], ["checkout"], "prod")).toEqual([]);
	});

	it("case 44: a name that holds PromQL stays one escaped matcher, and reads as what it is", () => {
		const [guard] = guardsFor([errors], ['foo"} or up{a="', "b"], "local");
		expect(guard?.query).toBe('max(\nerrors{job="foo\\"} or up{a=\\""}\n)');
		const [hidden] = guardsFor([errors], ["a\u202eb".padEnd(100, "x"), "b"], "local");
		expect(hidden?.metric).toHaveLength("error rate of ".length + 40);
		expect(hidden?.metric).toContain("a[U+202E]b");
	});

	it("refuses more queries than can be asked at each look", () => {
		const names = Array.from({ length: 51 }, (_, i) => `t${i}`);
		expect(() => guardsFor([errors], names, "local")).toThrow(
			"51 guards would have to be watched at once, at most 50 can be",
		);
		expect(guardsFor([errors], names.slice(1), "local")).toHaveLength(50);
	});
});
