import { ApprovalView } from "./approval-schema.ts";
import * as handlers from "./hold-handlers.ts";
import * as hold from "./hold-schema.ts";
import { type Route, route } from "./route.ts";

/** What stops changes, and what people say of a request beside deciding on it. */
export const HOLD_ROUTES: readonly Route[] = [
	route({
		method: "GET",
		path: "/api/v1/holds",
		auth: "viewer",
		summary: "What is frozen, and which maintenance is on and comes next.",
		response: hold.HoldsView,
		handler: handlers.readHolds,
	}),
	route({
		method: "POST",
		path: "/api/v1/freezes",
		auth: "operator",
		summary: "Stops changes at once, everywhere or within a scope; says what was under way already.",
		body: hold.FreezeRequest,
		response: hold.FrozenView,
		handler: handlers.freeze,
	}),
	route({
		method: "POST",
		path: "/api/v1/freezes/:id/reason",
		auth: "operator",
		summary: "Says why a freeze was made.",
		body: hold.FreezeReason,
		response: hold.HoldsView,
		refusals: [404],
		handler: handlers.explainFreeze,
	}),
	route({
		method: "POST",
		path: "/api/v1/freezes/:id/lift",
		auth: "admin",
		summary: "Lifts a freeze, with a reason. Nothing runs by that.",
		body: hold.FreezeReason,
		response: hold.HoldsView,
		refusals: [404, 409],
		handler: handlers.liftFreeze,
	}),
	route({
		method: "POST",
		path: "/api/v1/approvals/:id/cancel",
		auth: "viewer",
		summary: "Takes a request back until it runs: the person who asked, or an admin.",
		body: hold.CancelRequest,
		response: ApprovalView,
		refusals: [404, 409, 410],
		handler: handlers.cancel,
	}),
	route({
		method: "POST",
		path: "/api/v1/approvals/:id/resolve",
		auth: "operator",
		summary: "Says what came of a request whose outcome is not known. Nothing is sent again.",
		body: hold.ResolveRequest,
		response: ApprovalView,
		refusals: [404, 409],
		handler: handlers.resolve,
	}),
];
