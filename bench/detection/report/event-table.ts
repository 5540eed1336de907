import { digits, range, table } from "../../table.ts";
import type { EventResult } from "../evaluate/events.ts";

/** One line of an event table. */
export type EventRow = { readonly name: string; readonly result: EventResult };

/** What is counted, for under the first table. */
export const EVENT_NOTES: readonly string[] = [
	"AUC-PR: average precision a series, mean over series. An event is a run of labelled points, found if an alarm falls in it.",
	"An episode is alarms at most 12 points apart, cut after 120; it is false if none of its alarms is in an event.",
	"precision: share of true episodes; recall: share of found events; at score >= 1. Oracle: best threshold in hindsight.",
	"delay: median from the start of an event to its first alarm. No figure is point-adjusted.",
];

/** AUC-PR and events of all candidates. */
export function eventTable(title: string, rows: readonly EventRow[], notes: readonly string[] = []): string {
	return table(
		title,
		[
			"detector",
			"AUC-PR",
			"interval",
			"precision",
			"recall",
			"event-F1",
			"interval",
			"oracle F1",
			"alarms/series-day",
			"delay min",
		],
		rows.map(({ name, result }) => [
			name,
			digits(result.aucPr, 3),
			range(result.aucPrInterval, 3),
			digits(result.precision, 3),
			digits(result.recall, 3),
			digits(result.f1, 3),
			range(result.f1Interval, 3),
			digits(result.oracleF1, 3),
			digits(result.alarmsPerSeriesDay, 2),
			digits(result.medianDelaySeconds / 60, 0),
		]),
		notes,
	);
}
