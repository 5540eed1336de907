import type { SessionView } from "../../api/types.generated.ts";
import { Outcome } from "../../components/outcome.tsx";
import { type Remediation, whyNotAsk } from "../../lib/asking.ts";
import { RemediationCard } from "./remediation-card.tsx";

const WHY_NOT_ID = "why-not-ask";

type Props = {
	readonly remediations: readonly Remediation[];
	readonly role: SessionView["person"]["role"];
};

/** What this installation can be asked to do. */
export function AskFor({ remediations, role }: Props) {
	const whyNot = whyNotAsk(role);
	return (
		<section className="stack close" aria-labelledby="ask-for">
			<h2 id="ask-for">What can be asked for</h2>
			{whyNot && (
				<div id={WHY_NOT_ID}>
					<Outcome>{whyNot}</Outcome>
				</div>
			)}
			<div className="remediation-cards">
				{remediations.map((remediation) => (
					<RemediationCard
						key={remediation.name}
						remediation={remediation}
						whyNotId={whyNot === undefined ? undefined : WHY_NOT_ID}
					/>
				))}
			</div>
		</section>
	);
}
