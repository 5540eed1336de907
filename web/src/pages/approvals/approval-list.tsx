import { Link } from "wouter";
import type { ApprovalView } from "../../api/types.generated.ts";
import { Icon } from "../../components/icon.tsx";
import { Pips } from "../../components/pips.tsx";
import { formatClock, formatWhen } from "../../lib/format-time.ts";
import { approvalLook } from "../../lib/message-states.ts";
import { useClock } from "../../lib/use-clock.ts";

const SOON_MS = 10 * 60_000;
const MOST_ENDED = 10;

type Props = {
	readonly unknown: readonly ApprovalView[];
	readonly pending: readonly ApprovalView[];
	readonly ended: readonly ApprovalView[];
	readonly shownId: string | undefined;
};

/** What nobody knows the outcome of, what waits, first to expire first, and what was decided lately. */
export function ApprovalList({ unknown, pending, ended, shownId }: Props) {
	return (
		<section className="card clipped" aria-label="Requests">
			{unknown.length > 0 && (
				<div className="pad">
					<h2 className="subhead">Say what happened</h2>
					<ul className="checks below-head">
						{unknown.map((approval) => (
							<EndedRow key={approval.id} approval={approval} shown={approval.id === shownId} />
						))}
					</ul>
				</div>
			)}
			<ul className={unknown.length > 0 ? "list ruled" : "list"}>
				{pending.length === 0 && <li className="small secondary">Nothing waits for a decision.</li>}
				{pending.map((approval) => (
					<PendingRow key={approval.id} approval={approval} shown={approval.id === shownId} />
				))}
			</ul>
			{ended.length > 0 && (
				<div className="pad ruled">
					<h2 className="subhead">Decided lately</h2>
					<ul className="checks below-head">
						{ended.slice(0, MOST_ENDED).map((approval) => (
							<EndedRow key={approval.id} approval={approval} shown={approval.id === shownId} />
						))}
					</ul>
				</div>
			)}
		</section>
	);
}

function PendingRow({ approval, shown }: { readonly approval: ApprovalView; readonly shown: boolean }) {
	const nowMs = useClock();
	const expiresAtMs = Date.parse(approval.expiresAt);
	const soon = expiresAtMs - nowMs < SOON_MS;
	return (
		<li className={shown ? "shown" : ""}>
			<div className="grow small">
				<div className="row">
					<Link
						href={`/approvals/${approval.id}`}
						className="plain strong"
						aria-current={shown ? "true" : undefined}
						data-row
					>
						{approval.title}
					</Link>
					<span className="spacer" />
					<span className={`caption nowrap ${soon ? "high strong" : "secondary"}`}>
						expires {formatClock(expiresAtMs)}
					</span>
				</div>
				<div className="secondary">
					{approval.risk} risk ·{" "}
					{approval.targets.length === 1 ? "1 target" : `${approval.targets.length} targets`} ·{" "}
					{approval.environment}
				</div>
				<div className="secondary">
					<Pips approved={approval.approved} quorum={approval.quorum} /> · asked by {approval.requester.name}
				</div>
			</div>
		</li>
	);
}

function EndedRow({ approval, shown }: { readonly approval: ApprovalView; readonly shown: boolean }) {
	const nowMs = useClock(60_000);
	const look = approvalLook(approval);
	return (
		<li>
			<Icon name={look.icon} className={look.tone} />
			<span>
				<Link
					href={`/approvals/${approval.id}`}
					className={shown ? "strong" : ""}
					aria-current={shown ? "true" : undefined}
					data-row
				>
					{approval.title}
				</Link>
				: {look.word.toLowerCase()} {formatWhen(Date.parse(approval.endedAt ?? approval.createdAt), nowMs)}
			</span>
		</li>
	);
}
