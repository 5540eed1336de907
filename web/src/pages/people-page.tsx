import type { SessionView } from "../api/types.generated.ts";
import { usePeople } from "../api/use-readings.ts";
import { Loading } from "../components/loading.tsx";
import { Outcome } from "../components/outcome.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Trouble } from "../components/trouble.tsx";
import { type KnownPerson, orderPeople, peopleSentence, roleCounts } from "../lib/order-people.ts";
import { AboutAccounts } from "./people/about-accounts.tsx";
import { AboutRoles } from "./people/about-roles.tsx";
import { Guests } from "./people/guests.tsx";
import { PeopleTable } from "./people/people-table.tsx";

/** Who may do what, and which accounts are the same person. */
export function PeoplePage({ session }: { readonly session: SessionView }) {
	const people = usePeople();
	if (!people.data) return people.error ? <Trouble error={people.error} /> : <Loading what="the people" />;
	const { items } = people.data;
	const { withRole, guests } = orderPeople(items);
	const me = session.person;
	return (
		<>
			<PageHead lead={`${roleCounts(items)}. A role belongs to accounts, never to a name.`}>
				{peopleSentence(items)}
			</PageHead>
			<div className="stack people">
				<div className="stack">
					{me.role !== "admin" && <Outcome>{whyNot(me.role, withRole)}</Outcome>}
					<section className="card" aria-labelledby="people">
						<header>
							<h2 id="people">With a role</h2>
						</header>
						{withRole.length === 0 ? (
							<p className="pad secondary">Nobody yet. Everybody who writes to the bot appears as a guest.</p>
						) : (
							<PeopleTable people={withRole} me={me} label="People with a role" />
						)}
					</section>
					<Guests guests={guests} me={me} />
				</div>
				<aside className="people-notes" aria-label="About roles and accounts">
					<AboutRoles />
					<AboutAccounts />
				</aside>
			</div>
		</>
	);
}

function whyNot(role: string, withRole: readonly KnownPerson[]): string {
	const admins = withRole.filter((person) => person.role === "admin").map(({ name }) => name);
	const named = admins.slice(0, 5).join(", ");
	const others = admins.length > 5 ? ` and ${admins.length - 5} others` : "";
	return `You are ${role}, so you can't change roles. An admin can: ${named ? `${named}${others}` : "there is none"}.`;
}
