import type { z } from "zod";
import type { Freeze } from "../../src/domain/freeze.ts";
import { freezeText, scopeText } from "../../src/domain/judge-freeze.ts";
import type { MaintenanceSpan } from "../../src/domain/maintenance.ts";
import { readApproval } from "./approval-handlers.ts";
import type {
	CancelRequest,
	FreezeReason,
	FreezeRequest,
	FreezeView,
	MaintenanceView,
	ResolveRequest,
} from "./hold-schema.ts";
import type { Caller } from "./identify-caller.ts";
import { isoTime, optionalTime } from "./iso-time.ts";
import type { RestDeps } from "./rest-deps.ts";

type Asked<Body> = { readonly caller: Caller; readonly id: string; readonly body: Body };

/** What is frozen, and which maintenance is on and comes next. */
export async function readHolds(deps: RestDeps) {
	const { freezes, maintenance, next } = await deps.useCases.readHolds();
	return {
		freezes: freezes.map(freezeView),
		maintenance: maintenance.map(maintenanceView),
		next: next.map(maintenanceView),
	};
}

/** Stops changes. AppErrors: `forbidden`, `invalid`. */
export async function freeze(
	deps: RestDeps,
	{ caller, body }: Omit<Asked<z.output<typeof FreezeRequest>>, "id">,
) {
	const { minutes, reason, ...scope } = body;
	const frozen = await deps.useCases.freezeEffects(caller.actor, {
		scope,
		...(minutes === undefined ? {} : { untilMs: (await deps.store.now()) + minutes * 60_000 }),
		...(reason === undefined ? {} : { reason }),
	});
	return {
		freeze: freezeView(frozen.freeze),
		underway: frozen.underway.map(({ id, plan, status }) => ({ id, title: plan.title, status })),
	};
}

/** Says why a freeze was made. AppErrors: `forbidden`, `not_found`, `invalid`. */
export async function explainFreeze(
	deps: RestDeps,
	{ caller, id, body }: Asked<z.output<typeof FreezeReason>>,
) {
	await deps.useCases.explainFreeze(caller.actor, { freezeId: id, reason: body.reason });
	return readHolds(deps);
}

/** Lifts a freeze. AppErrors: `forbidden`, `not_found`, `conflict` with who was first, `invalid`. */
export async function liftFreeze(deps: RestDeps, { caller, id, body }: Asked<z.output<typeof FreezeReason>>) {
	await deps.useCases.liftFreeze(caller.actor, { freezeId: id, reason: body.reason });
	return readHolds(deps);
}

/** Takes a request back. AppErrors: `forbidden`, `not_found`, `conflict` and `gone` with the state it is in. */
export async function cancel(deps: RestDeps, { caller, id, body }: Asked<z.output<typeof CancelRequest>>) {
	const { reason } = body;
	await deps.useCases.cancelApproval(caller.actor, {
		approvalId: id,
		...(reason === undefined ? {} : { reason }),
	});
	return readApproval(deps, { caller, id });
}

/** Says what came of a request of unknown outcome. AppErrors: `forbidden`, `not_found`, `conflict`, `invalid`. */
export async function resolve(deps: RestDeps, { caller, id, body }: Asked<z.output<typeof ResolveRequest>>) {
	await deps.useCases.resolveUnknown(caller.actor, { approvalId: id, ...body });
	return readApproval(deps, { caller, id });
}

function freezeView(frozen: Freeze): z.input<typeof FreezeView> {
	const { id, scope, actorName, createdAtMs, untilMs, reason } = frozen;
	return {
		id,
		covers: scopeText(scope),
		by: actorName,
		since: isoTime(createdAtMs),
		...optionalTime("until", untilMs),
		...(reason === undefined ? {} : { reason }),
		text: freezeText(frozen),
	};
}

function maintenanceView({ name, match, startMs, endMs }: MaintenanceSpan): z.input<typeof MaintenanceView> {
	return { name, covers: scopeText(match), startsAt: isoTime(startMs), endsAt: isoTime(endMs) };
}
