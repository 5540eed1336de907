import type { Anomaly } from "../domain/anomaly.ts";
import type { Fact } from "../domain/chat-message.ts";
import type { Incident } from "../domain/incident.ts";
import { formatDuration, formatNumber, formatQuantity } from "../domain/quantity.ts";
import { timeToken } from "../domain/time-text.ts";
import { rangeText } from "../domain/verification.ts";
import type { Watch } from "../domain/watch.ts";
import { abnormalFrom } from "./describe-target.ts";
import type { Request } from "./incident-state.ts";
import { guardFacts } from "./request-parts.ts";

/**
 * The facts of a card that leads with a finding on a whole target: its score, and after a change the metric that the
 * change is judged by, before and after. Pure.
 */
export function targetFacts(
	incident: Incident,
	lead: Anomaly,
	watch: Watch,
	request: Request | undefined,
	nowMs: number,
): Fact[] {
	const endMs = lead.closedAtMs ?? incident.resolvedAtMs ?? nowMs;
	const above = lead.value >= lead.band.high;
	const ended = lead.closedAtMs !== undefined;
	const score: Fact = {
		label: ended ? "Score" : "Score now",
		value: formatNumber(lead.value),
		// What is no news any more lowers the score, though it goes on; and a mean is still high when it is over.
		note:
			!ended && !above
				? "no longer news, but not back"
				: ended && above
					? "a mean that still falls; its metrics are back"
					: abnormalFrom(lead.band),
		queryId: "q1",
	};
	const lasted: Fact = {
		label: "Abnormal for",
		value: formatDuration(endMs - lead.outsideSinceMs),
		note: `since ${timeToken(lead.outsideSinceMs)}`,
	};
	const spec = request?.approval.plan.verification;
	const execution = request?.execution;
	const before = execution?.before?.value;
	if (request && spec?.watch === watch.name && execution?.status === "called" && before !== undefined) {
		const after = execution.verification?.lastValue;
		const value = (v: number) => formatQuantity(v, spec.unit);
		const at = `${spec.metric}, at ${timeToken(execution.intendedAtMs)}`;
		return [
			{ label: "Before", value: value(before), note: at, queryId: "q1" },
			...(after === undefined
				? []
				: [{ label: "After", value: value(after), note: `expected ${rangeText(spec)}`, queryId: "q1" }]),
			...guardFacts(request),
			score,
			lasted,
		];
	}
	const highest = { label: "Highest", value: formatNumber(lead.peak), note: "since it became abnormal" };
	return [score, lasted, { ...highest, queryId: "q1" }];
}
