import type { ApprovalView } from "../../api/types.generated.ts";
import { stateWords } from "../../lib/plan-words.ts";
import { useClock } from "../../lib/use-clock.ts";

type Props = { readonly approval: ApprovalView };

/** More targets than these have a list of their own, below what changes. */
export const TARGETS_BESIDE = 5;

/** Every target of a long list, none left out: name, id and the state it was read in. Where they are is said beside. */
export function TargetList({ approval: { targets, where } }: Props) {
	const nowMs = useClock(60_000);
	if (targets.length <= TARGETS_BESIDE) return null;
	return (
		<section aria-labelledby="targets">
			<h3 id="targets">All {targets.length} targets</h3>
			<ol className="targets">
				{targets.map(({ id, name, state }) => (
					<li key={id}>
						{name} <code>{where === undefined ? id : lastPart(id)}</code>
						<div className="secondary">
							{Object.entries(state)
								.map(([part, value]) => stateWords(part, value, nowMs))
								.join(", ")}
						</div>
					</li>
				))}
			</ol>
		</section>
	);
}

/** `i-0c41` of `aws:123456789012:eu-west-1:i-0c41`. */
function lastPart(id: string): string {
	return id.slice(Math.max(id.lastIndexOf(":"), id.lastIndexOf("/")) + 1);
}
