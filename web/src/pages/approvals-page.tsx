import type { ApprovalView } from "../api/types.generated.ts";
import { useApproval, useApprovals, useUnknownOutcomes } from "../api/use-readings.ts";
import { Loading } from "../components/loading.tsx";
import { PageHead } from "../components/page-head.tsx";
import { Trouble } from "../components/trouble.tsx";
import { countWords } from "../lib/count-words.ts";
import { forYou, isPending } from "../lib/message-states.ts";
import { useKept } from "../lib/use-kept.ts";
import { ApprovalDetail } from "./approvals/approval-detail.tsx";
import { ApprovalList } from "./approvals/approval-list.tsx";

/** The requests of unknown outcome, those that wait in order of expiry, and one of them in full. */
export function ApprovalsPage({ selectedId }: { readonly selectedId: string | undefined }) {
	const approvals = useApprovals();
	const items = approvals.data?.items ?? [];
	const pending = items.filter(isPending).toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt));
	const outcomes = useUnknownOutcomes();
	const unknown = (outcomes.data?.items ?? []).toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
	const ended = items
		.filter((approval) => !isPending(approval) && approval.status !== "unknown")
		.toSorted(byEndNewestFirst);
	const firstId = useKept(outcomes.isPending ? undefined : (unknown[0] ?? pending[0])?.id);
	const shownId = selectedId ?? firstId;
	const shown = useApproval(shownId);
	if (outcomes.isPending) return null;
	if (!approvals.data)
		return approvals.error ? <Trouble error={approvals.error} /> : <Loading what="the requests" />;
	return (
		<>
			<PageHead lead="Nothing changes before enough people approve. An expired request does nothing.">
				{[unknownSentence(unknown), sentence(pending)].filter((part) => part !== "").join(" ")}
			</PageHead>
			<div className="columns approvals">
				<ApprovalList unknown={unknown} pending={pending} ended={ended} shownId={shownId} />
				{shown.data && (
					<ApprovalDetail key={shown.data.id} approval={shown.data} focus={selectedId !== undefined} />
				)}
				{shown.error && !shown.data && (
					<section className="card pad">
						<p>{shown.error.message}</p>
					</section>
				)}
			</div>
		</>
	);
}

function unknownSentence(unknown: readonly ApprovalView[]): string {
	if (unknown.length === 0) return "";
	return `${countWords(unknown.length, "request has", "requests have")} an unknown outcome.`;
}

function sentence(pending: readonly ApprovalView[]): string {
	const yours = forYou(pending).length;
	if (pending.length === 0) return "No decision waits.";
	if (yours === 0) return `${countWords(pending.length, "decision waits", "decisions wait")} for others.`;
	return `${countWords(yours, "decision waits", "decisions wait")} for you.`;
}

function byEndNewestFirst(a: ApprovalView, b: ApprovalView): number {
	return (b.endedAt ?? b.createdAt).localeCompare(a.endedAt ?? a.createdAt);
}
