import type { Watch } from "../../src/domain/watch.ts";

/** The name of the detector that judges all series of a target together. */
export const TARGET_DETECTOR = "target";

/** Whether a watch tells of whole targets: then its values are scores, and no quantity of its query. Pure. */
export function judgesTargets(watch: Pick<Watch, "detector">): boolean {
	return watch.detector === TARGET_DETECTOR;
}
