import type { MovedSeries } from "../../models/target/moved-series.ts";
import type { Anomaly, Band } from "../../src/domain/anomaly.ts";
import type { QueryTrace } from "../../src/domain/chat-message.ts";
import { formatNumber, formatRange } from "../../src/domain/quantity.ts";
import { timeToken } from "../../src/domain/time-text.ts";
import type { Watch } from "../../src/domain/watch.ts";
import { othersText } from "./explanation-text.ts";
import {
	type ExplainSources,
	readMoved,
	readOthers,
	readStart,
	restarterOf,
	tracesOf,
} from "./gather-evidence.ts";
import { type Certainty, judgeCause } from "./judge-cause.ts";

const NAMED = 3;

/** The metric that moved furthest. */
type LeadingMetric = {
	readonly anomaly: Anomaly;
	readonly metric: string;
	readonly unit: "count";
	readonly atMs: number;
	readonly value: number;
	readonly band: Band;
	readonly query: string;
};

/**
 * Explains a finding on a whole target: which of its metrics moved, from where to where, what else of it is watched,
 * and what changed shortly before.
 * @throws AppError of the metrics source
 */
export async function explainTarget(
	input: ExplainSources & { readonly earlierHelped?: number },
	first: Anomaly,
	watch: Watch,
	endMs: number,
): Promise<{
	readonly text: string;
	readonly queries: readonly QueryTrace[];
	readonly movedFirst?: LeadingMetric;
	readonly ruledOut: readonly never[];
	readonly certainty: Certainty;
}> {
	const [{ moved, asked }, others, start] = await Promise.all([
		readMoved(input, first, watch, endMs),
		readOthers(input, first, endMs),
		readStart(input, first.target, false, endMs),
	]);
	const startedBeforeMs = start.startedAtMs === undefined ? -1 : first.outsideSinceMs - start.startedAtMs;
	const restartedBy = start.startedAtMs === undefined ? undefined : restarterOf(input, start.startedAtMs);
	const cause = judgeCause({
		target: first.target,
		kind: "other",
		up: moved[0]?.up ?? true,
		steady: false,
		others,
		earlierHelped: input.earlierHelped ?? 0,
		...(startedBeforeMs >= 0 ? { startedBeforeMs } : {}),
		...(restartedBy === undefined ? {} : { restartedBy }),
	});
	const [lead] = moved;
	return {
		text: [headText(first, moved, endMs), othersText(others, []), cause.text].filter(Boolean).join(" "),
		queries: tracesOf([asked, ...others.map((other) => other.asked), start.asked]),
		...(lead
			? {
					movedFirst: {
						anomaly: first,
						metric: lead.name,
						unit: "count" as const,
						atMs: first.outsideSinceMs,
						value: lead.value,
						band: lead.before,
						query: first.query,
					},
				}
			: {}),
		ruledOut: [],
		certainty: cause.certainty,
	};
}

/** What the detector saw stays; the numbers are those of now. */
function headText(first: Anomaly, moved: readonly MovedSeries[], endMs: number): string {
	if (moved.length === 0) return first.explanation;
	const told = moved.slice(0, NAMED).map(movedText);
	const more = moved.length - told.length;
	const others = more > 0 ? `; ${more} more moved` : "";
	const [what = ""] = first.explanation.split(/[:.](?:\s|$)/);
	return `${what}, abnormal since ${timeToken(first.outsideSinceMs)}. At ${timeToken(endMs)}: ${told.join("; ")}${others}.`;
}

function movedText({ name, value, before, up }: MovedSeries): string {
	return `${name} ${up ? "up" : "down"} to ${formatNumber(value)}, ${formatRange(before.low, before.high, "count")} before`;
}
