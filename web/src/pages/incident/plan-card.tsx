import { Link } from "wouter";
import type { ApprovalView, IncidentView } from "../../api/types.generated.ts";
import { Checks } from "../../components/checks.tsx";
import { Decision } from "../../components/decision.tsx";
import { labelsOf, MessageButtons } from "../../components/message-buttons.tsx";
import { PolicyStatement } from "../../components/policy-statement.tsx";
import { RichLine } from "../../components/rich-text.tsx";
import { LookChip } from "../../components/state-chip.tsx";
import { formatHash } from "../../lib/format-hash.ts";
import { approvalLook, isPending } from "../../lib/message-states.ts";
import { whatHappens } from "../../lib/plan-words.ts";

/** What is proposed for an incident, what was checked, and the decision. */
export function PlanCard({ incident }: { readonly incident: IncidentView }) {
	const approval = newest(incident.approvals);
	if (!approval) return <OtherButtons incident={incident} />;
	const plan = incident.message.plan?.approvalId === approval.id ? incident.message.plan : undefined;
	return (
		<section className="card pad stack close" aria-labelledby="plan">
			<div>
				<h2 id="plan">
					<Link href={`/approvals/${approval.id}`} className="plain">
						{approval.title}
					</Link>
				</h2>
				<p className="small secondary">
					<RichLine text={whatHappens(approval)} />
				</p>
			</div>
			{!isPending(approval) && (
				<div>
					<LookChip look={approvalLook(approval)} />
				</div>
			)}
			<Checks checks={approval.checks} />
			<dl className="pairs">
				<dt>Risk</dt>
				<dd>{approval.risk}</dd>
				<Pair name="Takes" value={approval.takes ?? plan?.takes} />
				<Pair name="Helped if" value={approval.helpedIf ?? plan?.helpedIf} />
				<Pair name="If not" value={approval.otherwise ?? plan?.otherwise} />
				<dt>Plan</dt>
				<dd>
					<code>{formatHash(approval.planHash)}</code>
				</dd>
			</dl>
			{approval.preflight?.statement && <PolicyStatement statement={approval.preflight.statement} />}
			{plan?.note && (
				<p className="small secondary">
					<RichLine text={plan.note} />
				</p>
			)}
			{approval.outcome && !isPending(approval) && <p className="small">{approval.outcome}</p>}
			<Decision approvalId={approval.id} labels={labelsOf(incident.message)} phone="fixed" />
			{isPending(approval) && approval.mayDecide.allowed && (
				<p className="caption meta wide-only">
					<kbd>A</kbd> approve · <kbd>D</kbd> deny · asks once more before it counts
				</p>
			)}
		</section>
	);
}

function Pair({ name, value }: { readonly name: string; readonly value: string | undefined }) {
	if (!value) return null;
	return (
		<>
			<dt>{name}</dt>
			<dd>{value}</dd>
		</>
	);
}

/** The request that was made last. */
function newest(approvals: readonly ApprovalView[]): ApprovalView | undefined {
	return approvals.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))[0];
}

function OtherButtons({ incident }: { readonly incident: IncidentView }) {
	if (incident.message.buttons.length === 0) return null;
	return (
		<section className="card pad" aria-label="What can be done">
			<MessageButtons message={incident.message} />
		</section>
	);
}
