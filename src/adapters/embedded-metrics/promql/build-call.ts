import type { SyntaxNode } from "@lezer/common";
import type { Expression, ValueType } from "./ast.ts";
import { functionSignatures, typeName, typeOf } from "./function-signatures.ts";
import { invalidQuery, unsupportedQuery } from "./query-error.ts";
import { childrenOf, textOf } from "./syntax-nodes.ts";

/** A function call with its arguments checked against the function's signature. */
export function buildCall(
	node: SyntaxNode,
	query: string,
	build: (child: SyntaxNode) => Expression,
): Expression {
	const [identifier, body] = childrenOf(node);
	if (!identifier || !body) throw invalidQuery("it ends too early", node.to);
	const name = textOf(identifier, query);
	const signature = functionSignatures.get(name);
	if (!signature) throw unsupportedQuery(`the function ${name}()`);
	const given = childrenOf(body);
	const most = signature.takes.length;
	const least = most - (signature.optional ?? 0);
	if (given.length < least || given.length > most) {
		const wanted = least === most ? `${most}` : `${least} to ${most}`;
		throw invalidQuery(`${name}() takes ${wanted} argument(s), not ${given.length}`, node.from);
	}
	const args = given.map((child, index) => {
		const argument = build(child);
		requireType(argument, signature.takes[index] ?? "vector", `${name}()`, child.from);
		return argument;
	});
	return { kind: "call", name, args };
}

/** Throws `invalid` unless the expression has the wanted type; `taker` is what takes it. */
export function requireType(
	expression: Expression,
	wanted: ValueType,
	taker: string,
	position: number,
): void {
	const got = typeOf(expression);
	if (got === wanted) return;
	const hint = wanted === "matrix" ? ", such as x[5m]," : "";
	throw invalidQuery(`${taker} needs ${typeName(wanted)}${hint} but is given ${typeName(got)}`, position);
}
