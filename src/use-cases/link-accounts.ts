import { createHash } from "node:crypto";
import { type Actor, actorId, actorName, hasRole, type Person, personOf } from "../domain/actor.ts";
import { AppError } from "../domain/errors.ts";
import { identityText } from "../domain/identity-text.ts";
import type { Store } from "../ports/store.ts";

const MINUTES = 10;
/** Crockford's base 32: no letters that read as digits. Ten of them are 50 bits. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 10;

export type LinkDeps = {
	readonly store: Store;
	/** So many bytes that nobody can guess. */
	random(bytes: number): Uint8Array;
};

/** A code by which another account becomes this person's, once, within ten minutes. A new one replaces the old. */
export async function startLink(
	deps: LinkDeps,
	actor: Actor,
): Promise<{ readonly code: string; readonly minutes: number }> {
	const person = someone(actor);
	const letters = [...deps.random(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length] ?? "0").join("");
	const nowMs = await deps.store.now();
	await deps.store.people.addLinkCode({
		codeHash: hashOf(letters),
		personId: person.id,
		expiresAtMs: nowMs + MINUTES * 60_000,
	});
	return { code: `${letters.slice(0, 5)}-${letters.slice(5)}`, minutes: MINUTES };
}

/**
 * Makes the account that says the code, and all that is linked to it, the person who asked for the code. That person's
 * role stays: an account with a higher one can't be drawn in, so that a code sent by somebody else raises nobody.
 * @throws AppError `invalid` (unknown, used or expired code), `forbidden` (a higher role), `conflict` (the same person)
 */
export async function finishLink(deps: LinkDeps, actor: Actor, code: string): Promise<Person> {
	const me = someone(actor);
	const letters = code.toUpperCase().replaceAll(/[\s-]/g, "");
	const linked = await deps.store.transaction(async (stores) => {
		// What judges a run now ends first; whoever judges after this sees it.
		await stores.lockEffects();
		const owner = await stores.people.useLinkCode(hashOf(letters));
		if (!owner) return new AppError("invalid", "That code is not valid any more; ask for a new one.");
		const mine = (await stores.people.byId(me.id)) ?? me;
		if (owner.id === mine.id)
			return new AppError("conflict", "These accounts are one person already. Nothing changed.");
		if (hasRole(mine.role, owner.role) && mine.role !== owner.role)
			return new AppError(
				"forbidden",
				`This account is ${mine.role}, the other one only ${owner.role}: ask for the code with this account and write it with the other. Nothing changed.`,
			);
		const joining = await stores.people.identitiesOf(mine.id);
		const person = await stores.people.merge(owner.id, mine.id);
		await stores.audit.append({
			action: "people.linked",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `person:${person.id}`,
			summary: `${joining.map(identityText).join(", ")} and ${person.name} are one person now, as ${person.role}`,
			data: { kept: person.id, gone: mine.id, identities: joining.map(identityText), role: person.role },
		});
		return person;
	});
	if (linked instanceof AppError) throw linked;
	return linked;
}

function someone(actor: Actor): Person {
	const person = personOf(actor);
	if (person) return person;
	throw new AppError("forbidden", "Only people have accounts to link. Nothing changed.");
}

function hashOf(letters: string): string {
	return createHash("sha256").update(letters).digest("hex");
}
