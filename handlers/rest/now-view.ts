import type { z } from "zod";
import type { NowReading } from "../../src/use-cases/now-reading.ts";
import type { NowView } from "./api-schema.ts";
import { approvalViews } from "./approval-view.ts";
import type { PersonActor } from "./identify-caller.ts";
import { incidentView } from "./incident-view.ts";
import { isoTime } from "./iso-time.ts";
import { oneDecimal } from "./one-decimal.ts";
import type { RestDeps } from "./rest-deps.ts";

/** The Now page as the one who asks sees it. */
export async function nowView(
	deps: RestDeps,
	actor: PersonActor,
	reading: NowReading,
): Promise<z.input<typeof NowView>> {
	const [incident, waiting, unknown] = await Promise.all([
		reading.incident ? incidentView(deps, actor, reading.incident) : undefined,
		approvalViews(deps, actor, reading.waiting),
		approvalViews(deps, actor, reading.unknown),
	]);
	const { sentence, lead, openIncidents, watchesInside, watchesTotal, firstRun } = reading;
	return {
		sentence,
		lead,
		...(incident ? { incident } : {}),
		waiting,
		unknown,
		recent: reading.recent.map(({ atMs, ...event }) => ({ ...event, at: isoTime(atMs) })),
		openIncidents,
		watchesInside,
		watchesTotal,
		...(firstRun
			? { firstRun: { ...firstRun, startedInSeconds: oneDecimal(firstRun.startedInSeconds) } }
			: {}),
	};
}
