import { constantFrom, letrec, oneof, sample, tuple } from "fast-check";

const leaf = constantFrom(
	"requests_total",
	'requests_total{code="200"}',
	"memory_used_bytes",
	"memory_limit_bytes",
	"temperature",
	"temperature offset 7m",
	"rate(requests_total[5m])",
	'increase(requests_total{code=~"5.."}[10m])',
	"avg_over_time(temperature[3m])",
	"deriv(memory_used_bytes[10m])",
	"levels",
	"sparse_total",
	"missing_metric",
	"vector(2)",
);
const scalar = constantFrom("2", "-0.5", "time() / 1e9", "scalar(lonely_total)", "1e3");
const grouping = constantFrom(
	"",
	"by (instance)",
	"by (job, code)",
	"without (code)",
	"without (room, class)",
	"by ()",
);
const matching = constantFrom(
	"",
	"on (instance)",
	"ignoring (code)",
	"ignoring (class)",
	"on (job, room)",
	"on ()",
);
const arithmetic = constantFrom("+", "-", "*", "/", "> bool", "== bool", "<= bool");
const numeric = oneof(arithmetic, constantFrom("==", "!=", ">", "<", ">=", "<="));
const sets = constantFrom("and", "or", "unless");
const folds = constantFrom("sum", "avg", "min", "max", "count", "quantile(0.4");
const values = constantFrom("abs(", "ceil(", "floor(", "round(", "-(", "clamp(");

/**
 * Instant vectors nested a few levels deep. Left out is what may differ for a reason: topk among equal values, `%` of
 * values that differ in the last bit, and filters that match many to one (refused since Prometheus 3.9).
 */
const { vector } = letrec<{ vector: string }>((tie) => {
	const inner = tie("vector");
	return {
		vector: oneof(
			{ maxDepth: 4, withCrossShrink: true },
			leaf,
			tuple(folds, grouping, inner).map(([fold, by, of]) => aggregation(fold, by, of)),

			tuple(values, inner).map(([name, of]) =>
				name === "clamp(" ? `clamp(${of}, -5, 1e9)` : `${name}${of})`,
			),
			tuple(inner, numeric, scalar).map(([of, operator, by]) => `(${of}) ${operator} (${by})`),
			tuple(scalar, numeric, inner).map(([by, operator, of]) => `(${by}) ${operator} (${of})`),

			tuple(inner, arithmetic, matching, inner).map(
				([a, operator, by, b]) => `(${a}) ${operator} ${by} (${b})`,
			),
			tuple(inner, sets, matching, inner).map(([a, operator, by, b]) => `(${a}) ${operator} ${by} (${b})`),
		),
	};
});

function aggregation(fold: string, by: string, of: string): string {
	const [name, parameter] = fold.split("(");
	return `${name} ${by} (${parameter === undefined ? "" : `${parameter}, `}${of})`;
}

/** `count` different expressions, the same ones for the same seed. */
export function randomExpressions(count: number, seed: number): readonly string[] {
	return [...new Set(sample(vector, { numRuns: count * 2, seed }))].slice(0, count);
}
