import { Link } from "wouter";
import type { PlanView } from "../api/types.generated.ts";
import { formatHash } from "../lib/format-hash.ts";
import { checksPassed, whatHappens } from "../lib/plan-words.ts";
import { safePath } from "../lib/safe-path.ts";
import { PolicyStatement } from "./policy-statement.tsx";
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
				<span className="nowrap">Risk: {plan.risk}</span>
				{plan.undoing && ` · ${plan.undoing}`}
				{plan.where && ` · ${plan.where}`} · takes {plan.takes} · helped if: {plan.helpedIf} · if not:{" "}
				{plan.otherwise}
			</p>
			{checks.length > 0 && <p>{checks.join(" · ")}</p>}
			<Targets plan={plan} />
			{plan.statement && <PolicyStatement statement={plan.statement} />}
			{plan.note && (
				<p>
					<RichLine text={plan.note} />
				</p>
			)}
		</div>
	);
}

/** How many targets, the first by name, and the way to all of them; one is named by the plan itself. */
function Targets({ plan: { targets, planHash } }: { readonly plan: PlanView }) {
	if (!targets || targets.count <= 1) return null;
	const left = targets.count - targets.shown.length;
	const others = left > 0 ? ` and ${left} ${left === 1 ? "other" : "others"}` : "";
	return (
		<p>
			{targets.count} targets: {targets.shown.join(", ")}
			{others} · <Link href={safePath(targets.path)}>all {targets.count}</Link> · plan{" "}
			<code>{formatHash(planHash)}</code>
		</p>
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
