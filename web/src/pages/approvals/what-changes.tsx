import type { ApprovalView } from "../../api/types.generated.ts";
import { stateWords } from "../../lib/plan-words.ts";
import { useClock } from "../../lib/use-clock.ts";
import { TARGETS_BESIDE } from "./target-list.tsx";

type Props = { readonly approval: ApprovalView; readonly takes: string | undefined };

/** The concrete targets with their state when the plan was made, and the parameters. */
export function WhatChanges({ approval, takes }: Props) {
	const many = approval.targets.length > TARGETS_BESIDE;
	return (
		<div>
			<h3>What changes</h3>
			<dl className="pairs">
				{many ? (
					<Pair name="Targets" value={`${approval.targets.length}, all of them below`} />
				) : (
					approval.targets.map((target) => <Target key={target.id} target={target} />)
				)}
				{Object.entries(approval.parameters)
					.filter(([, value]) => !approval.targets.some(({ name }) => name === value))
					.map(([name, value]) => (
						<Pair key={name} name={name} value={String(value)} />
					))}
				{takes && <Pair name="Takes" value={takes} />}
				<Pair name="Where" value={[approval.environment, approval.where].filter(Boolean).join(", ")} />
			</dl>
		</div>
	);
}

function Target({ target }: { readonly target: ApprovalView["targets"][number] }) {
	const nowMs = useClock(60_000);
	return (
		<>
			<dt>{target.name}</dt>
			<dd>
				<code>{target.id}</code>
				{Object.entries(target.state).map(([name, value]) => (
					<div key={name} className="secondary">
						{stateWords(name, value, nowMs)}
					</div>
				))}
			</dd>
		</>
	);
}

function Pair({ name, value }: { readonly name: string; readonly value: string }) {
	return (
		<>
			<dt>{name}</dt>
			<dd>{value}</dd>
		</>
	);
}
