import { useState } from "react";
import type { PersonView } from "../../api/types.generated.ts";
import type { KnownPerson } from "../../lib/order-people.ts";
import { PeopleTable } from "./people-table.tsx";
import { GUESTS_ID } from "./role-form.tsx";

const AT_ONCE = 50;

/** The guests: counted, and listed when somebody wants to see them. */
export function Guests({ guests, me }: { readonly guests: readonly KnownPerson[]; readonly me: PersonView }) {
	const [open, setOpen] = useState(false);
	const [shown, setShown] = useState(AT_ONCE);
	const more = Math.min(AT_ONCE, guests.length - shown);
	if (guests.length === 0) return null;
	return (
		<details className="card guests" onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary id={GUESTS_ID}>
				{guests.length.toLocaleString("en-US")} {guests.length === 1 ? "guest" : "guests"}: public things only
			</summary>
			{open && <PeopleTable people={guests.slice(0, shown)} me={me} label="Guests" />}
			{open && more > 0 && (
				<div className="pad shallow ruled">
					<button type="button" className="button compact" onClick={() => setShown(shown + AT_ONCE)}>
						{more} more of {(guests.length - shown).toLocaleString("en-US")}
					</button>
				</div>
			)}
		</details>
	);
}
