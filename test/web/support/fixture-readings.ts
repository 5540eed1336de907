import type { Chart } from "../../../web/src/api/types.generated.ts";
import { leakChart } from "./series.ts";
import { watchDetail } from "./watch-replays.ts";
import type { World } from "./world.ts";

/** What a GET reads, or undefined where nothing is at the address. */
export function readingOf(world: World, { pathname, searchParams }: URL): unknown {
	const [, , , name, id, part] = pathname.split("/");
	const page = (items: readonly unknown[]) => ({ items });
	switch (name) {
		case "session":
			return world.session;
		case "now":
			return world.now;
		case "status":
			return world.status;
		case "watches":
			return id ? watchDetail(world, decodeURIComponent(id)) : page(world.watches);
		case "incidents": {
			const status = searchParams.get("status");
			if (!id) return page(world.incidents.filter((incident) => incident.status === status));
			if (part === "chart") return chartOf(world, pathname, Number(searchParams.get("windowMinutes")));
			return world.incidents.find((incident) => incident.id === id);
		}
		case "approvals":
			if (part === "chart") return chartOf(world, pathname, 0);
			if (id) return world.approvals.find((approval) => approval.id === id);
			return page(
				world.approvals.filter(({ status }) => (searchParams.get("status") ?? status).includes(status)),
			);
		case "console":
			return page(world.messages);
		case "audit":
			return id === "verify" ? world.verification : page(world.audit);
		case "doctor":
			return page(world.findings);
		case "holds":
			return world.holds ?? { freezes: [], maintenance: [], next: [] };
		case "people":
			return page(world.people);
		case "rules":
			return page(world.rules);
		case "remediations":
			return page(world.remediations);
		default:
			return undefined;
	}
}

/** A message's own chart; an incident's own too, or over more minutes where asked for. */
export function chartOf(world: World, pathname: string, windowMinutes: number): Chart | undefined {
	const [, , , name, first, second] = pathname.split("/");
	if (name === "console") return world.messages.find(({ id }) => id === second)?.message.chart;
	if (name === "approvals") return world.approvalCharts?.[first ?? ""];
	const chart = world.incidents.find(({ id }) => id === first)?.message.chart;
	const asked = chart && windowMinutes > (chart.endMs - chart.startMs) / 60_000;
	return asked ? leakChart(chart.mark?.t ?? chart.endMs, windowMinutes) : chart;
}
