import type { ApprovalView } from "../../api/types.generated.ts";
import { TargetDetails, TargetTable } from "./target-table.tsx";

type Props = { readonly approval: ApprovalView; readonly takes: string | undefined };

/** The concrete targets with their state when the plan was made, and the parameters. */
export function WhatChanges({ approval, takes }: Props) {
	const { environment, where, targets, parameters } = approval;
	const said = new Set(targets.flatMap(({ name, state }) => [name, state.to]));
	return (
		<section className="stack closest" aria-labelledby="what-changes">
			<h3 id="what-changes">What changes</h3>
			<TargetTable approval={approval} />
			<dl className="plan-facts">
				{Object.entries(parameters)
					.filter(([, value]) => typeof value === "boolean" || !said.has(value))
					.map(([name, value]) => (
						<Pair key={name} name={name.replaceAll("_", " ")} values={[String(value)]} />
					))}
				{takes && <Pair name="Takes" values={[takes]} />}
				<Pair name="Where" values={[environment, ...(where?.split(", ") ?? [])]} />
			</dl>
			<TargetDetails approval={approval} />
		</section>
	);
}

/** A name and what it is; a line ends between the parts of it, not inside one. */
function Pair({ name, values }: { readonly name: string; readonly values: readonly string[] }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>
				{values.map((value, index) => (
					<span key={value}>
						{index > 0 && " "}
						<span className={values.length > 1 ? "nowrap" : ""}>
							{value}
							{index < values.length - 1 && ","}
						</span>
					</span>
				))}
			</dd>
		</div>
	);
}
