import type { PageEnd } from "./use-stay-at-end.ts";

/** Something new below what is in view, to press. */
export function NewMessages({ end }: { readonly end: PageEnd }) {
	if (!end.somethingNew) return null;
	return (
		<div className="new-messages">
			<button type="button" className="button compact" onClick={end.goThere}>
				New below
			</button>
		</div>
	);
}
