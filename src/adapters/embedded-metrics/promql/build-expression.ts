import type { SyntaxNode } from "@lezer/common";
import type { Expression } from "./ast.ts";
import { buildAggregation } from "./build-aggregation.ts";
import { buildBinary, buildNegation } from "./build-binary.ts";
import { buildCall } from "./build-call.ts";
import { buildMatrix, buildOffset, buildSelector } from "./build-selector.ts";
import { MAX_NESTING } from "./limits.ts";
import { parseNumber } from "./parse-literal.ts";
import { parseStringLiteral } from "./parse-string-literal.ts";
import { invalidQuery, unsupportedQuery } from "./query-error.ts";
import { childrenOf, textOf } from "./syntax-nodes.ts";

const UNSUPPORTED: Readonly<Record<string, string>> = {
	SubqueryExpr: "subqueries such as x[1h:1m]",
	StepInvariantExpr: "the @ modifier",
	AnchoredExpr: "the anchored modifier",
	SmoothedExpr: "the smoothed modifier",
};

/** A syntax node without errors as a typed expression; throws as `parseQuery` does. */
export function buildExpression(node: SyntaxNode, query: string, depth = 0): Expression {
	if (depth > MAX_NESTING) throw invalidQuery(`it is nested more than ${MAX_NESTING} levels deep`, node.from);
	const unsupported = UNSUPPORTED[node.name];
	if (unsupported) throw unsupportedQuery(unsupported);
	const build = (child: SyntaxNode): Expression => buildExpression(child, query, depth + 1);
	switch (node.name) {
		case "NumberDurationLiteral":
			return { kind: "number", value: parseNumber(textOf(node, query), node.from) };
		case "StringLiteral":
			return { kind: "string", value: parseStringLiteral(textOf(node, query), node.from) };
		case "VectorSelector":
			return buildSelector(node, query);
		case "MatrixSelector":
			return buildMatrix(node, query);
		case "OffsetExpr":
			return buildOffset(node, query, build);
		case "ParenExpr":
			return build(childrenOf(node)[0] ?? node);
		case "UnaryExpr":
			return buildUnary(node, query, build);
		case "BinaryExpr":
			return buildBinary(node, query, build);
		case "FunctionCall":
			return buildCall(node, query, build);
		case "AggregateExpr":
			return buildAggregation(node, query, build);
		default:
			throw unsupportedQuery(`the construct ${node.name}`);
	}
}

function buildUnary(node: SyntaxNode, query: string, build: (child: SyntaxNode) => Expression): Expression {
	const [operator, operand] = childrenOf(node);
	if (!operator || !operand) throw invalidQuery("it ends too early", node.to);
	return buildNegation(build(operand), textOf(operator, query) === "-", operand.from);
}
