import { comparePeriods } from "./compare-periods.ts";
import { describeState } from "./describe-state.ts";
import { explainIncidentSkill } from "./explain-incident.ts";
import { forecast } from "./forecast.ts";
import { listAlerts } from "./list-alerts.ts";
import { listAnomalies } from "./list-anomalies.ts";
import { listCapabilities } from "./list-capabilities.ts";
import { listIncidents } from "./list-incidents.ts";
import { proposeRemediation } from "./propose-remediation.ts";
import { queryMetrics } from "./query-metrics.ts";
import { topConsumers } from "./top-consumers.ts";

/** Everything the agent may call. The list is the review surface: a skill that is not on it does not exist. */
export const SKILLS = [
	queryMetrics,
	comparePeriods,
	topConsumers,
	listAnomalies,
	listIncidents,
	listAlerts,
	explainIncidentSkill,
	forecast,
	proposeRemediation,
	listCapabilities,
	describeState,
] as const;
