import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { ApprovalView } from "../../api/types.generated.ts";
import { useIncident } from "../../api/use-readings.ts";
import { Checks } from "../../components/checks.tsx";
import { Decision } from "../../components/decision.tsx";
import { labelsOf } from "../../components/message-buttons.tsx";
import { PolicyStatement } from "../../components/policy-statement.tsx";
import { RichLine, Words } from "../../components/rich-text.tsx";
import { LookChip, RiskChip } from "../../components/state-chip.tsx";
import { formatHash } from "../../lib/format-hash.ts";
import { formatWhen } from "../../lib/format-time.ts";
import { approvalLook, isPending } from "../../lib/message-states.ts";
import { whatHappens } from "../../lib/plan-words.ts";
import { resultWords } from "../../lib/result-words.ts";
import { useClock } from "../../lib/use-clock.ts";
import { AfterChart } from "./after-chart.tsx";
import { Afterwards } from "./afterwards.tsx";
import { CancelRequest } from "./cancel-request.tsx";
import { SayWhatHappened } from "./say-what-happened.tsx";
import { WhatChanges } from "./what-changes.tsx";

type Props = { readonly approval: ApprovalView; readonly focus?: boolean };

/** One request in full: what changes, what was checked, what undoing means, who decided, and the decision. */
export function ApprovalDetail({ approval, focus = false }: Props) {
	const nowMs = useClock(60_000);
	const heading = useRef<HTMLHeadingElement>(null);
	const message = useIncident(approval.incidentId).data?.message;
	const plan = message?.plan?.approvalId === approval.id ? message.plan : undefined;
	const note = approval.note ?? plan?.note;
	useEffect(() => {
		if (focus) heading.current?.focus({ preventScroll: true });
	}, [focus]);
	return (
		<article className="card" aria-labelledby="request">
			<header>
				<RiskChip risk={approval.risk} />
				<span className="small meta">
					{approval.id} · asked {formatWhen(Date.parse(approval.createdAt), nowMs)}
				</span>
				<span className="spacer" />
				<LookChip look={approvalLook(approval)} />
			</header>
			<div className="pad stack">
				<div>
					<h2 id="request" ref={heading} tabIndex={-1} className="headline">
						{approval.title}
					</h2>
					<p className="secondary">
						<RichLine text={whatHappens(approval)} />
					</p>
				</div>
				<WhatChanges approval={approval} takes={approval.takes ?? plan?.takes} />
				<div className="plan-parts">
					<div>
						<h3>Checked when asked</h3>
						<Checks checks={approval.checks} />
					</div>
					<Afterwards
						approval={approval}
						helpedIf={approval.helpedIf ?? plan?.helpedIf}
						otherwise={approval.otherwise ?? plan?.otherwise}
					/>
				</div>
				{approval.preflight?.statement && <PolicyStatement statement={approval.preflight.statement} />}
				<AfterChart approval={approval} />
				{note && isPending(approval) && (
					<p className="small secondary">
						<RichLine text={note} />
					</p>
				)}
				<div className="stack closest">
					{!isPending(approval) && <Result approval={approval} nowMs={nowMs} />}
					<Decision approvalId={approval.id} labels={plan && message && labelsOf(message)} phone="fixed" />
					{approval.mayResolve && <SayWhatHappened approval={approval} />}
					{approval.mayCancel && <CancelRequest approval={approval} />}
				</div>
				<p className="caption meta">
					Plan <code>{formatHash(approval.planHash)}</code> · asked by {approval.requester.name}
					{approval.incidentId && (
						<>
							{" "}
							· for <Link href={`/incidents/${approval.incidentId}`}>{approval.incidentId}</Link>
						</>
					)}
					. If anything in it changes before it runs, it does not run and you get a new request.
				</p>
			</div>
		</article>
	);
}

/** How a decided request stands or ended, and when. */
function Result({ approval, nowMs }: { readonly approval: ApprovalView; readonly nowMs: number }) {
	const { word } = approvalLook(approval);
	const { outcome, done } = resultWords(approval);
	return (
		<>
			<p>
				<b>
					{word}
					{approval.endedAt && ` ${formatWhen(Date.parse(approval.endedAt), nowMs)}`}
				</b>
				{outcome && (
					<>
						: <Words text={outcome} />
					</>
				)}
			</p>
			{done && (
				<p className="small secondary">
					Done: <Words text={done} />
				</p>
			)}
		</>
	);
}
