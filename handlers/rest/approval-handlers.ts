import type { z } from "zod";
import { AppError } from "../../src/domain/errors.ts";
import type { DecisionRequest, ReasonRequest } from "./approval-schema.ts";
import { approvalViews } from "./approval-view.ts";
import type { Caller } from "./identify-caller.ts";
import { nextOf, pageOf } from "./page-of.ts";
import type { ApprovalQuery } from "./query-schema.ts";
import type { RestDeps } from "./rest-deps.ts";

type Asked = { readonly caller: Caller; readonly id: string };

/** One page of approvals, newest first. */
export async function listApprovals(
	deps: RestDeps,
	{ caller, query }: Pick<Asked, "caller"> & { readonly query: z.output<typeof ApprovalQuery> },
) {
	const filter = query.status ? { status: query.status } : {};
	const page = await deps.store.approvals.list(filter, pageOf(query));
	return { items: await approvalViews(deps, caller.actor, page.items), ...nextOf(page) };
}

/** One approval. AppError `not_found`. */
export async function readApproval(deps: RestDeps, { caller, id }: Asked) {
	const approval = await deps.store.approvals.get(id);
	if (!approval) throw new AppError("not_found", `There is no approval ${id}.`);
	const [view] = await approvalViews(deps, caller.actor, [approval]);
	if (!view) throw new AppError("internal", "The approval could not be shown.");
	return view;
}

/**
 * Decides on an approval. The body carries a verdict and a reason; what is decided on is read from the store.
 * AppErrors: `forbidden`, `not_found`, `conflict` and `gone` with the state it is in.
 */
export async function decide(
	deps: RestDeps,
	{ caller, id, body }: Asked & { readonly body: z.output<typeof DecisionRequest> },
) {
	const { verdict, reason, confirmation } = body;
	const input = {
		approvalId: id,
		verdict,
		...(reason === undefined ? {} : { reason }),
		...(confirmation === undefined ? {} : { confirmation }),
	};
	await deps.useCases.decideApproval(caller.actor, input);
	return readApproval(deps, { caller, id });
}

/** Adds why to the caller's own decision. AppErrors: `not_found`, `forbidden` where they decided nothing, `invalid`. */
export async function explain(
	deps: RestDeps,
	{ caller, id, body }: Asked & { readonly body: z.output<typeof ReasonRequest> },
) {
	await deps.useCases.explainDecision(caller.actor, { approvalId: id, reason: body.reason });
	return readApproval(deps, { caller, id });
}
