import type { z } from "zod";
import { AppError } from "../../src/domain/errors.ts";
import type { RuleStanding } from "../../src/use-cases/read-autonomy.ts";
import { approvalViews } from "./approval-view.ts";
import type { Caller } from "./identify-caller.ts";
import { isoTime } from "./iso-time.ts";
import type { ProposalRequest, RuleList } from "./proposal-schema.ts";
import type { RestDeps } from "./rest-deps.ts";

/** What this installation can be asked to do. */
export async function listRemediations(deps: RestDeps) {
	const items = deps.useCases.listRemediations().map(({ parameters, ...rest }) => ({
		...rest,
		parameters: Object(parameters) as Record<string, unknown>,
	}));
	return { items };
}

/** Every standing rule with the record of its present version. */
export async function listRules(deps: RestDeps) {
	const standings = await deps.useCases.readAutonomy();
	return { items: standings.map(ruleView) };
}

function ruleView({ rule, version, record, last }: RuleStanding): z.input<typeof RuleList>["items"][number] {
	const { lowerBound, ...counts } = record;
	const scored = record.right + record.wrong > 0;
	return {
		...rule,
		version,
		record: { ...counts, ...(scored ? { lowerBound } : {}) },
		...(last
			? {
					last: {
						at: isoTime(last.atMs),
						target: last.target,
						incidentId: last.incidentId,
						...(last.approvalId === undefined ? {} : { approvalId: last.approvalId }),
						...(last.note === undefined ? {} : { note: last.note }),
						...(last.score ? { verdict: last.score.verdict, reason: last.score.reason } : {}),
					},
				}
			: {}),
	};
}

/**
 * Makes a plan and asks for its approval. AppErrors: `forbidden` by policy, `not_found` for targets, `invalid` for
 * parameters, `conflict` where it is asked for already, or can't be now.
 */
export async function propose(
	deps: RestDeps,
	{ caller, body }: { readonly caller: Caller; readonly body: z.output<typeof ProposalRequest> },
) {
	const { remediation, parameters, incidentId } = body;
	const approval = await deps.useCases.propose(caller.actor, {
		remediation,
		parameters,
		...(incidentId === undefined ? {} : { incidentId }),
	});
	const [view] = await approvalViews(deps, caller.actor, [approval]);
	if (!view) throw new AppError("internal", "The approval could not be shown.");
	return view;
}
