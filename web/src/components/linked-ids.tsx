import { Link } from "wouter";
import { splitIds } from "../lib/split-ids.ts";
import { RichLine } from "./rich-text.tsx";

/** A line of message text in which incidents and approvals are links to them. */
export function LinkedIds({ text }: { readonly text: string }) {
	return splitIds(text).map(({ start, text: words, path }) =>
		path ? (
			<Link key={start} href={path}>
				{words}
			</Link>
		) : (
			<RichLine key={start} text={words} />
		),
	);
}
