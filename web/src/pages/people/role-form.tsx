import { type FormEvent, useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import type { PersonView } from "../../api/types.generated.ts";
import { useGrantRole } from "../../api/use-actions.ts";
import { announce } from "../../lib/announce.ts";
import { type KnownPerson, ROLE_WORDS, ROLES, type Role } from "../../lib/order-people.ts";
import { useStore } from "../../lib/store.ts";
import { connection } from "../../live/connection.ts";

export const GUESTS_ID = "guests";

/** The role of a person, to be changed by choosing and then confirming. It shows what counts, never what is hoped for. */
export function RoleForm({ person, me }: { readonly person: KnownPerson; readonly me: PersonView }) {
	const grant = useGrantRole();
	const notLive = useStore(connection).state === "lost";
	const [wanted, setWanted] = useState<Role>();
	const [identity] = person.identities;
	if (identity === undefined) return person.role;
	const chosen = wanted ?? person.role;
	const changes = chosen !== person.role;

	const submit = async (event: FormEvent) => {
		event.preventDefault();
		if (!changes || notLive || grant.isPending) return;
		try {
			const { role } = await grant.mutateAsync({ identity, role: chosen });
			announce(`${person.name} is ${role} now.`);
			setWanted(undefined);
			focusRoleOf(person.id);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			announce(error.message, "assertive");
			// A refusal is certain: the role is what it was.
			if (error.status >= 400 && error.status < 500) {
				setWanted(undefined);
				focusRoleOf(person.id);
			}
		}
	};
	return (
		<form className="role-form" onSubmit={(event) => void submit(event)}>
			<select
				id={selectId(person.id)}
				className="select"
				aria-label={`Role of ${person.name}`}
				value={chosen}
				disabled={grant.isPending}
				onChange={(event) => {
					grant.reset();
					setWanted(ROLES.find((role) => role === event.target.value));
				}}
			>
				{ROLES.map((role) => (
					<option key={role}>{role}</option>
				))}
			</select>
			{changes && (
				<>
					<p className="small secondary">
						{person.id === me.id && "This is your own role: you can't take it back. "}
						{capital(chosen)}: {ROLE_WORDS[chosen]}.
					</p>
					<div className="row wrap">
						<button type="submit" className="button primary compact" disabled={notLive || grant.isPending}>
							{grant.isPending ? "Sending…" : `Make ${chosen}`}
							<span className="hidden-visually"> for {person.name}</span>
						</button>
						<button
							type="button"
							className="button compact"
							disabled={grant.isPending}
							onClick={() => {
								setWanted(undefined);
								focusRoleOf(person.id);
							}}
						>
							Keep {person.role}
						</button>
					</div>
					{notLive && <p className="small secondary">Not live: roles wait until the connection is back.</p>}
				</>
			)}
			{grant.error && (
				<p className="small critical">
					{grant.error.message}
					{changes && " The change may not have arrived; the list shows what counts."}
				</p>
			)}
		</form>
	);
}

function selectId(personId: string): string {
	return `role-${personId}`;
}

/** The row may have moved to the other list meanwhile, or into the folded one. */
function focusRoleOf(personId: string): void {
	requestAnimationFrame(() => {
		const select = document.getElementById(selectId(personId));
		(select ?? document.getElementById(GUESTS_ID))?.focus();
	});
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
