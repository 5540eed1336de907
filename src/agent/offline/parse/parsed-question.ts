import type { MetricName } from "../../../../skills/metrics/target.ts";
import type { Action } from "./concept.ts";
import type { Mention } from "./mark-words.ts";
import type { Period } from "./period.ts";

/** What a person wants. `none`: nothing that is known here. */
export type Intent =
	| "value"
	| "compare"
	| "top"
	| "anomalies"
	| "incidents"
	| "alerts"
	| "explain"
	| "forecast"
	| "capabilities"
	| "status"
	| "approvals"
	| "propose"
	| "outcome"
	| "decide"
	| "action-question"
	| "unsupported"
	| "greeting"
	| "empty"
	| "none";

/** How values over a period become one. A number is a percentile, such as 95. */
export type Aggregate = "avg" | "max" | "min" | number;

/** What was compared with: the same span, `offsetMs` earlier. */
export type Against = { readonly offsetMs: number; readonly words: string };

/** The details of a question; what is undefined was not said. */
export type Slots = {
	readonly metrics: readonly MetricName[];
	readonly mentions: readonly Mention[];
	/** A word where a target's name belongs that is no target's name. */
	readonly unknownName?: string;
	/** The host is meant, and no host is known. */
	readonly hostUnknown?: boolean;
	readonly aggregate?: Aggregate;
	readonly period?: Period;
	readonly against?: Against;
	readonly count?: number;
	readonly incidentId?: string;
	readonly approvalId?: string;
	readonly by?: "process" | "host" | "service";
	readonly action?: Action;
	readonly mountpoint?: string;
	readonly free?: boolean;
	readonly unsupported?: string;
	/** It is about what comes. */
	readonly foretells?: boolean;
	/** It asks when a limit is reached. */
	readonly reaches?: boolean;
};

/**
 * A question as it was understood. `follows`: whether it leans on what was said before in the conversation, because
 * it is joined to it ("and yesterday?") or too short to stand alone.
 */
export type ParsedQuestion = {
	readonly intent: Intent;
	readonly slots: Slots;
	readonly follows: "joined" | "short" | "no";
};
