import { nameMetrics } from "../../../models/target/name-metrics.ts";

describe("the names of a target's series", () => {
	it("are the values of the label metric where they differ", () => {
		expect(nameMetrics(['{metric="requests", service="a"}', '{metric="errors", service="a"}'])).toEqual([
			"requests",
			"errors",
		]);
	});

	it("are the names of the metrics in a plain selection", () => {
		expect(nameMetrics(['memory_bytes{job="a"}', 'restarts{job="a"}'])).toEqual(["memory_bytes", "restarts"]);
	});

	it("say what tells series of the same name apart, and leave out what all have", () => {
		expect(
			nameMetrics([
				'requests{code="200", job="a", method="GET"}',
				'requests{code="500", job="a", method="GET"}',
				'memory{job="a"}',
			]),
		).toEqual(["requests (code 200, method GET)", "requests (code 500, method GET)", "memory"]);
	});

	it("are the labels that differ where there is no name, and the labels as they are where none does", () => {
		expect(nameMetrics(['{job="a", pool="read"}', '{job="a", pool="write"}'])).toEqual([
			"pool read",
			"pool write",
		]);
		expect(nameMetrics(['{job="a"}'])).toEqual(['{job="a"}']);
	});

	it("are short, and nothing in them hides, breaks the line or is read as a time", () => {
		const [long = "", odd = ""] = nameMetrics([
			`{metric="${"x".repeat(500)}", job="a"}`,
			'{metric="a\\nb\u202e {{time:1}}", job="a"}',
		]);
		expect(long).toHaveLength(60);
		expect(odd).toBe("a b[U+202E] { {time:1}}");
	});
});
