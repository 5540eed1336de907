import { type Actor, hasRole, type Person, personOf, type Role } from "../domain/actor.ts";
import { AppError } from "../domain/errors.ts";
import type { Stores } from "../ports/store.ts";

/**
 * The person behind an actor as the store has them at this moment, with at least `role`: who was demoted since signing
 * in is refused. AppError `forbidden`, also for what is no person.
 */
export async function actingPerson(
	{ people }: Pick<Stores, "people">,
	actor: Actor,
	role: Role = "guest",
): Promise<Person> {
	const who = personOf(actor);
	if (!who) throw new AppError("forbidden", "Only a person can do this; nothing changed.");
	const person = await people.byId(who.id);
	if (!person) throw new AppError("forbidden", "You are not known here any more; nothing changed.");
	if (!hasRole(person.role, role))
		throw new AppError("forbidden", `Not done: this needs the role ${role}. Nothing changed.`);
	return person;
}
