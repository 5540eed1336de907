import type { PlanView } from "../api/types.generated.ts";
import { checksPassed, whatHappens } from "../lib/plan-words.ts";
import { RichLine } from "./rich-text.tsx";

/** The plan in a card: what changes, how it is checked, what happens if it does not help. */
export function PlanNote({ plan }: { readonly plan: PlanView }) {
	const others = plan.checks.filter((check) => check.verdict !== "pass").map((check) => check.text);
	const checks = [checksPassed(plan.checks), ...others].filter(Boolean);
	return (
		<div className="note plan-note">
			<p>
				<b>{plan.title}</b>: <RichLine text={whatHappens(plan)} />
			</p>
			<p>
				<span className="nowrap">Risk: {plan.risk}</span> · takes {plan.takes} · helped if: {plan.helpedIf} ·
				if not: {plan.otherwise}
			</p>
			{checks.length > 0 && <p>{checks.join(" · ")}</p>}
			{plan.note && (
				<p>
					<RichLine text={plan.note} />
				</p>
			)}
		</div>
	);
}

/** The plan in brief, where the sentence of the page has said the rest: what, how we will know, what was checked. */
export function PlanLine({ plan }: { readonly plan: PlanView }) {
	const passed = checksPassed(plan.checks);
	return (
		<div className="small secondary">
			<p>
				<b>{plan.title}</b>: <RichLine text={whatHappens(plan)} /> Risk: {plan.risk}.{" "}
				{plan.note && <RichLine text={plan.note} />}
			</p>
			<p>
				<b>Helped if:</b> {plan.helpedIf}
				{passed && ` · ${passed}`}
			</p>
		</div>
	);
}
