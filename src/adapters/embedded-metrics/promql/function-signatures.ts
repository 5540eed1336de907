import type { Expression, ValueType } from "./ast.ts";

/** What a function takes and gives. `optional` counts the arguments at the end that may be left out. */
export type FunctionSignature = {
	readonly takes: readonly ValueType[];
	readonly optional?: number;
	readonly gives: "scalar" | "vector";
};

const ofWindow: FunctionSignature = { takes: ["matrix"], gives: "vector" };
const ofVector: FunctionSignature = { takes: ["vector"], gives: "vector" };

/** Every function of the built-in list. The list is frozen: beyond it, a Prometheus server is the answer. */
export const functionSignatures: ReadonlyMap<string, FunctionSignature> = new Map([
	["rate", ofWindow],
	["irate", ofWindow],
	["increase", ofWindow],
	["delta", ofWindow],
	["deriv", ofWindow],
	["predict_linear", { takes: ["matrix", "scalar"], gives: "vector" }],
	["avg_over_time", ofWindow],
	["min_over_time", ofWindow],
	["max_over_time", ofWindow],
	["sum_over_time", ofWindow],
	["count_over_time", ofWindow],
	["last_over_time", ofWindow],
	["stddev_over_time", ofWindow],
	["quantile_over_time", { takes: ["scalar", "matrix"], gives: "vector" }],
	["histogram_quantile", { takes: ["scalar", "vector"], gives: "vector" }],
	["abs", ofVector],
	["ceil", ofVector],
	["floor", ofVector],
	["round", { takes: ["vector", "scalar"], optional: 1, gives: "vector" }],
	["clamp", { takes: ["vector", "scalar", "scalar"], gives: "vector" }],
	["absent", ofVector],
	["time", { takes: [], gives: "scalar" }],
	["vector", { takes: ["scalar"], gives: "vector" }],
	["scalar", { takes: ["vector"], gives: "scalar" }],
]);

/** The type an expression evaluates to. */
export function typeOf(expression: Expression): ValueType {
	switch (expression.kind) {
		case "number":
			return "scalar";
		case "string":
			return "string";
		case "selector":
		case "aggregation":
			return "vector";
		case "matrix":
			return "matrix";
		case "call":
			return functionSignatures.get(expression.name)?.gives ?? "vector";
		case "negation":
			return typeOf(expression.operand);
		case "binary":
			return typeOf(expression.left) === "scalar" && typeOf(expression.right) === "scalar"
				? "scalar"
				: "vector";
	}
}

/** The type in the words of Prometheus' documentation. */
export function typeName(type: ValueType): string {
	return { scalar: "a scalar", vector: "an instant vector", matrix: "a range vector", string: "a string" }[
		type
	];
}
