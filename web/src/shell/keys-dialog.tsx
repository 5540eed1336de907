import { type RefObject, useId } from "react";
import { KeyList } from "../components/key-list.tsx";
import { KEYS } from "./keys.ts";

/** All keys, and the switch that turns the single ones off. */
export function KeysDialog({ dialog }: { readonly dialog: RefObject<HTMLDialogElement | null> }) {
	const titleId = useId();
	return (
		<dialog ref={dialog} aria-labelledby={titleId}>
			<div className="stack close">
				<h2 id={titleId}>Keys</h2>
				<KeyList keys={KEYS} />
				<form method="dialog">
					<button type="submit" className="button">
						Close
					</button>
				</form>
			</div>
		</dialog>
	);
}
