import { announcement } from "../lib/announce.ts";
import { useStore } from "../lib/store.ts";

/** What screen readers are told: state changes politely, critical incidents and own failed decisions at once. */
export function LiveRegions() {
	const { tone, text } = useStore(announcement);
	return (
		<div className="hidden-visually">
			<div aria-live="polite">{tone === "polite" ? text : ""}</div>
			<div aria-live="assertive">{tone === "assertive" ? text : ""}</div>
		</div>
	);
}
