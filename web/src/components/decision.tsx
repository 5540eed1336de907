import type { ApprovalView } from "../api/types.generated.ts";
import { useApproval } from "../api/use-readings.ts";
import { decisionSentence } from "../lib/decision-sentences.ts";
import { formatClock } from "../lib/format-time.ts";
import { isPending } from "../lib/message-states.ts";
import { useClock } from "../lib/use-clock.ts";
import { DecisionForm } from "./decision-form.tsx";
import { Icon } from "./icon.tsx";
import { Outcome } from "./outcome.tsx";

export type DecisionLabels = { readonly approve: string; readonly deny: string };

type Props = {
	readonly approvalId: string;
	readonly labels?: DecisionLabels | undefined;
	/** Where the buttons stay on a phone: in view at the end of the card, or above the tab bar. */
	readonly phone: "stick" | "fixed";
};

/** Approve and Deny of one request, or the sentence that stands in their place. Always from the request as it is now. */
export function Decision({ approvalId, labels, phone }: Props) {
	const approval = useApproval(approvalId);
	if (approval.data) return <DecisionOf approval={approval.data} labels={labels} phone={phone} />;
	return approval.error ? <Outcome>The request could not be read. {approval.error.message}</Outcome> : null;
}

function DecisionOf({
	approval,
	labels,
	phone,
}: Omit<Props, "approvalId"> & { readonly approval: ApprovalView }) {
	const nowMs = useClock();
	const expiresAtMs = Date.parse(approval.expiresAt);
	if (!isPending(approval)) return <Decided approval={approval} />;
	if (nowMs >= expiresAtMs)
		return <Outcome>The request expired at {formatClock(expiresAtMs)}. Nothing was changed.</Outcome>;
	if (!approval.mayDecide.allowed)
		return <Outcome>{approval.mayDecide.reason ?? "This is for others to decide."}</Outcome>;
	return <DecisionForm approval={approval} labels={labels} phone={phone} nowMs={nowMs} />;
}

function Decided({ approval }: { readonly approval: ApprovalView }) {
	if (approval.decisions.length === 0) return null;
	return (
		<ul className="checks">
			{approval.decisions.map((decision) => (
				<li key={`${decision.person.id}:${decision.at}`}>
					<Icon
						name={decision.verdict === "approve" ? "check" : "denied"}
						className={decision.verdict === "approve" ? "ok" : "mute"}
					/>
					<span>
						{decisionSentence(decision)}
						{decision.reason && <span className="secondary">: {decision.reason}</span>}
					</span>
				</li>
			))}
		</ul>
	);
}
