import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { Watch } from "../domain/watch.ts";

/** What a watch of whole targets is called where nothing else is said: it stands before its score. */
export const TARGET_METRIC = "joint score";

/**
 * A watch as its detector has it: where whole targets are judged, values are scores from 0 on, and the unit, the limits
 * and the side of the query's own values mean nothing. Others stay as they are. Pure.
 */
export function withScores<W extends Omit<Watch, "name">>(watch: W): W {
	if (!judgesTargets(watch)) return watch;
	const { limit: _limit, ceiling: _ceiling, ...rest } = watch;
	const scores = { kind: "other", unit: "count", direction: "above", minimumChange: 0, floor: 0 } as const;
	return { ...rest, ...scores } as W;
}
