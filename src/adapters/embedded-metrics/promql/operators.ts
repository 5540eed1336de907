import type { ArithmeticOperator, BinaryOperator, ComparisonOperator } from "./ast.ts";
import { goPow } from "./go-math.ts";

const arithmetic: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
	"+": (a, b) => a + b,
	"-": (a, b) => a - b,
	"*": (a, b) => a * b,
	"/": (a, b) => a / b,
	"%": (a, b) => a % b,
	"^": goPow,
};

const comparison: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
	"==": (a, b) => a === b,
	"!=": (a, b) => a !== b,
	">": (a, b) => a > b,
	"<": (a, b) => a < b,
	">=": (a, b) => a >= b,
	"<=": (a, b) => a <= b,
};

/** How an operator treats two numbers: a new value, or a verdict that keeps or drops. */
export type NumberOperation =
	| { readonly kind: "arithmetic"; readonly apply: (a: number, b: number) => number }
	| { readonly kind: "comparison"; readonly holds: (a: number, b: number) => boolean };

/** The operation behind an operator that is not a set operator. */
export function numberOperation(operator: BinaryOperator): NumberOperation {
	if (operator in arithmetic)
		return { kind: "arithmetic", apply: arithmetic[operator as ArithmeticOperator] };
	return { kind: "comparison", holds: comparison[operator as ComparisonOperator] };
}
