import type { SessionView } from "../api/types.generated.ts";
import { useRemediations, useRules } from "../api/use-readings.ts";
import { Loading } from "../components/loading.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Trouble } from "../components/trouble.tsx";
import { rulesLead, rulesSentence } from "../lib/rule-words.ts";
import { AskFor } from "./remediations/ask-for.tsx";
import { NoRules } from "./remediations/no-rules.tsx";
import { StandingRules } from "./remediations/standing-rules.tsx";

/** Standing rules with their records, and what can be asked for. */
export function RemediationsPage({ session }: { readonly session: SessionView }) {
	const rules = useRules();
	const remediations = useRemediations();
	const error = rules.error ?? remediations.error;
	if (!rules.data || !remediations.data)
		return error ? <Trouble error={error} /> : <Loading what="the remediations" />;
	const standing = rules.data.items;
	const known = remediations.data.items;
	return (
		<>
			<PageHead lead={rulesLead(standing)}>{rulesSentence(standing)}</PageHead>
			<div className="stack remediations">
				{standing.length === 0 ? <NoRules /> : <StandingRules rules={standing} remediations={known} />}
				<AskFor remediations={known} role={session.person.role} />
			</div>
		</>
	);
}
