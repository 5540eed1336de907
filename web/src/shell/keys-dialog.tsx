import { type RefObject, useId } from "react";
import { setShortcutsOn, useShortcutsOn } from "../lib/preferences.ts";
import { PAGES } from "./pages.ts";

const KEYS: readonly (readonly [string, string])[] = [
	["/", "ask, or jump"],
	...PAGES.map((page) => [`g ${page.key}`, page.name] as const),
	["j k", "next and previous"],
	["Enter", "open"],
	["Esc", "close, or leave a field"],
	["A D", "approve, deny the card in focus; press twice"],
	["t", "light or dark"],
	["?", "this list"],
];

/** All keys, and the switch that turns the single ones off. */
export function KeysDialog({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
	const titleId = useId();
	const on = useShortcutsOn();
	return (
		<dialog ref={dialog} aria-labelledby={titleId}>
			<div className="stack close">
				<h2 id={titleId}>Keys</h2>
				<dl className="pairs">
					{KEYS.map(([keys, does]) => (
						<div key={keys} className="pair">
							<dt>
								{keys.split(" ").map((key) => (
									<kbd key={key}>{key}</kbd>
								))}
							</dt>
							<dd>{does}</dd>
						</div>
					))}
				</dl>
				<label className="small row">
					<input type="checkbox" checked={on} onChange={(event) => setShortcutsOn(event.target.checked)} />
					Single keys do something outside fields
				</label>
				<form method="dialog">
					<button type="submit" className="button">
						Close
					</button>
				</form>
			</div>
		</dialog>
	);
}
