import { deliverCommand } from "./deliver-command.ts";
import { settleGroup } from "./groups.ts";
import { settleInstance } from "./instances.ts";
import type { RegionState } from "./region-state.ts";

/** Terminated instances stay visible for an hour, and no more than this many. */
const TERMINATED_BOUND = 500;
const TERMINATED_MS = 3_600_000;

/** Brings everything in the region to the state it has now, and forgets what terminated long ago. */
export function settleRegion(region: RegionState): void {
	const nowMs = region.rules.clock();
	for (const instance of region.instances.values()) settleInstance(instance, nowMs);
	for (const group of region.groups.values()) settleGroup(region, group);
	const waiting = Array.from(region.waiting);
	for (const command of waiting) deliverCommand(region, command);
	const gone = [...region.instances.values()].filter((instance) => instance.state === "terminated");
	const tooMany = gone.length - TERMINATED_BOUND;
	for (const [index, instance] of gone.entries())
		if (index < tooMany || nowMs - (instance.terminatedAtMs ?? nowMs) > TERMINATED_MS)
			region.instances.delete(instance.instanceId);
}
