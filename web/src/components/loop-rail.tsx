import type { LoopStep } from "../api/types.generated.ts";

const SPOKEN: Readonly<Record<LoopStep["state"], string>> = {
	done: "done",
	now: "now",
	ahead: "ahead",
	ended: "ended here",
	failed: "failed",
	back: "rolled back",
	unknown: "outcome unknown",
};

/** How far the loop has come. */
export function LoopRail({ steps }: { readonly steps: readonly LoopStep[] }) {
	if (steps.length === 0) return null;
	return (
		<ol className="rail" aria-label="Progress of the loop">
			{steps.map((step, index) => (
				<li
					key={step.name}
					className={classOf(step, index === steps.length - 1)}
					aria-current={step.state === "now" ? "step" : undefined}
				>
					<b>{step.name}</b>
					<span>{step.note ?? "\u00a0"}</span>
					<span className="hidden-visually">, {SPOKEN[step.state]}</span>
				</li>
			))}
		</ol>
	);
}

/** `ended` at the last stop is the good end; before it, the loop was ended on purpose and nothing was done. */
function classOf(step: LoopStep, isLast: boolean): string {
	switch (step.state) {
		case "done":
			return "passed";
		case "now":
			return "now";
		case "ahead":
			return "";
		case "ended":
			return isLast ? "passed is-verified" : "";
		case "failed":
			return "passed is-failed";
		case "back":
			return "passed is-back";
		case "unknown":
			return "passed is-unknown";
	}
}
