import type { PersonView, SessionView } from "../../../web/src/api/types.generated.ts";

export const ADMIN: PersonView = { id: "admin-1", name: "admin-1", role: "admin" };
export const OPERATOR: PersonView = { id: "operator-1", name: "operator-1", role: "operator" };

export const SESSION: SessionView = {
	person: ADMIN,
	csrfToken: "token-of-this-session",
	environment: "local",
	version: "0.1.0",
	demo: true,
};
