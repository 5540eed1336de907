import type { ApprovalView } from "../api/types.generated.ts";
import { useApproval, useApprovals } from "../api/use-readings.ts";
import { PageHead } from "../components/page-head.tsx";
import { Trouble } from "../components/trouble.tsx";
import { countWords } from "../lib/count-words.ts";
import { isPending } from "../lib/message-states.ts";
import { useKept } from "../lib/use-kept.ts";
import { ApprovalDetail } from "./approvals/approval-detail.tsx";
import { ApprovalList } from "./approvals/approval-list.tsx";

/** The requests in order of expiry, and one of them in full. */
export function ApprovalsPage({ selectedId }: { readonly selectedId: string | undefined }) {
	const approvals = useApprovals();
	const items = approvals.data?.items ?? [];
	const pending = items.filter(isPending).toSorted((a, b) => a.expiresAt.localeCompare(b.expiresAt));
	const ended = items.filter((approval) => !isPending(approval)).toSorted(byEndNewestFirst);
	const firstId = useKept(pending[0]?.id);
	const shownId = selectedId ?? firstId;
	const shown = useApproval(shownId);
	if (!approvals.data) return approvals.error ? <Trouble error={approvals.error} /> : null;
	return (
		<>
			<PageHead lead="Nothing changes before enough people approve. An expired request does nothing.">
				{sentence(pending)}
			</PageHead>
			<div className="columns approvals">
				<ApprovalList pending={pending} ended={ended} shownId={shownId} />
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

function sentence(pending: readonly ApprovalView[]): string {
	const yours = pending.filter((approval) => approval.mayDecide.allowed).length;
	if (pending.length === 0) return "No decision waits.";
	if (yours === 0) return `${countWords(pending.length, "decision waits", "decisions wait")} for others.`;
	return `${countWords(yours, "decision waits", "decisions wait")} for you.`;
}

function byEndNewestFirst(a: ApprovalView, b: ApprovalView): number {
	return (b.endedAt ?? b.createdAt).localeCompare(a.endedAt ?? a.createdAt);
}
