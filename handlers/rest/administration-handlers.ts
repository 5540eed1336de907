import type { z } from "zod";
import { identityText } from "../../src/domain/identity-text.ts";
import type { RoleRequest } from "./administration-schema.ts";
import type { Caller } from "./identify-caller.ts";
import type { RestDeps } from "./rest-deps.ts";
import { type Reply, reply } from "./route.ts";

/** Everybody who was seen, with roles and accounts. */
export async function listPeople(deps: RestDeps) {
	const people = await deps.store.people.list();
	return {
		items: people.map(({ id, name, role, identities }) => ({
			id,
			name,
			role,
			identities: identities.map(identityText),
		})),
	};
}

/** Gives somebody a role. AppErrors `invalid`, `forbidden`, `conflict` (the last admin). */
export async function grantRole(
	deps: RestDeps,
	{ caller, body }: { readonly caller: Caller; readonly body: z.output<typeof RoleRequest> },
) {
	const { id, name, role } = await deps.useCases.grantRole(caller.actor, body);
	return { id, name, role };
}

/** Checks the installation. */
export async function runDoctor(deps: RestDeps) {
	const findings = await deps.useCases.runChecks();
	return { items: findings.map((finding) => ({ ...finding })) };
}

/** Channels and routes as they count now, as the configuration file would have them. */
export async function exportRouting(deps: RestDeps): Promise<Reply> {
	return reply({
		headers: { "content-type": "application/yaml; charset=utf-8" },
		body: await deps.useCases.exportRouting(),
	});
}
