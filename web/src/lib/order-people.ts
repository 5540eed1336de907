import type { PeopleList } from "../api/types.generated.ts";
import { countWords } from "./count-words.ts";

export type KnownPerson = PeopleList["items"][number];
export type Role = KnownPerson["role"];

/** From the role that may do most to the one that may do least. */
export const ROLES: readonly Role[] = ["admin", "operator", "viewer", "guest"];

/** What each role may do. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
	admin: "decides, gives roles and changes settings",
	operator: "asks for changes and decides on them",
	viewer: "sees everything, decides nothing",
	guest: "asks about public things and nothing else",
};

/** People with a role, those who may do most first, then by name; and the guests by name. */
export function orderPeople(people: readonly KnownPerson[]) {
	const sorted = people.toSorted(
		(a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.name.localeCompare(b.name, "en"),
	);
	return {
		withRole: sorted.filter(({ role }) => role !== "guest"),
		guests: sorted.filter(({ role }) => role === "guest"),
	};
}

/** Who may decide, as one sentence. */
export function peopleSentence(people: readonly KnownPerson[]): string {
	const deciding = people.filter(({ role }) => role === "admin" || role === "operator").length;
	if (deciding === 0) return "Nobody may decide.";
	return `${countWords(deciding, "person may decide", "people may decide")}.`;
}

/** How many there are of each role: "2 admins, 1 operator, 12 guests". */
export function roleCounts(people: readonly KnownPerson[]): string {
	const counts = ROLES.map((role) => ({ role, count: people.filter((each) => each.role === role).length }));
	return counts
		.filter(({ count }) => count > 0)
		.map(({ role, count }) => `${count.toLocaleString("en-US")} ${role}${count === 1 ? "" : "s"}`)
		.join(", ");
}
