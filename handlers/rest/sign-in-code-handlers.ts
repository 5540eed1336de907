import type { z } from "zod";
import { actorId, actorName, hasRole, type Person } from "../../src/domain/actor.ts";
import { AppError } from "../../src/domain/errors.ts";
import { identityText, parseIdentity } from "../../src/domain/identity-text.ts";
import type { Stores } from "../../src/ports/store.ts";
import type { GiveCodeRequest, GivenCodeView } from "./administration-schema.ts";
import type { Caller } from "./identify-caller.ts";
import { isoTime } from "./iso-time.ts";
import { personView } from "./person-view.ts";
import type { RestDeps } from "./rest-deps.ts";
import { hashSecret, newSecret } from "./secrets.ts";

const CODE_SECONDS = 30 * 60;
const CONSOLE = "web-console";

/**
 * A code that opens the console once within 30 minutes: for the caller, or for the person of another account of the
 * console. Audited with whom it is for and who asked, never with the code.
 * @throws AppError `invalid` (no such account can be), `not_found` (nobody has it), `forbidden` (it has no role, or chat knows the person)
 */
export async function newSignInCode(
	deps: RestDeps,
	{ caller, body }: { readonly caller: Caller; readonly body: z.output<typeof GiveCodeRequest> },
): Promise<z.input<typeof GivenCodeView>> {
	const code = newSecret(deps.random);
	const { actor } = caller;
	const identity = body?.identity;
	return deps.store.transaction(async (stores) => {
		const person =
			identity === undefined ? actor.person : await personFor(stores, actor.person, identity.trim());
		const isOwn = person.id === actor.person.id;
		const expiresAtMs = (await stores.now()) + CODE_SECONDS * 1000;
		await stores.people.addSignInCode({ codeHash: hashSecret(code), personId: person.id, expiresAtMs });
		await stores.audit.append({
			action: isOwn ? "session.code_made" : "session.code_given",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `person:${person.id}`,
			summary: isOwn
				? `${actorName(actor)} asked for a sign-in link`
				: `${actorName(actor)} made a link that signs in as ${person.name} (${identity}, ${person.role})`,
			data: isOwn ? {} : { identity, role: person.role },
		});
		return { code, expiresAt: isoTime(expiresAtMs), person: personView(person) };
	});
}

/** Whoever can be reached in chat proves there who they are: nobody else is handed their name. */
async function personFor(stores: Stores, caller: Person, text: string): Promise<Person> {
	const identity = parseIdentity(text);
	if (!identity)
		throw new AppError("invalid", "Write whom as platform:tenant:user, such as web-console:local:bob.");
	const name = identityText(identity);
	const person = await stores.people.byIdentity(identity);
	if (person?.id === caller.id) return person;
	if (identity.platform !== CONSOLE)
		throw new AppError(
			"forbidden",
			`A link is made for accounts of the console only, and ${name} is none; give the person one with "npm run roles -- grant web-console:local:<name> <role>".`,
		);
	if (!person)
		throw new AppError(
			"not_found",
			`Nobody is known as ${name}; give a role first: "npm run roles -- grant ${name} operator".`,
		);
	if (!hasRole(person.role, "viewer"))
		throw new AppError(
			"forbidden",
			`${name} has no role that may use the console; give one: "npm run roles -- grant ${name} operator".`,
		);
	if ((await stores.people.identitiesOf(person.id)).some(({ platform }) => platform !== CONSOLE))
		throw new AppError(
			"forbidden",
			`${person.name} has an account in chat too, so nobody else is given a link that signs in as them.`,
		);
	return person;
}
