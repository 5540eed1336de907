import type { SyntaxNode } from "@lezer/common";

/** The named children of a node in order, without comments. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
	const children: SyntaxNode[] = [];
	for (let child = node.firstChild; child; child = child.nextSibling)
		if (child.name !== "LineComment") children.push(child);
	return children;
}

/** The source text of a node. */
export function textOf(node: SyntaxNode, query: string): string {
	return query.slice(node.from, node.to);
}
