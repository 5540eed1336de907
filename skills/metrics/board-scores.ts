import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { Labels } from "../../src/domain/time-series.ts";
import type { Watch } from "../../src/domain/watch.ts";
import type { WatchBoard } from "../../src/ports/watch-board.ts";

/**
 * The newest scores until then of a watch that judges whole targets, which no query gives; undefined for another watch,
 * whose query gives its values. Pure.
 */
export function boardScores(
	board: Pick<WatchBoard, "reading">,
	watch: Watch,
	endMs: number,
): readonly { readonly labels: Labels; readonly v: number }[] | undefined {
	if (!judgesTargets(watch)) return undefined;
	const series = board.reading(watch.name)?.series ?? [];
	return series.flatMap(({ labels, points }) => {
		const point = points.findLast(({ t }) => t <= endMs + 1000);
		return point ? [{ labels, v: point.v }] : [];
	});
}
