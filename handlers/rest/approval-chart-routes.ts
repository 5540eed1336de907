import type { z } from "zod";
import { Chart } from "../../src/domain/chart.ts";
import { finiteChart } from "../../src/use-cases/finite-chart.ts";
import { SVG, svgReply } from "./chart-svg.ts";
import { MessageChartQuery, NoQuery } from "./query-schema.ts";
import type { RestDeps } from "./rest-deps.ts";
import { type Reply, type Route, route } from "./route.ts";

/** The checked metric around the change of a request. AppError `not_found`, also where it has none. */
async function readApprovalChart(deps: RestDeps, { id }: { readonly id: string }) {
	return finiteChart(await deps.useCases.approvalChart(id));
}

async function drawApprovalChart(
	deps: RestDeps,
	{ id, query }: { readonly id: string; readonly query: z.output<typeof MessageChartQuery> },
): Promise<Reply> {
	return svgReply(deps, await readApprovalChart(deps, { id }), query);
}

/** Before and after the change of a request. */
export const APPROVAL_CHART_ROUTES: readonly Route[] = [
	route({
		method: "GET",
		path: "/api/v1/approvals/:id/chart",
		auth: "viewer",
		summary: "The checked metric before and after the change of an approval, as data.",
		query: NoQuery,
		response: Chart,
		refusals: [404],
		handler: readApprovalChart,
	}),
	route({
		method: "GET",
		path: "/api/v1/approvals/:id/chart.svg",
		auth: "viewer",
		summary: "The checked metric before and after the change of an approval, as a picture.",
		query: MessageChartQuery,
		response: SVG,
		refusals: [404],
		handler: drawApprovalChart,
	}),
];
