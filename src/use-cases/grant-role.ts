import {
	type Actor,
	actorId,
	actorName,
	hasRole,
	type Person,
	personOf,
	type Role,
} from "../domain/actor.ts";
import { AppError } from "../domain/errors.ts";
import { identityProblem, identityText, parseIdentity } from "../domain/identity-text.ts";
import type { Store, Stores } from "../ports/store.ts";

/**
 * Gives the person of an identity a role. Somebody never seen before is known from now on, so that a role can be given
 * in advance. Idempotent; audited in the same transaction.
 * @throws AppError `forbidden` (not an admin), `invalid` (no identity, or one that nobody can have), `conflict` (the last admin would be gone)
 */
export async function grantRole(
	deps: { readonly store: Store },
	actor: Actor,
	input: { readonly identity: string; readonly role: Role },
): Promise<Person> {
	const identity = parseIdentity(input.identity);
	if (!identity)
		throw new AppError("invalid", "Write who as platform:tenant:user, such as slack:T0123:U0456.");
	return deps.store.transaction(async (stores) => {
		// What judges a run now ends first; whoever judges after this sees it.
		await stores.lockEffects();
		const granter = personOf(actor);
		const now = granter && (await stores.people.byId(granter.id));
		if (!now || !hasRole(now.role, "admin"))
			throw new AppError("forbidden", "Giving roles needs the role admin. Nothing changed.");
		const known = await stores.people.byIdentity(identity);
		const problem = known ? undefined : identityProblem(identity);
		if (problem !== undefined) throw new AppError("invalid", `${problem} Nothing changed.`);
		if (known?.role === input.role) return known;
		if (known?.role === "admin") await keepAnAdmin(stores, known);
		const person = known
			? await stores.people.setRole(known.id, input.role)
			: await stores.people.upsert(identity, identity.userId, input.role);
		await stores.audit.append({
			action: "role.granted",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `person:${person.id}`,
			summary: `${identityText(identity)} is ${input.role} now, was ${known?.role ?? "unknown"}`,
			data: { identity: identityText(identity), role: input.role, before: known?.role ?? null },
		});
		return person;
	});
}

async function keepAnAdmin(stores: Stores, leaving: Person): Promise<void> {
	const admins = (await stores.people.list()).filter(({ role }) => role === "admin");
	if (admins.every(({ id }) => id === leaving.id))
		throw new AppError(
			"conflict",
			"This is the last admin; make somebody else admin first. Nothing changed.",
		);
}
