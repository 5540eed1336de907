import type { ApprovalView } from "../api/types.generated.ts";
import { useApproval, useSession } from "../api/use-readings.ts";
import { formatClock } from "../lib/format-time.ts";
import { isPending } from "../lib/message-states.ts";
import { useClock } from "../lib/use-clock.ts";
import { Decided } from "./decided.tsx";
import { DecisionForm, type DecisionLabels } from "./decision-form.tsx";
import { Outcome } from "./outcome.tsx";

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
	const me = useSession().data?.person;
	const decided = approval.decisions.some((decision) => decision.person.id === me?.id);
	const expiresAtMs = Date.parse(approval.expiresAt);
	if (!isPending(approval)) return <Decided approval={approval} />;
	if (nowMs >= expiresAtMs)
		return <Outcome>The request expired at {formatClock(expiresAtMs)}. Nothing was changed.</Outcome>;
	if (!approval.mayDecide.allowed)
		return (
			<>
				<Outcome>{approval.mayDecide.reason ?? "This is for others to decide."}</Outcome>
				{decided && <Decided approval={approval} />}
			</>
		);
	return <DecisionForm approval={approval} labels={labels} phone={phone} nowMs={nowMs} />;
}
