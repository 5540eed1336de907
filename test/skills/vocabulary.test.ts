import { parser } from "@prometheus-io/lezer-promql";
import { listAnomalies } from "../../skills/list-anomalies.ts";
import { matchersOf } from "../../skills/metrics/matchers-of.ts";
import { METRIC_TABLE, type MetricForm, type Quantity } from "../../skills/metrics/metric-table.ts";
import { rankableBy, rankingOf } from "../../skills/metrics/ranking-table.ts";
import { promDuration, rateWindowSeconds, stepFor } from "../../skills/metrics/rate-window.ts";
import type { Target } from "../../skills/metrics/target.ts";
import { CONTEXT, NOW_MS, questionWorld, TARGETS } from "../fakes/question-world.ts";

const FORMS: readonly MetricForm[] = [
	{},
	{ quantile: 0.5 },
	{ quantile: 0.99 },
	{ mean: true },
	{ mountpoint: "/data" },
];
const WINDOWS = ["1m", "90s", "2h", "24h"];
/** Has quotes, braces, a line break, a backslash and letters of regular expressions. */
const NASTY: Target = {
	name: 'foo"} or up{a="\n\\.*(a+)+$',
	kind: "service",
	aliases: [],
	environment: "local",
};

/** Every query the table can give for a target. */
function quantitiesOf(target: Target, source: "embedded" | "prometheus"): readonly Quantity[] {
	return METRIC_TABLE.filter((entry) => entry.kind === target.kind).flatMap((entry) =>
		WINDOWS.flatMap((window) =>
			FORMS.flatMap((form) => {
				const scope = { matchers: matchersOf(target, source), window };
				const source_ = entry.source(scope);
				return [
					entry.main(scope, form),
					...entry.beside(scope, form),
					{ label: "freshness", unit: "count" as const, query: `count_over_time(${source_}[${window}])` },
				];
			}),
		),
	);
}

function nodesOf(query: string): readonly string[] {
	const names: string[] = [];
	parser.parse(query).iterate({ enter: ({ name }) => void names.push(name) });
	return names;
}

const CHECKED = TARGETS.filter((target) => target.name === "host" || target.name === "checkout");

describe("the vocabulary of metrics", () => {
	it.each(CHECKED.map((target) => [target.name, target] as const))(
		"gives only queries that the embedded engine answers: %s",
		async (_name, target) => {
			const { metrics } = await questionWorld();
			const queries = [...new Set(quantitiesOf(target, "embedded").map((one) => one.query))];
			expect(queries.length).toBeGreaterThan(20);
			for (const query of queries) {
				const found = await metrics.instant(query, NOW_MS);
				expect({ query, found: found.length > 0 }).toEqual({ query, found: true });
				const series = await metrics.range(query, {
					startMs: NOW_MS - 600_000,
					endMs: NOW_MS,
					stepMs: 60_000,
				});
				expect({ query, found: series.length > 0 }).toEqual({ query, found: true });
			}
		},
	);

	it("gives only rankings that the embedded engine answers", async () => {
		const { metrics } = await questionWorld();
		for (const kind of ["process", "host", "service"] as const)
			for (const by of rankableBy(kind))
				for (const span of [undefined, "2h"]) {
					const query = rankingOf(kind, by, 5, "1m", span)?.query ?? "";
					const found = await metrics.instant(query, NOW_MS);
					expect({ query, found: found.length > 0 }).toEqual({ query, found: true });
				}
	});

	it("uses no subqueries and no many-to-one matching", () => {
		const targets = [...TARGETS, NASTY];
		const all = targets.flatMap((target) => [
			...quantitiesOf(target, "embedded"),
			...quantitiesOf(target, "prometheus"),
		]);
		for (const { query } of all) {
			const nodes = nodesOf(query);
			expect(nodes.filter((name) => ["SubqueryExpr", "GroupLeft", "GroupRight", "⚠"].includes(name))).toEqual(
				[],
			);
		}
	});

	it("keeps any name inside one matcher", () => {
		const job = quantitiesOf(NASTY, "embedded").flatMap(({ query }) => {
			const matchers: string[] = [];
			parser.parse(query).iterate({
				enter: ({ name, from, to }) => {
					if (name === "UnquotedLabelMatcher") matchers.push(query.slice(from, to));
				},
			});
			return matchers.filter((text) => text.startsWith("job="));
		});
		const escaped = 'job="foo\\"} or up{a=\\"\\n\\\\.*(a+)+$"';
		expect(new Set(job)).toEqual(new Set([escaped]));
		expect(quantitiesOf(NASTY, "embedded").some(({ query }) => nodesOf(query).includes("Or"))).toBe(true);
		const outside = quantitiesOf({ ...NASTY, kind: "host" }, "prometheus");
		for (const { query } of outside) expect(query).toContain(String.raw`instance=~"foo\"\\} or up\\{a=\"`);
	});
});

describe("windows and steps", () => {
	it("hold at least four scrapes, a minute and the step", () => {
		expect(rateWindowSeconds(5)).toBe(60);
		expect(rateWindowSeconds(30)).toBe(120);
		expect(rateWindowSeconds(5, 300)).toBe(300);
	});

	it("are round, and fine enough for the points wanted", () => {
		expect(stepFor(1_800_000, 5, 720)).toBe(5000);
		expect(stepFor(7_200_000, 5, 720)).toBe(10_000);
		expect(stepFor(86_400_000, 5, 720)).toBe(120_000);
		expect(stepFor(400 * 86_400_000, 5, 720)).toBe(86_400_000);
	});

	it("are written as PromQL writes them", () => {
		expect([60, 90, 7200, 5, 86_400].map(promDuration)).toEqual(["1m", "90s", "2h", "5s", "24h"]);
	});
});

it("gives anomalies the words and unit of their watch", async () => {
	const { items } = await listAnomalies.run(await questionWorld(), CONTEXT, {});
	expect(items[0]).toMatchObject({ metric: "memory", unit: "bytes" });
});
