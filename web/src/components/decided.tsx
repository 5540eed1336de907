import { useRef } from "react";
import type { ApprovalView, DecisionView } from "../api/types.generated.ts";
import { useSession } from "../api/use-readings.ts";
import { decisionSentence, mayExplain } from "../lib/decision-sentences.ts";
import { Icon } from "./icon.tsx";
import { ReasonForm } from "./reason-form.tsx";

/** Who decided what, when and why. Whoever has given no reason is offered to. */
export function Decided({ approval }: { readonly approval: ApprovalView }) {
	const me = useSession().data?.person;
	const { decisions } = approval;
	if (decisions.length === 0) return null;
	return (
		<ul className="checks">
			{decisions.map((decision) => (
				<DecidedBy
					key={`${decision.person.id}:${decision.at}`}
					approval={approval}
					decision={decision}
					explainable={me !== undefined && mayExplain(decisions, decision, me)}
				/>
			))}
		</ul>
	);
}

type Props = {
	readonly approval: ApprovalView;
	readonly decision: DecisionView;
	readonly explainable: boolean;
};

function DecidedBy({ approval, decision, explainable }: Props) {
	const sentence = useRef<HTMLSpanElement>(null);
	const { verdict, reason } = decision;
	return (
		<li>
			<Icon
				name={verdict === "approve" ? "check" : "denied"}
				className={verdict === "approve" ? "ok" : "mute"}
			/>
			<div className="stack closest">
				<span ref={sentence} tabIndex={-1} className="decided">
					{decisionSentence(decision)}
					{reason && (
						<span className="secondary">
							: <bdi>{reason}</bdi>
						</span>
					)}
				</span>
				{explainable && (
					<ReasonForm approval={approval} verdict={verdict} onKept={() => sentence.current?.focus()} />
				)}
			</div>
		</li>
	);
}
