import type { SyntaxNode } from "@lezer/common";
import type { Expression, MatcherText, MatchOperator, MatrixSelector, VectorSelector } from "./ast.ts";
import { compileMatcher } from "./compile-matcher.ts";
import { parseDurationMs } from "./parse-literal.ts";
import { parseStringLiteral } from "./parse-string-literal.ts";
import { invalidQuery, quoted, unsupportedQuery } from "./query-error.ts";
import { childrenOf, textOf } from "./syntax-nodes.ts";

/** `name{a="b"}` with its matchers checked: expressions compile, and not every matcher accepts the empty text. */
export function buildSelector(node: SyntaxNode, query: string): VectorSelector {
	const matchers: MatcherText[] = [];
	for (const child of childrenOf(node)) {
		if (child.name === "Identifier")
			matchers.push({ name: "__name__", operator: "=", value: textOf(child, query) });
		else for (const matcher of childrenOf(child)) matchers.push(buildMatcher(matcher, query));
	}
	const names = matchers.filter((matcher) => matcher.name === "__name__");
	if (names.length > 1 && names[0] === matchers[0] && childrenOf(node)[0]?.name === "Identifier")
		throw invalidQuery("the metric name is set twice", node.from);
	if (matchers.every((matcher) => compileMatcher(matcher).matches("")))
		throw invalidQuery(
			"a selector needs at least one matcher that does not accept an empty value",
			node.from,
		);
	return { kind: "selector", matchers, offsetMs: 0 };
}

function buildMatcher(node: SyntaxNode, query: string): MatcherText {
	const [label, operator, value] = childrenOf(node);
	if (!label) throw invalidQuery("it ends too early", node.to);
	if (node.name === "QuotedLabelName")
		return { name: "__name__", operator: "=", value: parseStringLiteral(textOf(node, query), node.from) };
	if (!operator || !value) throw invalidQuery("it ends too early", node.to);
	const matcher: MatcherText = {
		name: labelName(label, query),
		operator: textOf(operator, query) as MatchOperator,
		value: parseStringLiteral(textOf(value, query), value.from),
	};
	compileMatcher(matcher, value.from);
	return matcher;
}

/** The name in a LabelName or QuotedLabelName node. */
export function labelName(node: SyntaxNode, query: string): string {
	const text = textOf(node, query);
	return node.name === "QuotedLabelName" ? parseStringLiteral(text, node.from) : text;
}

/** `selector[5m]`; only a selector itself may carry the range. */
export function buildMatrix(node: SyntaxNode, query: string): MatrixSelector {
	const [operand, duration] = childrenOf(node);
	if (!operand || !duration) throw invalidQuery("it ends too early", node.to);
	if (operand.name !== "VectorSelector")
		throw invalidQuery(
			`a range needs a plain selector before it, not ${quoted(textOf(operand, query))}`,
			operand.from,
		);
	const rangeMs = durationOf(duration, query);
	if (rangeMs <= 0) throw invalidQuery("a range must be longer than 0", duration.from);
	return { kind: "matrix", selector: buildSelector(operand, query), rangeMs };
}

/** `selector offset 5m` or `selector[5m] offset -5m`. */
export function buildOffset(
	node: SyntaxNode,
	query: string,
	build: (child: SyntaxNode) => Expression,
): Expression {
	const [operand, , duration] = childrenOf(node);
	if (!operand || !duration) throw invalidQuery("it ends too early", node.to);
	const offsetMs = durationOf(duration, query);
	if (operand.name === "OffsetExpr") throw invalidQuery("the offset is set twice", duration.from);
	const inner = build(operand);
	if (operand.name === "VectorSelector" && inner.kind === "selector") return { ...inner, offsetMs };
	if (operand.name === "MatrixSelector" && inner.kind === "matrix")
		return { ...inner, selector: { ...inner.selector, offsetMs } };
	throw invalidQuery("an offset belongs right after a selector or a range", duration.from);
}

function durationOf(node: SyntaxNode, query: string): number {
	const children = childrenOf(node);
	const last = children.at(-1);
	if (last?.name === "NumberDurationLiteralInDurationContext" && children.length === 1)
		return parseDurationMs(textOf(last, query), last.from);
	if (children.length === 2 && children[0]?.name === "UnaryOp" && last)
		return (textOf(children[0], query) === "-" ? -1 : 1) * durationOf(last, query);
	throw unsupportedQuery(`the calculated duration ${quoted(textOf(node, query))}`);
}
