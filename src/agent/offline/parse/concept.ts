import type { MetricName } from "../../../../skills/metrics/target.ts";

/** What a phrase of a question means. */
export type Concept =
	| `metric:${MetricName}`
	| `hint:${"cpu" | "latency" | "disk"}`
	| `agg:${"avg" | "max" | "min" | "median" | "percentile"}`
	| `class:${"process" | "service" | "host"}`
	| `act:${Action}`
	| `acted:${Action}`
	| `unsupported:${string}`
	| "compare"
	| "usual"
	| "moved"
	| "lasts"
	| "recently"
	| "top"
	| "anomaly"
	| "odd"
	| "incident"
	| "approval"
	| "wrong"
	| "why"
	| "happened"
	| "forecast"
	| "full"
	| "when"
	| "will"
	| "help"
	| "decide"
	| "follow"
	| "pronoun"
	| "greet"
	| "free"
	| "percent"
	| "list"
	| "many"
	| "not";

/** What people ask to be done. Only a restart can be proposed here; the others are known to be refused well. */
export type Action = "restart" | "scale" | "stop" | "start" | "delete" | "rollback" | "deploy" | "silence";
