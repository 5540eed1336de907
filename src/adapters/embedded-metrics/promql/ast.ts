/** The four types of PromQL values. */
export type ValueType = "scalar" | "vector" | "matrix" | "string";

export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** One label matcher as written, its value unescaped. */
export type MatcherText = {
	readonly name: string;
	readonly operator: MatchOperator;
	readonly value: string;
};

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "^";
export type ComparisonOperator = "==" | "!=" | ">" | "<" | ">=" | "<=";
export type SetOperator = "and" | "or" | "unless";
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator;

export type AggregateOperator = "sum" | "avg" | "min" | "max" | "count" | "topk" | "bottomk" | "quantile";

/** Which labels decide that two series belong together: only `labels` (`on`), or all but `labels` and the name. */
export type VectorMatching = { readonly on: boolean; readonly labels: readonly string[] };

type NumberLiteral = { readonly kind: "number"; readonly value: number };
type StringLiteral = { readonly kind: "string"; readonly value: string };

/** `offsetMs` shifts into the past; negative looks ahead. */
export type VectorSelector = {
	readonly kind: "selector";
	readonly matchers: readonly MatcherText[];
	readonly offsetMs: number;
};

/** `rangeMs` is above 0. */
export type MatrixSelector = {
	readonly kind: "matrix";
	readonly selector: VectorSelector;
	readonly rangeMs: number;
};

export type Call = { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

export type Aggregation = {
	readonly kind: "aggregation";
	readonly operator: AggregateOperator;
	readonly without: boolean;
	readonly grouping: readonly string[];
	readonly parameter: Expression | undefined;
	readonly operand: Expression;
};

export type BinaryOperation = {
	readonly kind: "binary";
	readonly operator: BinaryOperator;
	readonly left: Expression;
	readonly right: Expression;
	readonly returnBool: boolean;
	readonly matching: VectorMatching;
};

type Negation = { readonly kind: "negation"; readonly operand: Expression };

/** A checked PromQL expression: arities and types are right, so evaluating it meets no type error. */
export type Expression =
	| NumberLiteral
	| StringLiteral
	| VectorSelector
	| MatrixSelector
	| Call
	| Aggregation
	| BinaryOperation
	| Negation;

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
	return ["==", "!=", ">", "<", ">=", "<="].includes(operator);
}

export function isSetOperator(operator: BinaryOperator): operator is SetOperator {
	return ["and", "or", "unless"].includes(operator);
}
