import type { z } from "zod";
import type { Anomaly } from "../../src/domain/anomaly.ts";
import { foundText } from "../../src/domain/found-text.ts";
import type { WatchBoard } from "../../src/ports/watch-board.ts";
import type { AnomalyView } from "./api-schema.ts";
import { isoTime, optionalTime } from "./iso-time.ts";

/** An anomaly as the interface shows it. The unit is its watch's; a watch that is gone leaves plain counts. */
export function anomalyView(board: WatchBoard, anomaly: Anomaly): z.input<typeof AnomalyView> {
	return {
		id: anomaly.id,
		watch: anomaly.watch,
		target: anomaly.target,
		environment: anomaly.environment,
		labels: { ...anomaly.labels },
		query: anomaly.query,
		incidentId: anomaly.incidentId,
		status: anomaly.closedAtMs === undefined ? "open" : "closed",
		openedAt: isoTime(anomaly.openedAtMs),
		outsideSince: isoTime(anomaly.outsideSinceMs),
		lastSeenAt: isoTime(anomaly.lastSeenAtMs),
		...optionalTime("closedAt", anomaly.closedAtMs),
		score: finite(anomaly.score),
		severity: anomaly.severity,
		value: finite(anomaly.value),
		unit: board.reading(anomaly.watch)?.watch.unit ?? "count",
		band: { low: finite(anomaly.band.low), high: finite(anomaly.band.high) },
		explanation: foundText(anomaly),
	};
}

/** JSON has no infinities: the largest double stands for them. */
function finite(value: number): number {
	if (Number.isNaN(value)) return 0;
	return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}
