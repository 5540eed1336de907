import type { Plan } from "../../domain/plan.ts";
import type { AwsInstance } from "../../ports/aws-reader.ts";
import type { Reconciliation, Run, World } from "../define-remediation.ts";
import { plannedIds, plannedLaunchMs, whom } from "./instance-plan.ts";
import { plannedInstances } from "./planned-instances.ts";
import { SETTLED_AFTER_MS } from "./settled.ts";
import { listText } from "./words.ts";

type Reached = "reached" | "moving" | "unchanged" | "undone" | "gone";

const WORDS = {
	running: { done: "Started", still: "still stopped", undone: "stopped again" },
	stopped: { done: "Stopped", still: "still running", undone: "runs again" },
} as const;

/**
 * What became of an order to start or to stop instances, by their states and launch times. An instance that was
 * launched since the plan is not what was approved, so nothing is sent for it again. AppErrors of the reader.
 */
export async function reconcilePower(
	wanted: "running" | "stopped",
	plan: Plan,
	{ reader, nowMs }: Pick<World, "reader" | "nowMs">,
	{ intendedAtMs }: Pick<Run, "intendedAtMs">,
): Promise<Reconciliation> {
	return judgePower(wanted, plan, await plannedInstances(plan, reader), nowMs - intendedAtMs);
}

/** The same for what was read. Pure. */
function judgePower(
	wanted: "running" | "stopped",
	plan: Plan,
	found: readonly AwsInstance[],
	sinceMs: number,
): Reconciliation {
	const words = WORDS[wanted];
	const states = plannedIds(plan).map((id) => {
		const now = found.find((instance) => instance.id === id);
		return { id, reached: reachedBy(wanted, now, plannedLaunchMs(plan, id)) };
	});
	const idsOf = (...kinds: readonly Reached[]) =>
		states.filter(({ reached }) => kinds.includes(reached)).map(({ id }) => id);
	const all = whom(plan.targets);
	const reached = idsOf("reached");
	const lost = [
		...idsOf("undone").map((id) => `${id} ${words.undone}`),
		...idsOf("gone").map((id) => `${id} is gone`),
	];
	if (lost.length > 0) return { kind: "failed", text: listText(lost) };
	if (reached.length === states.length) return { kind: "done", text: `${words.done} ${all}` };
	const progress = `${words.done} ${reached.length} of ${states.length} so far`;
	if (idsOf("moving").length > 0) return { kind: "under_way", text: progress };
	const settled = sinceMs >= SETTLED_AFTER_MS;
	const still = `${listText(idsOf("unchanged"))}: ${words.still}`;
	if (reached.length > 0)
		return settled
			? { kind: "failed", text: `${words.done} ${reached.length} of ${states.length}; ${still}` }
			: { kind: "under_way", text: progress };
	return settled ? { kind: "not_done" } : { kind: "not_known", text: still };
}

function reachedBy(
	wanted: "running" | "stopped",
	now: AwsInstance | undefined,
	plannedMs: number | undefined,
): Reached {
	if (!now || now.state === "terminated" || now.state === "shutting-down") return "gone";
	const launchedSince = now.launchedAtMs !== plannedMs;
	if (wanted === "running") {
		if (now.state === "running") return "reached";
		if (now.state === "pending") return "moving";
		return launchedSince ? "undone" : "unchanged";
	}
	if (now.state === "stopped") return "reached";
	if (now.state === "stopping") return "moving";
	return launchedSince ? "undone" : "unchanged";
}
