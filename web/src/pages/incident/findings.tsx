import type { AnomalyView, IncidentView } from "../../api/types.generated.ts";
import { Icon } from "../../components/icon.tsx";
import { RichText } from "../../components/rich-text.tsx";

/** What was found: the explanation, and each anomaly with the query that shows it. */
export function Findings({ incident }: { readonly incident: IncidentView }) {
	const { anomalies, explanation } = incident;
	if (anomalies.length === 0 && !explanation) return null;
	return (
		<section className="card pad stack close" aria-labelledby="found">
			<h2 id="found">What was found</h2>
			{explanation && <RichText text={explanation} />}
			{anomalies.length > 0 && (
				<table>
					<thead>
						<tr>
							<th scope="col" className="verdict">
								Verdict
							</th>
							<th scope="col">Claim</th>
							<th scope="col" className="right">
								Evidence
							</th>
						</tr>
					</thead>
					<tbody>
						{anomalies.map((anomaly) => (
							<tr key={anomaly.id}>
								<td>
									<span className="state">
										<Icon name="check" className="ok" />
										Shown
									</span>
								</td>
								<td>{anomaly.explanation}</td>
								<td className="right">
									<Evidence anomaly={anomaly} incident={incident} />
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</section>
	);
}

function Evidence({ anomaly, incident }: { readonly anomaly: AnomalyView; readonly incident: IncidentView }) {
	const trace = incident.message.queries.find(({ query }) => query === anomaly.query);
	if (!trace) return <span className="meta">in the chart</span>;
	return (
		<a href={`#${trace.id}`} className="tag" title={trace.purpose}>
			{trace.id}
		</a>
	);
}
