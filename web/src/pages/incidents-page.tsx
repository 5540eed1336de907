import { Link } from "wouter";
import type { IncidentSummary } from "../api/types.generated.ts";
import { useIncidents } from "../api/use-readings.ts";
import { Icon } from "../components/icon.tsx";
import { Loading } from "../components/loading.tsx";
import { More } from "../components/more.tsx";
import { PageHead } from "../components/page-head.tsx";
import { StateChip } from "../components/state-chip.tsx";
import { Trouble } from "../components/trouble.tsx";
import { countWords } from "../lib/count-words.ts";
import { formatSpan, formatWhen } from "../lib/format-time.ts";
import { SEVERITY_WORDS } from "../lib/message-states.ts";
import { useClock } from "../lib/use-clock.ts";

/** What is open, then what was before and whether what was done held. */
export function IncidentsPage() {
	const open = useIncidents("open");
	const earlier = useIncidents("resolved");
	if (!open.data) return open.error ? <Trouble error={open.error} /> : <Loading what="the incidents" />;
	const openItems = open.data.pages.flatMap((page) => page.items);
	const earlierItems = earlier.data?.pages.flatMap((page) => page.items) ?? [];
	return (
		<>
			<PageHead lead="An incident is what belongs together: one target, one timeline, one message that is kept current.">
				{openItems.length === 0
					? "No incident is open."
					: `${countWords(openItems.length, "incident is", "incidents are")} open.`}
			</PageHead>
			<div className="stack gap-above">
				{openItems.length > 0 && (
					<IncidentList title="Open" items={openItems}>
						<More pages={open} label="More that are open" />
					</IncidentList>
				)}
				<IncidentList title="Earlier" items={earlierItems}>
					<More pages={earlier} label="Older" />
				</IncidentList>
			</div>
		</>
	);
}

type ListProps = {
	readonly title: string;
	readonly items: readonly IncidentSummary[];
	readonly children: React.ReactNode;
};

function IncidentList({ title, items, children }: ListProps) {
	return (
		<section className="card" aria-label={title}>
			<header>
				<h2>{title}</h2>
			</header>
			{items.length === 0 ? (
				<p className="pad secondary">None yet. An incident appears here when a watch leaves its band.</p>
			) : (
				<ul className="list below-head">
					{items.map((incident) => (
						<IncidentRow key={incident.id} incident={incident} />
					))}
				</ul>
			)}
			{children}
		</section>
	);
}

function IncidentRow({ incident }: { readonly incident: IncidentSummary }) {
	const nowMs = useClock(60_000);
	return (
		<li className="incident-row">
			<span className={incident.severity}>
				<Icon name={incident.severity} />
				<span className="hidden-visually">{SEVERITY_WORDS[incident.severity]}</span>
			</span>
			<div className="small">
				<b>
					<Link href={`/incidents/${incident.id}`} className="plain" data-row>
						{incident.title}
					</Link>
				</b>
				<div className="secondary">
					{incident.id} · {incident.environment} · {timesOf(incident, nowMs)}
				</div>
			</div>
			<StateChip state={incident.state} />
		</li>
	);
}

function timesOf(incident: IncidentSummary, nowMs: number): string {
	const openedMs = Date.parse(incident.openedAt);
	const started = `started ${formatWhen(openedMs, nowMs)}`;
	if (!incident.resolvedAt) return `${started}, ${formatSpan(nowMs - openedMs)} ago`;
	return `${started}, lasted ${formatSpan(Date.parse(incident.resolvedAt) - openedMs)}`;
}
