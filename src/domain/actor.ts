import { z } from "zod";

/** What a person may do. Guests see public things only; viewers read; operators decide; admins also configure. */
export const Role = z.enum(["admin", "operator", "viewer", "guest"]);
export type Role = z.infer<typeof Role>;

/** A person on one platform. `userId` is unique only within (platform, tenant). */
export type Identity = { readonly platform: string; readonly tenant: string; readonly userId: string };

/** A human being with one or more linked identities. Authority comes from `role`, never from `name`. */
export type Person = { readonly id: string; readonly name: string; readonly role: Role };

/** Who does something. An API key acts as its owner; `agent` is the product reasoning by itself. */
export type Actor =
	| { readonly kind: "person"; readonly person: Person; readonly via: Identity }
	| { readonly kind: "api-key"; readonly keyId: string; readonly person: Person }
	| { readonly kind: "agent"; readonly name: string }
	| { readonly kind: "schedule"; readonly name: string }
	| { readonly kind: "system"; readonly name: string };

/** The person behind an actor, or undefined where the product itself acts. */
export function personOf(actor: Actor): Person | undefined {
	return actor.kind === "person" || actor.kind === "api-key" ? actor.person : undefined;
}

/** A stable id for the audit: `person:P1`, `agent:detection`. Linked accounts of a person give the same id. */
export function actorId(actor: Actor): string {
	const person = personOf(actor);
	if (person) return `person:${person.id}`;
	return actor.kind === "agent" || actor.kind === "schedule" || actor.kind === "system"
		? `${actor.kind}:${actor.name}`
		: "system:unknown";
}

/** The name people read. */
export function actorName(actor: Actor): string {
	const person = personOf(actor);
	if (person) return person.name;
	return actor.kind === "agent" || actor.kind === "schedule" || actor.kind === "system"
		? actor.name
		: "unknown";
}

const RANK: Readonly<Record<Role, number>> = { guest: 0, viewer: 1, operator: 2, admin: 3 };

/** Whether `role` includes all that `needed` may do. */
export function hasRole(role: Role, needed: Role): boolean {
	return RANK[role] >= RANK[needed];
}
