import type { SyntaxNode } from "@lezer/common";
import {
	type BinaryOperator,
	type Expression,
	isComparison,
	isSetOperator,
	type VectorMatching,
} from "./ast.ts";
import { labelName } from "./build-selector.ts";
import { typeName, typeOf } from "./function-signatures.ts";
import { invalidQuery, unsupportedQuery } from "./query-error.ts";
import { childrenOf, textOf } from "./syntax-nodes.ts";

const OPERATORS: Readonly<Record<string, BinaryOperator>> = {
	Add: "+",
	Sub: "-",
	Mul: "*",
	Div: "/",
	Mod: "%",
	Pow: "^",
	Eql: "==",
	Neq: "!=",
	Gtr: ">",
	Lss: "<",
	Gte: ">=",
	Lte: "<=",
	And: "and",
	Or: "or",
	Unless: "unless",
};

/** `a + b` and its like with operand types, `bool` and matching checked. */
export function buildBinary(
	node: SyntaxNode,
	query: string,
	build: (child: SyntaxNode) => Expression,
): Expression {
	const children = childrenOf(node);
	const [leftNode, operatorNode] = children;
	const rightNode = children.at(-1);
	if (!leftNode || !operatorNode || !rightNode || children.length < 3)
		throw invalidQuery("it ends too early", node.to);
	const operator = OPERATORS[operatorNode.name];
	if (!operator) throw unsupportedQuery(`the operator ${textOf(operatorNode, query)}`);
	const modifiers = children.slice(2, -1);
	if (modifiers.some((child) => child.name === "FillModifier")) throw unsupportedQuery("the fill modifiers");
	const matchingNode = modifiers.find((child) => child.name === "MatchingModifierClause");
	const matching = matchingNode && buildMatching(matchingNode, query);
	const returnBool = modifiers.some((child) => child.name === "BoolModifier");
	const left = build(leftNode);
	const right = build(rightNode);
	checkOperands(operator, left, right, returnBool, matching !== undefined, operatorNode.from);
	const signed = operator === "^" && leftNode.name === "NumberDurationLiteral" && left.kind === "number";
	const negative = signed && textOf(leftNode, query).startsWith("-");
	// The grammar reads -1^2 as (-1)^2; in PromQL the power binds tighter than the sign.
	const base = negative ? { ...left, value: -left.value } : left;
	const operation: Expression = {
		kind: "binary",
		operator,
		left: base,
		right,
		returnBool,
		matching: matching ?? { on: false, labels: [] },
	};
	return negative ? { kind: "negation", operand: operation } : operation;
}

/** Minus or plus before an expression; only scalars and instant vectors have a sign. */
export function buildNegation(operand: Expression, negative: boolean, position: number): Expression {
	const type = typeOf(operand);
	if (type !== "scalar" && type !== "vector")
		throw invalidQuery(`a sign needs a scalar or an instant vector, not ${typeName(type)}`, position);
	return negative ? { kind: "negation", operand } : operand;
}

function buildMatching(node: SyntaxNode, query: string): VectorMatching {
	const children = childrenOf(node);
	const group = children.find((child) => child.name === "GroupLeft" || child.name === "GroupRight");
	if (group) throw unsupportedQuery(`${textOf(group, query)} (many-to-one matching)`);
	const labels = children.find((child) => child.name === "GroupingLabels");
	return {
		on: children[0]?.name === "On",
		labels: labels ? childrenOf(labels).map((label) => labelName(label, query)) : [],
	};
}

function checkOperands(
	operator: BinaryOperator,
	left: Expression,
	right: Expression,
	returnBool: boolean,
	matched: boolean,
	position: number,
): void {
	const types = [typeOf(left), typeOf(right)];
	for (const type of types)
		if (type !== "scalar" && type !== "vector")
			throw invalidQuery(`"${operator}" needs scalars or instant vectors, not ${typeName(type)}`, position);
	const scalars = types.filter((type) => type === "scalar").length;
	if (returnBool && !isComparison(operator))
		throw invalidQuery(`"bool" goes with comparisons, not with "${operator}"`, position);
	if (isSetOperator(operator) && scalars > 0)
		throw invalidQuery(`"${operator}" works between instant vectors only`, position);
	if (isComparison(operator) && scalars === 2 && !returnBool)
		throw invalidQuery(`a comparison of two scalars needs "bool": ${operator} bool`, position);
	if (matched && scalars > 0)
		throw invalidQuery("on() and ignoring() work between instant vectors only", position);
}
