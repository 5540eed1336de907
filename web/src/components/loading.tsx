import { useSlow } from "../lib/use-slow.ts";

const SHOWN_AFTER_MS = 300;

/** What stands in the place of a page that is being read, once that takes long enough to be noticed. */
export function Loading({ what }: { readonly what: string }) {
	const shown = useSlow(true, SHOWN_AFTER_MS);
	return (
		<div className="loading stack close" role="status">
			{shown && (
				<>
					<p className="secondary">Reading {what}…</p>
					<div className="loading-lines" aria-hidden="true">
						<span />
						<span />
						<span />
					</div>
				</>
			)}
		</div>
	);
}
