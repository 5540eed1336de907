import type { PlanView } from "../api/types.generated.ts";
import { whatHappens } from "../lib/plan-words.ts";
import { RichLine } from "./rich-text.tsx";

/** The plan in a card: what changes, how it is checked, what happens if it does not help. */
export function PlanNote({ plan }: { readonly plan: PlanView }) {
	const passed = plan.checks.filter((check) => check.verdict === "pass").length;
	const judged = plan.checks.filter((check) => check.verdict !== "info").length;
	const others = plan.checks.filter((check) => check.verdict !== "pass");
	return (
		<div className="note plan-note">
			<p>
				<b>{plan.title}</b>: <RichLine text={whatHappens(plan)} />
			</p>
			<p>
				<span className="nowrap">Risk: {plan.risk}</span> · takes {plan.takes} · checked by: {plan.helpedIf} ·
				if not: {plan.otherwise}
			</p>
			{plan.checks.length > 0 && (
				<p>{[`${passed} of ${judged} checks passed`, ...others.map((check) => check.text)].join(" · ")}</p>
			)}
			{plan.note && (
				<p>
					<RichLine text={plan.note} />
				</p>
			)}
		</div>
	);
}

/** The plan in one line, where the sentence of the page has said the rest. */
export function PlanLine({ plan }: { readonly plan: PlanView }) {
	return (
		<p className="small secondary">
			<b>{plan.title}</b>: <RichLine text={whatHappens(plan)} /> Risk: {plan.risk}.{" "}
			{plan.note && <RichLine text={plan.note} />}
		</p>
	);
}
