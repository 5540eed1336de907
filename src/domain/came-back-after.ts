import type { ChangeBefore, Incident } from "./incident.ts";

/** The change after which an incident ended, though it was not shown to have ended it. Pure. */
export function changeBefore({ timeline }: Pick<Incident, "timeline">): ChangeBefore | undefined {
	const change = anyChange(timeline);
	return change?.inVain ? undefined : change;
}

function anyChange(timeline: Incident["timeline"]): ChangeBefore | undefined {
	return timeline.findLast(({ kind }) => kind === "ended")?.after;
}

/** Whether an incident ended and nothing of ours had changed its target meanwhile. Pure. */
export function endedByItself(incident: Pick<Incident, "outcome" | "timeline">): boolean {
	return incident.outcome === "recovered" && anyChange(incident.timeline) === undefined;
}

/** `after Restart checkout (A-6)` */
export function afterChange({ approvalId, title }: ChangeBefore): string {
	return `after ${title} (${approvalId})`;
}
