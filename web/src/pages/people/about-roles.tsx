import { ROLE_WORDS, ROLES } from "../../lib/order-people.ts";

/** What each role may do. */
export function AboutRoles() {
	return (
		<section className="card pad">
			<h2>What a role may do</h2>
			<dl className="pairs below-head">
				{ROLES.map((role) => (
					<div key={role} className="pair">
						<dt>{role}</dt>
						<dd>{ROLE_WORDS[role]}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
