import type { QueryTrace } from "../domain/chat-message.ts";

/** Why an incident happened, as far as the metrics show. Never throws: what is not known is said. */
export type IncidentExplainer = {
	explain(incidentId: string): Promise<{ readonly text: string; readonly queries: readonly QueryTrace[] }>;
};
