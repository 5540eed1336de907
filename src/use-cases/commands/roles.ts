import { type Actor, type Person, Role } from "../../domain/actor.ts";
import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import { identityText } from "../../domain/identity-text.ts";
import type { PeopleStore } from "../../ports/people-store.ts";
import type { Command } from "./command.ts";

const ROWS = 10;

export type RolesDeps = {
	readonly people: Pick<PeopleStore, "list" | "identitiesOf">;
	/** As the use case `grantRole`. */
	grantRole(actor: Actor, input: { readonly identity: string; readonly role: Role }): Promise<Person>;
};

/** Who may do what. */
export const roles: Command<RolesDeps> = {
	words: ["roles", "role"],
	does: "shows people with their roles, or gives one",
	reserved: true,
	forms: [
		{
			usage: "roles",
			does: "shows people with their roles and accounts",
			role: "viewer",
			pattern: /^roles?$/i,
			run: async (deps) => rolesMessage(await deps.people.list()),
		},
		{
			usage: "roles me",
			does: "shows who you are here, by id and role",
			role: "guest",
			pattern: /^roles?\s+me$/i,
			run: async (deps, { person }) => {
				const accounts = (await deps.people.identitiesOf(person.id)).map(identityText).join(", ");
				return chatMessage({ text: `You are ${withArticle(person.role)} here, as ${accounts}.` });
			},
		},
		{
			usage: "roles grant <platform:tenant:user> admin|operator|viewer|guest",
			does: "gives somebody a role",
			role: "admin",
			pattern: /^roles?\s+grant\s+(\S{1,320})\s+(admin|operator|viewer|guest)$/i,
			run: async (deps, { actor, match }) => {
				const role = Role.parse(match[2]?.toLowerCase());
				const person = await deps.grantRole(actor, { identity: match[1] ?? "", role });
				return chatMessage({ text: `${person.name} (${match[1]}) is ${withArticle(person.role)} now.` });
			},
		},
		{
			usage: "roles revoke <platform:tenant:user>",
			does: "makes somebody a guest",
			role: "admin",
			pattern: /^roles?\s+revoke\s+(\S{1,320})$/i,
			run: async (deps, { actor, match }) => {
				const person = await deps.grantRole(actor, { identity: match[1] ?? "", role: "guest" });
				return chatMessage({ text: `${person.name} (${match[1]}) is a guest now.` });
			},
		},
	],
};

function withArticle(role: Role): string {
	return `${/^[aeiou]/.test(role) ? "an" : "a"} ${role}`;
}

/** People with a role first; guests are counted. Pure. */
function rolesMessage(people: Awaited<ReturnType<PeopleStore["list"]>>): ChatMessage {
	const rank = Role.options;
	const known = people
		.filter((person) => person.role !== "guest")
		.toSorted((a, b) => rank.indexOf(a.role) - rank.indexOf(b.role));
	const guests = people.length - known.length;
	const more = known.length - ROWS;
	return chatMessage({
		text: `${known.length === 1 ? "1 person has" : `${known.length} people have`} a role here. Everybody else is a guest.`,
		table: {
			columns: [
				{ title: "Person", align: "left" },
				{ title: "Role", align: "left" },
				{ title: "Accounts", align: "left" },
			],
			rows: known
				.slice(0, ROWS)
				.map((person) => [person.name, person.role, person.identities.map(identityText).join(", ")]),
		},
		footer: [
			...(more > 0 ? [`and ${more} ${more === 1 ? "other" : "others"}: npm run roles -- list`] : []),
			...(guests > 0 ? [`${guests === 1 ? "1 guest" : `${guests} guests`} seen so far`] : []),
		],
	});
}
