import type { PersonView } from "../../api/types.generated.ts";
import type { KnownPerson } from "../../lib/order-people.ts";
import { RoleForm } from "./role-form.tsx";

type Props = {
	readonly people: readonly KnownPerson[];
	readonly me: PersonView;
	readonly label: string;
};

/** People with role and accounts; an admin changes a role where it stands. */
export function PeopleTable({ people, me, label }: Props) {
	return (
		<div className="people-table">
			<table aria-label={label}>
				<thead>
					<tr>
						<th scope="col">Person</th>
						<th scope="col">Accounts</th>
						<th scope="col">Role</th>
					</tr>
				</thead>
				<tbody>
					{people.map((person) => (
						<tr key={person.id}>
							<td>
								<bdi className="strong">{person.name}</bdi>
								{person.id === me.id && <span className="meta"> · you</span>}
							</td>
							<td>
								<Accounts identities={person.identities} />
							</td>
							<td>{me.role === "admin" ? <RoleForm person={person} me={me} /> : person.role}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

/** An account breaks after its colons, and inside of a part only where that is longer than a line. */
function Accounts({ identities }: { readonly identities: readonly string[] }) {
	if (identities.length === 0) return <span className="meta">none</span>;
	return (
		<ul className="stack closest">
			{identities.map((identity) => (
				<li key={identity}>
					<code>
						{partsOf(identity).map(({ upTo, part }) => (
							<span key={upTo} className="id-part">
								{part}
							</span>
						))}
					</code>
				</li>
			))}
		</ul>
	);
}

function partsOf(identity: string): readonly { readonly upTo: string; readonly part: string }[] {
	const parts = identity.split(/(?<=:)/);
	return parts.map((part, index) => ({ upTo: parts.slice(0, index + 1).join(""), part }));
}
