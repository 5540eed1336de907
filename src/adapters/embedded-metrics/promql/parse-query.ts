import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import type { Expression } from "./ast.ts";
import { buildExpression } from "./build-expression.ts";
import { MAX_NESTING, MAX_QUERY_CHARS } from "./limits.ts";
import { invalidQuery, quoted } from "./query-error.ts";

/**
 * The query as a checked expression. Reads Prometheus' official grammar; throws an AppError that is `invalid` (with
 * position and what was found) for text that is no PromQL, and `unsupported` (naming the construct) for PromQL beyond
 * the built-in list. Pure.
 */
export function parseQuery(query: string): Expression {
	if (query.length > MAX_QUERY_CHARS)
		throw invalidQuery(`it has ${query.length} characters, at most ${MAX_QUERY_CHARS} are read`);
	if (query.trim() === "") throw invalidQuery("it is empty");
	// Each power before a sign splits the parser's stack, which takes a second for thousands of them.
	if (query.split("^").length > MAX_NESTING) throw invalidQuery(`it has more than ${MAX_NESTING - 1} "^"`);
	const tree = parser.parse(query);
	refuseSyntaxErrors(tree, query);
	const root = firstExpression(tree.topNode);
	if (!root) throw invalidQuery("it holds no expression");
	return buildExpression(root, query);
}

function firstExpression(top: SyntaxNode): SyntaxNode | undefined {
	for (let child = top.firstChild; child; child = child.nextSibling)
		if (child.name !== "LineComment") return child;
	return undefined;
}

function refuseSyntaxErrors(tree: Tree, query: string): void {
	tree.iterate({
		enter(node) {
			if (!node.type.isError) return;
			const rest = query.slice(node.from).trimStart();
			if (rest === "") throw invalidQuery("it ends too early", query.length);
			const found = quoted(/^(?:[\w:.]+|\S)/.exec(rest)?.[0] ?? rest);
			const name = unknownFunction(query, node.from);
			if (name) throw invalidQuery(`there is no function ${quoted(name)}`, node.from - name.length);
			throw invalidQuery(`found ${found} where it does not belong`, query.length - rest.length);
		},
	});
}

/** The name before an opening bracket that the grammar could not take, which is how an unknown function looks. */
function unknownFunction(query: string, at: number): string | undefined {
	if (query[at] !== "(") return undefined;
	return /[a-zA-Z_]\w*$/.exec(query.slice(0, at))?.[0];
}
