import { Link } from "wouter";
import type { IncidentView } from "../api/types.generated.ts";
import { useIncident } from "../api/use-readings.ts";
import { Loading } from "../components/loading.tsx";
import { LoopRail } from "../components/loop-rail.tsx";
import { MessageTable } from "../components/message-table.tsx";
import { PageHead } from "../components/page-head.tsx";
import { QueryList } from "../components/queries.tsx";
import { SeverityChip, StateChip } from "../components/state-chip.tsx";
import { Trouble } from "../components/trouble.tsx";
import { formatSpan } from "../lib/format-time.ts";
import { useClock } from "../lib/use-clock.ts";
import { Findings } from "./incident/findings.tsx";
import { IncidentChart } from "./incident/incident-chart.tsx";
import { PlanCard } from "./incident/plan-card.tsx";
import { Timeline } from "./incident/timeline.tsx";

/** One incident: what is wrong, why and how we know, what can be done. */
export function IncidentPage({ id }: { readonly id: string }) {
	const incident = useIncident(id);
	if (!incident.data)
		return incident.error ? (
			<Trouble error={incident.error} back={{ href: "/incidents", label: "All incidents" }} />
		) : (
			<Loading what="the incident" />
		);
	const { message, title, severity, state, timeline } = incident.data;
	return (
		<>
			<nav className="crumb" aria-label="Breadcrumb">
				<Link href="/incidents">Incidents</Link> / {incident.data.id}
			</nav>
			<PageHead>{message.title ?? title}</PageHead>
			<div className="row wrap incident-states">
				<SeverityChip severity={severity} />
				<StateChip state={state} />
				<Extent incident={incident.data} />
			</div>
			<div className="incident-rail">
				<LoopRail steps={message.loop} />
			</div>
			<div className="columns">
				<div className="stack">
					{message.chart && <IncidentChart incident={incident.data} chart={message.chart} />}
					<Findings incident={incident.data} />
					{message.table && (
						<section className="card pad">
							<MessageTable table={message.table} />
						</section>
					)}
					{message.queries.length > 0 && (
						<section className="card pad stack close" aria-labelledby="queries">
							<h2 id="queries">Queries</h2>
							<QueryList queries={message.queries} anchors />
						</section>
					)}
				</div>
				<aside className="stack" aria-label="Plan and timeline">
					<PlanCard incident={incident.data} />
					<Timeline entries={timeline} />
				</aside>
			</div>
		</>
	);
}

function Extent({ incident }: { readonly incident: IncidentView }) {
	const nowMs = useClock();
	const endMs = incident.resolvedAt ? Date.parse(incident.resolvedAt) : nowMs;
	const anomalies = incident.anomalies.length;
	return (
		<span className="small secondary">
			{[
				formatSpan(endMs - Date.parse(incident.openedAt)),
				incident.target,
				anomalies === 1 ? "1 anomaly" : `${anomalies} anomalies`,
				incident.environment,
			].join(" · ")}
		</span>
	);
}
