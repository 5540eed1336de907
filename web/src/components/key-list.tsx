import { setShortcutsOn, useShortcutsOn } from "../lib/preferences.ts";

type Props = { readonly keys: readonly (readonly [string, string])[] };

/** Keys and what they do, and the switch that turns the single ones off. */
export function KeyList({ keys }: Props) {
	const on = useShortcutsOn();
	return (
		<>
			<dl className="pairs">
				{keys.map(([pressed, does]) => (
					<div key={pressed} className="pair">
						<dt>
							{pressed.split(" ").map((key) => (
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
		</>
	);
}
