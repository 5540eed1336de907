import { ApprovalView } from "./approval-schema.ts";
import { listRemediations, listRules, propose } from "./proposal-handlers.ts";
import { ProposalRequest, RemediationList, RuleList } from "./proposal-schema.ts";
import { type Route, route } from "./route.ts";

/** What can be asked for, and asking. */
export const PROPOSAL_ROUTES: readonly Route[] = [
	route({
		method: "GET",
		path: "/api/v1/remediations",
		auth: "viewer",
		summary: "What can be asked for, with the JSON Schema of its parameters.",
		response: RemediationList,
		handler: listRemediations,
	}),
	route({
		method: "GET",
		path: "/api/v1/rules",
		auth: "viewer",
		summary: "Standing rules, each with its record: what it said, and how often that was right.",
		response: RuleList,
		handler: listRules,
	}),
	route({
		method: "POST",
		path: "/api/v1/approvals",
		auth: "viewer",
		summary:
			"Plans a remediation and asks for its approval; who may ask is the policy's word. Changes nothing.",
		body: ProposalRequest,
		response: ApprovalView,
		refusals: [404, 409, 422],
		handler: propose,
	}),
];
