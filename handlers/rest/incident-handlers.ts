import type { z } from "zod";
import { AppError } from "../../src/domain/errors.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { finiteChart } from "../../src/use-cases/finite-chart.ts";
import { anomalyView } from "./anomaly-view.ts";
import { svgReply } from "./chart-svg.ts";
import type { Caller } from "./identify-caller.ts";
import { incidentSummary, incidentView } from "./incident-view.ts";
import { nextOf, pageOf } from "./page-of.ts";
import type { AnomalyQuery, ChartQuery, ChartSvgQuery, IncidentQuery } from "./query-schema.ts";
import type { RestDeps } from "./rest-deps.ts";
import type { Reply } from "./route.ts";

type Asked = { readonly caller: Caller; readonly id: string };

/** One page of incidents, newest first. */
export async function listIncidents(
	deps: RestDeps,
	{ caller, query }: Pick<Asked, "caller"> & { readonly query: z.output<typeof IncidentQuery> },
) {
	const filter = query.status ? { status: query.status } : {};
	const page = await deps.store.incidents.list(filter, pageOf(query));
	const items = page.items.map((incident) => incidentSummary(deps, caller.actor, incident));
	return { items: await Promise.all(items), ...nextOf(page) };
}

/** One incident with its timeline and message. AppError `not_found`. */
export async function readIncident(deps: RestDeps, { caller, id }: Asked) {
	return incidentView(deps, caller.actor, await incidentOf(deps, id));
}

async function incidentOf(deps: RestDeps, id: string): Promise<Incident> {
	const incident = await deps.store.incidents.get(id);
	if (!incident) throw new AppError("not_found", `There is no incident ${id}.`);
	return incident;
}

/** The chart of an incident as data. AppError `not_found`. */
export async function readIncidentChart(
	deps: RestDeps,
	{ id, query }: Pick<Asked, "id"> & { readonly query: z.output<typeof ChartQuery> },
) {
	const incident = await incidentOf(deps, id);
	return finiteChart(await deps.useCases.incidentChart(incident.id, query.windowMinutes));
}

/** The chart of an incident as a picture. AppError `not_found`. */
export async function drawIncidentChart(
	deps: RestDeps,
	{ id, query }: Pick<Asked, "id"> & { readonly query: z.output<typeof ChartSvgQuery> },
): Promise<Reply> {
	return svgReply(deps, await readIncidentChart(deps, { id, query }), query);
}

/** One page of anomalies, newest first. */
export async function listAnomalies(
	deps: RestDeps,
	{ query }: { readonly query: z.output<typeof AnomalyQuery> },
) {
	const filter = query.status ? { status: query.status } : {};
	const page = await deps.store.anomalies.list(filter, pageOf(query));
	return { items: page.items.map((anomaly) => anomalyView(deps.board, anomaly)), ...nextOf(page) };
}

/** One anomaly. AppError `not_found`. */
export async function readAnomaly(deps: RestDeps, { id }: Pick<Asked, "id">) {
	const anomaly = await deps.store.anomalies.get(id);
	if (!anomaly) throw new AppError("not_found", `There is no anomaly ${id}.`);
	return anomalyView(deps.board, anomaly);
}
