/** Range selectors over every shape of the sample data. */
const RANGES = [
	"requests_total[1m]",
	"requests_total[5m]",
	'requests_total{code="500"}[20m]',
	"requests_total[7m] offset 11m",
	"lonely_total[3m]",
	"sparse_total[10m]",
	"temperature[90s]",
	'temperature{room!~"oven|fridge|roof"}[10m]',
	"memory_used_bytes[2h]",
	"tiny[5m]",
	"missing_metric[5m]",
];

const OF_COUNTERS = ["rate", "irate", "increase"];
const OF_WINDOWS = [
	"delta",
	"deriv",
	"avg_over_time",
	"min_over_time",
	"max_over_time",
	"sum_over_time",
	"count_over_time",
	"last_over_time",
	"stddev_over_time",
];

function windowExpressions(): readonly string[] {
	const plain = [...OF_COUNTERS, ...OF_WINDOWS].flatMap((name) => RANGES.map((range) => `${name}(${range})`));
	const withScalar = RANGES.flatMap((range) => [
		`predict_linear(${range}, 3600)`,
		`quantile_over_time(0.9, ${range})`,
	]);
	return [
		...plain,
		...withScalar,
		...[-1, 0, 0.25, 0.5, 1, 1.5, "NaN"].map((q) => `quantile_over_time(${q}, temperature[5m])`),
		'quantile_over_time(scalar(levels{level="1"}) / 4, temperature[5m])',
		"predict_linear(memory_used_bytes[30m], -1800)",
		"predict_linear(memory_used_bytes[30m] offset 5m, 600)",
		"rate(requests_total[1h30m])",
		"rate(requests_total[5400s] offset 1h)",
		"rate(requests_total[5m] offset -10m)",
		'avg_over_time(temperature{room="cellar"}[1d])',
	];
}

const SELECTORS = [
	"requests_total",
	'requests_total{code="200"}',
	'requests_total{code!="200"}',
	'requests_total{code=~"5..|404"}',
	'requests_total{code!~"5.*"}',
	'requests_total{instance=~"[a-c]", job="api"}',
	'requests_total{missing=""}',
	'requests_total{missing!=""}',
	'requests_total{missing=~".*", code="404"}',
	"requests_total offset 10m",
	'requests_total{code="500"} offset 1h2m3s',
	"requests_total offset -5m",
	'{__name__="lonely_total"}',
	'{__name__=~".*_bytes"}',
	'{__name__=~"memory_.+", instance!~"a|b"}',
	'{__name__!~"requests_total|latency.*|tiny|odd|levels", floor=~".+"}',
	'{job=~"api|web", code="500"}',
	'{room="kitchen"}',
	"temperature",
	'temperature{floor=~"(?i:1|X)"}',
	"sparse_total",
	"tiny",
	"levels",
	"odd",
	'odd{text="a\\"b\\\\c\\nd"}',
	"odd{text=`plain.text`}",
	'odd{text=~"gr.n und ."}',
	'odd{text=~"(plain|x)[.]t(e|a)xt"}',
	'odd{constructor="x"}',
	"missing_metric",
];

function aggregateExpressions(): readonly string[] {
	const operands = [
		"requests_total",
		"temperature",
		"rate(requests_total[5m])",
		"memory_used_bytes",
		"missing_metric",
	];
	const groupings = [
		"",
		"by (job)",
		"by (job, code)",
		"without (instance)",
		"by (missing)",
		"without (job, code, room)",
	];
	return ["sum", "avg", "min", "max", "count"].flatMap((name) =>
		operands.flatMap((operand) => groupings.map((grouping) => `${name} ${grouping} (${operand})`)),
	);
}

function parameterAggregates(): readonly string[] {
	return [
		...[0, 1, 2, 3, 100, -1].flatMap((k) => [
			`topk(${k}, memory_used_bytes)`,
			`bottomk(${k}, memory_used_bytes)`,
			`topk(${k}, requests_total) by (job)`,
			`bottomk by (job) (${k}, rate(requests_total{code="200"}[5m]))`,
		]),
		"topk(2, temperature)",
		"bottomk(2, temperature)",
		"topk(5, temperature) without (room)",
		'topk(scalar(levels{level="1"}) + 1, memory_used_bytes)',
		...[-1, 0, 0.3, 0.5, 0.99, 1, 2, "NaN"].flatMap((q) => [
			`quantile(${q}, temperature)`,
			`quantile by (job) (${q}, requests_total)`,
		]),
		"quantile without (instance) (0.5, rate(requests_total[10m]))",
		"sum(sum by (job, code) (requests_total)) by (job)",
		"avg(max by (instance) (requests_total))",
		"count(count by (instance) (requests_total)) by ()",
		'sum by (__name__) ({__name__=~"memory_.*"})',
	];
}

function histogramExpressions(): readonly string[] {
	const quantiles = [-1, 0, 0.1, 0.5, 0.9, 0.95, 0.99, 1, 1.1, "NaN"];
	return quantiles.flatMap((q) => [
		`histogram_quantile(${q}, latency_seconds_bucket)`,
		`histogram_quantile(${q}, rate(latency_seconds_bucket[5m]))`,
		`histogram_quantile(${q}, sum by (le) (rate(latency_seconds_bucket[10m])))`,
		`histogram_quantile(${q}, sum by (job, le) (increase(latency_seconds_bucket{le!="0.1"}[10m])))`,
		`histogram_quantile(${q}, rate(latency_seconds_bucket{le!="+Inf"}[5m]))`,
	]);
}

function operatorExpressions(): readonly string[] {
	const arithmetic = ["+", "-", "*", "/", "%", "^"];
	const comparisons = ["==", "!=", ">", "<", ">=", "<="];
	return [
		...arithmetic.flatMap((op) => [
			`7.5 ${op} 2`,
			`-3 ${op} 2`,
			`temperature ${op} 3`,
			`3 ${op} temperature`,
			`memory_used_bytes ${op} ignoring(class) memory_limit_bytes`,
			`requests_total{code="200"} ${op} on(instance, job) requests_total{code="500"}`,
			`requests_total ${op} requests_total`,
			`levels ${op} levels`,
			`0 ${op} levels`,
			`levels ${op} 0`,
			`sum by (job) (requests_total{code="500"}) ${op} sum by (job) (requests_total)`,
		]),
		...comparisons.flatMap((op) => [
			`7 ${op} bool 2`,
			`temperature ${op} 12.5`,
			`12.5 ${op} temperature`,
			`temperature ${op} bool 12.5`,
			`0 ${op} bool temperature`,
			`memory_used_bytes ${op} on(instance) memory_limit_bytes`,
			`memory_limit_bytes ${op} bool ignoring(class) memory_used_bytes`,
			`requests_total{code="200"} ${op} ignoring(code) requests_total{code="500"}`,
			`levels ${op} levels`,
		]),
		...["and", "or", "unless"].flatMap((op) => [
			`requests_total{code="200"} ${op} requests_total`,
			`requests_total{code="200"} ${op} on(instance) requests_total{code="500"}`,
			`requests_total ${op} ignoring(code) requests_total{code="404"}`,
			`memory_used_bytes ${op} on(instance) (memory_limit_bytes > 9e9)`,
			`temperature ${op} levels`,
			`temperature ${op} on() missing_metric`,
			`missing_metric ${op} temperature`,
			`requests_total{code="500"} > 3000 ${op} requests_total < 100000`,
		]),
	];
}

const OTHERS = [
	...["abs", "ceil", "floor", "round"].flatMap((name) => [
		`${name}(temperature)`,
		`${name}(-temperature * 1.5)`,
		`${name}(levels)`,
	]),
	"round(temperature, 0.1)",
	"round(temperature, 5)",
	"round(memory_used_bytes, 1e6)",
	"clamp(temperature, -1, 15)",
	"clamp(temperature, 15, -1)",
	"clamp(temperature, NaN, 5)",
	"clamp(temperature, -Inf, +Inf)",
	'clamp(temperature, scalar(levels{level="2"}), scalar(levels{level="1"}))',
	"time()",
	"time() - 1704164400",
	"vector(1)",
	"vector(time())",
	"vector(scalar(lonely_total))",
	"scalar(lonely_total)",
	"scalar(requests_total)",
	"scalar(missing_metric)",
	"absent(missing_metric)",
	'absent(missing_metric{a="b", c!="d", e=~"f", g="h"})',
	'absent(missing_metric{a="b", a="c", d=""})',
	"absent(requests_total)",
	'absent(requests_total{code="404"})',
	"absent(sum(missing_metric))",
	'absent(sparse_total{kind="slower"})',
	"-temperature",
	"+temperature",
	"-(temperature + 1)",
	"--temperature",
	"-1 ^ 2",
	"(-1) ^ 2",
	"2 ^ -1",
	"2 ^ 3 ^ 2",
	"2 ^ -1 ^ 2",
	"-temperature ^ 2",
	"1 - 2 - 3",
	"8 / 4 / 2",
	"1 + 2 * 3 ^ 2 % 5",
	"1 -1",
	"0x1F",
	"1e3 + .5",
	"017",
	"Inf - Inf",
	"NaN == bool NaN",
	"1 > bool 0 > bool -1",
	"((((temperature))))",
	"rate((requests_total[5m]))",
	"temperature # a comment",
	"sum(\n  rate(requests_total[5m])\n) by (job)",
	"SUM(temperature) BY (floor)",
	"temperature and ON(room) temperature > 0 OR levels",
	"100 * (1 - avg by (instance) (memory_used_bytes) / on(instance) sum by (instance) (memory_limit_bytes))",
	'sum(rate(requests_total{code=~"5.."}[5m])) / sum(rate(requests_total[5m])) * 100',
	'sum by (job) (rate(requests_total{code="500"}[5m])) / ignoring() sum by (job) (rate(requests_total[5m])) > 0.01',
	"avg_over_time(temperature[5m]) > bool on(room, floor) temperature",
	"max_over_time(temperature[10m]) - min_over_time(temperature[10m])",
	"(temperature - avg_over_time(temperature[30m])) / stddev_over_time(temperature[30m])",
	"temperature offset 5m - temperature",
	"rate(requests_total[5m]) / rate(requests_total[5m] offset 1h)",
];

/** Queries that Prometheus refuses as well: the same input must not give an answer here. */
export const REFUSED = [
	'requests_total{code="200"} + on(job) requests_total{code="500"}',
	"requests_total + on(job) memory_used_bytes * on() vector(1)",
	'abs({__name__=~"memory_.*", instance="a", class=~"x?"}) + on(instance) abs({__name__=~"memory_.*"})',
	"sum(requests_total[5m])",
	"rate(requests_total)",
	"rate(requests_total[5m], 2)",
	"clamp(temperature, 1)",
	"1 == 2",
	"1 and 2",
	"temperature + bool 1",
	'"text" + 1',
	'{code=~".*"}',
	"{}",
	'temperature{room=~"("}',
	'temperature{room=~"a(?=b)"}',
	'temperature{room=~"a**"}',
	'temperature{__name__="x"}',
	"temperature offset 5m offset 5m",
	"(temperature)[5m]",
	"topk(temperature, 1)",
	"sum(temperature",
	"temperature room",
	"nofunction(temperature)",
	"topk(NaN, temperature)",
	'-"a"',
	'temperature{room="a}',
];

/** Every expression that is compared with a real Prometheus. */
export const EXPRESSIONS: readonly string[] = [
	...SELECTORS,
	...windowExpressions(),
	...aggregateExpressions(),
	...parameterAggregates(),
	...histogramExpressions(),
	...operatorExpressions(),
	...OTHERS,
];
