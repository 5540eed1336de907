import type {
	PeopleList,
	PersonView,
	RoleRequest,
	SessionView,
} from "../../../web/src/api/types.generated.ts";

type People = PeopleList["items"];

export const ADMIN: PersonView = { id: "admin-1", name: "admin-1", role: "admin" };
export const OPERATOR: PersonView = { id: "operator-1", name: "operator-1", role: "operator" };

export const SESSION: SessionView = {
	person: ADMIN,
	csrfToken: "token-of-this-session",
	environment: "local",
	version: "0.1.0",
	demo: true,
};

/** Two admins, an operator with two accounts, a viewer and guests, in no order. */
export function knownPeople(guests = 3): People {
	return [
		{ id: "viewer-1", name: "viewer-1", role: "viewer", identities: ["teams:8f2c6a1e-tenant:29:1a2b3c"] },
		...Array.from({ length: guests }, (_, index) => ({
			id: `guest-${index + 1}`,
			name: `guest-${index + 1}`,
			role: "guest" as const,
			identities: [`slack:T01:U9${index}`],
		})),
		{ ...OPERATOR, identities: ["slack:T01:U02", "teams:8f2c6a1e-tenant:29:9z8y7x"] },
		{ ...ADMIN, identities: ["web-console:local:admin-1"] },
		{ id: "admin-2", name: "admin-2", role: "admin", identities: ["slack:T01:U01"] },
	];
}

export function hasAccount({ identity }: RoleRequest): (person: People[number]) => boolean {
	return ({ identities }) => identities.includes(identity);
}

/** The people once the role counts. */
export function withRole(people: People, request: RoleRequest): People {
	const asked = hasAccount(request);
	return people.map((person) => (asked(person) ? { ...person, role: request.role } : person));
}
