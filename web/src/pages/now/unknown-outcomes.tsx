import { Link } from "wouter";
import type { ApprovalView } from "../../api/types.generated.ts";
import { StateGlyph } from "../../components/state-chip.tsx";
import { formatWhen } from "../../lib/format-time.ts";
import { useClock } from "../../lib/use-clock.ts";

/** The requests of which nobody knows whether they took effect, oldest first. */
export function UnknownOutcomes({ approvals }: { readonly approvals: readonly ApprovalView[] }) {
	const nowMs = useClock(60_000);
	if (approvals.length === 0) return null;
	return (
		<section className="card">
			<header>
				<h2>Say what happened</h2>
			</header>
			<ul className="list below-head">
				{approvals.map((approval) => (
					<li key={approval.id}>
						<StateGlyph kind="unknown" />
						<div className="small">
							<b>
								<Link href={`/approvals/${approval.id}`} className="plain" data-row>
									{approval.title}
								</Link>
							</b>
							<div className="secondary">
								{approval.id} · outcome unknown since{" "}
								{formatWhen(Date.parse(approval.endedAt ?? approval.createdAt), nowMs)}
							</div>
						</div>
					</li>
				))}
			</ul>
		</section>
	);
}
