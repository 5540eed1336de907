import type { SyntaxNode } from "@lezer/common";
import type { AggregateOperator, Aggregation, Expression } from "./ast.ts";
import { requireType } from "./build-call.ts";
import { labelName } from "./build-selector.ts";
import { invalidQuery, unsupportedQuery } from "./query-error.ts";
import { childrenOf, textOf } from "./syntax-nodes.ts";

const OPERATORS: readonly AggregateOperator[] = [
	"sum",
	"avg",
	"min",
	"max",
	"count",
	"topk",
	"bottomk",
	"quantile",
];
const WITH_PARAMETER: readonly AggregateOperator[] = ["topk", "bottomk", "quantile"];

/** `sum by (a) (x)` and its like, in either order of modifier and operand. */
export function buildAggregation(
	node: SyntaxNode,
	query: string,
	build: (child: SyntaxNode) => Expression,
): Aggregation {
	const children = childrenOf(node);
	const named = (name: string): SyntaxNode | undefined => children.find((child) => child.name === name);
	const operatorNode = named("AggregateOp");
	const body = named("FunctionCallBody");
	if (!operatorNode || !body) throw invalidQuery("it ends too early", node.to);
	const written = textOf(operatorNode, query).toLowerCase();
	const operator = OPERATORS.find((known) => known === written);
	if (!operator) throw unsupportedQuery(`the aggregation ${written}()`);
	const wanted = WITH_PARAMETER.includes(operator) ? 2 : 1;
	const given = childrenOf(body);
	const operandNode = given.at(-1);
	if (given.length !== wanted || !operandNode)
		throw invalidQuery(`${operator}() takes ${wanted} argument(s), not ${given.length}`, node.from);
	const operand = build(operandNode);
	requireType(operand, "vector", `${operator}()`, operandNode.from);
	const parameterNode = wanted === 2 ? given[0] : undefined;
	const parameter = parameterNode && build(parameterNode);
	if (parameter) requireType(parameter, "scalar", `the first argument of ${operator}()`, body.from);
	return {
		kind: "aggregation",
		operator,
		parameter,
		operand,
		...grouping(named("AggregateModifier"), query),
	};
}

function grouping(
	modifier: SyntaxNode | undefined,
	query: string,
): { readonly without: boolean; readonly grouping: readonly string[] } {
	if (!modifier) return { without: false, grouping: [] };
	const [keyword, labels] = childrenOf(modifier);
	const names = labels ? childrenOf(labels).map((label) => labelName(label, query)) : [];
	return { without: keyword?.name === "Without", grouping: [...new Set(names)].toSorted() };
}
