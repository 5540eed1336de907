import type { IncidentView } from "../../api/types.generated.ts";
import { MessageCard } from "../../components/message-card.tsx";
import { chartMinutes } from "../../lib/chart-minutes.ts";

/** The incident that needs somebody most, brief: the sentence of the page says why. */
export function UrgentIncident({ incident }: { readonly incident: IncidentView }) {
	return (
		<MessageCard
			brief
			message={incident.message}
			chartPath={`/api/v1/incidents/${encodeURIComponent(incident.id)}/chart.svg`}
			windowMinutes={chartMinutes(incident.message.chart)}
		/>
	);
}
