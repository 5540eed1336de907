import type { QueryTrace } from "../api/types.generated.ts";

/** The queries behind the numbers, folded away until wanted. */
export function Queries({ queries }: { readonly queries: readonly QueryTrace[] }) {
	if (queries.length === 0) return null;
	return (
		<details>
			<summary>{queries.length === 1 ? "1 query" : `${queries.length} queries`}</summary>
			<QueryList queries={queries} />
		</details>
	);
}

/** Each query with its name, what it was for and the span it covers. `anchors` makes them targets of evidence links. */
export function QueryList(props: { readonly queries: readonly QueryTrace[]; readonly anchors?: boolean }) {
	return (
		<ul className="queries">
			{props.queries.map((query) => (
				<li key={query.id} id={props.anchors ? query.id : undefined}>
					<div className="small">
						<span className="tag">{query.id}</span> {query.purpose}
						<span className="meta"> · {query.span}</span>
					</div>
					<pre>{query.query}</pre>
				</li>
			))}
		</ul>
	);
}
