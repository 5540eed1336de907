import { useLocation, useSearch } from "wouter";
import type { Chart, IncidentView } from "../../api/types.generated.ts";
import { useIncidentChart } from "../../api/use-readings.ts";
import { ChartFigure } from "../../components/chart-figure.tsx";
import { Segments } from "../../components/segments.tsx";
import { chartMinutes } from "../../lib/chart-minutes.ts";

const SPANS = [
	{ value: "", label: "Incident" },
	{ value: "60", label: "1 h" },
	{ value: "360", label: "6 h" },
	{ value: "1440", label: "24 h" },
] as const;

type Props = { readonly incident: IncidentView; readonly chart: Chart };

/** The incident's chart over the incident itself, or over the newest hours; the choice is in the address. */
export function IncidentChart({ incident, chart }: Props) {
	const [path, navigate] = useLocation();
	const wanted = new URLSearchParams(useSearch()).get("minutes") ?? "";
	const minutes = SPANS.some(({ value }) => value === wanted) ? wanted : "";
	const windowMinutes = minutes === "" ? chartMinutes(chart) : Number(minutes);
	const longer = useIncidentChart(incident.id, minutes === "" ? undefined : windowMinutes);
	const shown = minutes === "" ? chart : (longer.data ?? chart);
	const query = incident.anomalies[0]?.query;
	return (
		<section className="card pad stack close" aria-labelledby="chart">
			<div className="row wrap">
				<h2 id="chart">{chart.title}</h2>
				<span className="spacer" />
				<Segments
					label="Span of the chart"
					options={SPANS}
					chosen={minutes}
					onChoose={(value) => navigate(value ? `${path}?minutes=${value}` : path, { replace: true })}
				/>
			</div>
			<ChartFigure
				chart={shown}
				path={`/api/v1/incidents/${encodeURIComponent(incident.id)}/chart.svg`}
				windowMinutes={windowMinutes}
			/>
			{query && <pre>{query}</pre>}
		</section>
	);
}
