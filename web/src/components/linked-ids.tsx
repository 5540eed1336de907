import { Link } from "wouter";
import { splitIds } from "../lib/split-ids.ts";

/** A sentence in which incidents and approvals are links to them. */
export function LinkedIds({ text }: { readonly text: string }) {
	return splitIds(text).map(({ start, text: words, path }) =>
		path ? (
			<Link key={start} href={path}>
				{words}
			</Link>
		) : (
			words
		),
	);
}
