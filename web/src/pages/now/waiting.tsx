import { Link } from "wouter";
import type { ApprovalView } from "../../api/types.generated.ts";
import { StateGlyph } from "../../components/state-chip.tsx";
import { formatClock } from "../../lib/format-time.ts";
import { forYou } from "../../lib/message-states.ts";

/** The requests that wait, in order of expiry: those for the one who looks, and those for others. */
export function Waiting({ approvals }: { readonly approvals: readonly ApprovalView[] }) {
	const yours = forYou(approvals);
	const others = approvals.filter((approval) => !yours.includes(approval));
	return (
		<>
			<WaitingCard heading="Waiting for you" approvals={yours} />
			<WaitingCard heading="Waiting for others" approvals={others} />
		</>
	);
}

type Props = { readonly heading: string; readonly approvals: readonly ApprovalView[] };

function WaitingCard({ heading, approvals }: Props) {
	if (approvals.length === 0) return null;
	return (
		<section className="card">
			<header>
				<h2>{heading}</h2>
				<span className="spacer" />
				<Link href="/approvals" className="small">
					All {approvals.length}
				</Link>
			</header>
			<ul className="list below-head">
				{approvals.map((approval) => (
					<li key={approval.id}>
						<StateGlyph kind="waiting" />
						<div className="small">
							<b>
								<Link href={`/approvals/${approval.id}`} className="plain" data-row>
									{approval.title}
								</Link>
							</b>
							<div className="secondary">
								{approval.risk} risk · {approval.approved} of {approval.quorum} · expires{" "}
								{formatClock(Date.parse(approval.expiresAt))}
							</div>
						</div>
					</li>
				))}
			</ul>
		</section>
	);
}
