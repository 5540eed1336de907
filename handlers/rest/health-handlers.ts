import type { Caller } from "./identify-caller.ts";
import { nowView } from "./now-view.ts";
import type { RestDeps } from "./rest-deps.ts";
import { type Reply, reply } from "./route.ts";
import { statusView } from "./status-view.ts";

/** The process is alive and answers; says nothing about what it depends on. */
export async function readHealth() {
	return { status: "ok" as const };
}

/** Whether work may be sent here: 200, or 503 with the reasons. */
export async function readReadiness(deps: RestDeps): Promise<Reply> {
	const reasons = await deps.notReady();
	return reply({ status: reasons.length === 0 ? 200 : 503, body: { ready: reasons.length === 0, reasons } });
}

/** The metrics of this process, in Prometheus' text format. */
export async function readMetrics(deps: RestDeps): Promise<Reply> {
	const { contentType, text } = await deps.metricsText();
	return reply({ headers: { "content-type": contentType }, body: text });
}

/** How the installation is. */
export async function readStatus(deps: RestDeps) {
	return statusView(await deps.useCases.readStatus());
}

/** The Now page in one reading. */
export async function readNow(deps: RestDeps, { caller }: { readonly caller: Caller }) {
	return nowView(deps, caller.actor, await deps.useCases.readNow());
}

/** The description of this interface. */
export async function readOpenApi(deps: RestDeps): Promise<Reply> {
	return reply({ body: deps.openApi() });
}
