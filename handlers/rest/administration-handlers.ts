import type { z } from "zod";
import { AppError } from "../../src/domain/errors.ts";
import { identityText } from "../../src/domain/identity-text.ts";
import type { RoleRequest, SignedQuery } from "./administration-schema.ts";
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

/** A chart that was shared by its signed address, for platforms that fetch pictures. */
export async function readPicture(
	deps: RestDeps,
	{ id, query }: { readonly id: string; readonly query: z.output<typeof SignedQuery> },
): Promise<Reply> {
	const { status, headers = {}, body } = await deps.useCases.sharedPicture(id, query);
	if (Buffer.isBuffer(body)) return reply({ status, headers, body });
	throw new AppError(
		status === 403 ? "forbidden" : status === 410 ? "gone" : "not_found",
		"There is no such picture, or its address does not hold any more; open the incident in the console.",
	);
}

/** Channels and routes as they count now, as the configuration file would have them. */
export async function exportRouting(deps: RestDeps): Promise<Reply> {
	return reply({
		headers: { "content-type": "application/yaml; charset=utf-8" },
		body: await deps.useCases.exportRouting(),
	});
}
