import { type Approval, isPending } from "../domain/approval.ts";
import type { Incident } from "../domain/incident.ts";
import type { TroubledChannel } from "../ports/chat-stores.ts";
import type { WatchReading } from "../ports/watch-board.ts";
import { leadOf, mostUrgent, type OpenIncident } from "./now-lead.ts";
import { quietSentence } from "./now-quiet.ts";
import { type NowEvent, recentEvents } from "./now-recent.ts";
import { isInside, isUnreported, readyInSeconds } from "./watch-wellbeing.ts";

/** What the guided first run needs to know of the installation. */
export type FirstRunFacts = {
	readonly startedInSeconds: number;
	/** A sample service runs here that can be broken on purpose. */
	readonly demo: boolean;
	/** It is broken now, or was before. */
	readonly broken: boolean;
};

/** All that the Now page is made from. */
export type NowInputs = {
	readonly nowMs: number;
	readonly open: readonly OpenIncident[];
	readonly pending: readonly Approval[];
	/** Every request of unknown outcome, however old. */
	readonly unknown: readonly Approval[];
	/** Requests that ended lately, any order. */
	readonly ended: readonly Approval[];
	/** Incidents resolved lately, any order. */
	readonly resolved: readonly Incident[];
	readonly watches: readonly WatchReading[];
	/** Channels in which messages wait because they can't be delivered. */
	readonly troubled: readonly TroubledChannel[];
	readonly firstRun: FirstRunFacts;
	/** When a change was verified for the first time here; undefined: never. */
	readonly firstVerifiedAtMs?: number;
};

/** The guided first run: how far it is. */
type FirstRun = {
	readonly startedInSeconds: number;
	readonly learningProgress: number;
	readonly readyInSeconds?: number;
	readonly breakable: boolean;
	readonly broken: boolean;
	readonly verified: boolean;
};

/** The Now page in one reading: the sentence first. Times in its texts are tokens; see `replaceTimes`. */
export type NowReading = {
	readonly sentence: string;
	readonly lead: string;
	/** The incident that needs somebody most. */
	readonly incident?: Incident;
	/** Requests that wait for a decision, in the order of expiry. */
	readonly waiting: readonly Approval[];
	/** Requests of unknown outcome, oldest first: somebody has to say what happened. */
	readonly unknown: readonly Approval[];
	readonly recent: readonly NowEvent[];
	readonly openIncidents: number;
	readonly watchesInside: number;
	readonly watchesTotal: number;
	readonly firstRun?: FirstRun;
};

const FIRST_RUN_STAYS_MS = 600_000;

/** What needs somebody, what happened lately and what is quiet, from most urgent to least. Pure. */
export function nowReading(inputs: NowInputs): NowReading {
	const { nowMs, watches } = inputs;
	const waiting = inputs.pending
		.filter((approval) => isPending(approval.status) && approval.expiresAtMs > nowMs)
		.toSorted((a, b) => a.expiresAtMs - b.expiresAtMs);
	const inside = watches.filter((reading) => isInside(reading, nowMs)).length;
	const unreported = watches.filter((reading) => isUnreported(reading, nowMs)).length;
	const unknown = inputs.unknown.toSorted((a, b) => a.createdAtMs - b.createdAtMs);
	const urgent = mostUrgent(inputs.open, waiting, unknown);
	const words = urgent
		? leadOf(urgent, { ...inputs, waiting, unknown, inside, unreported, total: watches.length })
		: quietSentence({ ...inputs, inside, unreported });
	// The guided first run has no place for what went wrong.
	const firstRun = unknown.length > 0 ? undefined : firstRunOf(inputs);
	return {
		...words,
		...(urgent?.incident ? { incident: urgent.incident } : {}),
		waiting,
		unknown,
		recent: recentEvents(inputs),
		openIncidents: inputs.open.length,
		watchesInside: inside,
		watchesTotal: watches.length,
		...(firstRun ? { firstRun } : {}),
	};
}

/** Shown until the loop was seen once, and for ten minutes after, so that the last step is seen to be done. */
function firstRunOf(inputs: NowInputs): FirstRun | undefined {
	const { firstRun, watches, firstVerifiedAtMs, nowMs } = inputs;
	const counted = watches.filter((reading) => reading.status.state !== "failed");
	const progress = counted.map((reading) =>
		reading.status.state === "ready" ? 1 : Math.min(1, Math.max(0, reading.status.progress)),
	);
	const learningProgress = progress.length === 0 ? 0 : Math.min(...progress);
	if (firstVerifiedAtMs !== undefined && nowMs - firstVerifiedAtMs > FIRST_RUN_STAYS_MS) return undefined;
	if (!firstRun.demo && (watches.length === 0 || learningProgress === 1)) return undefined;
	const left = counted.map(readyInSeconds).filter((seconds) => seconds !== undefined);
	return {
		startedInSeconds: firstRun.startedInSeconds,
		learningProgress,
		...(left.length > 0 ? { readyInSeconds: Math.max(...left) } : {}),
		breakable: firstRun.demo && learningProgress === 1,
		broken: firstRun.broken,
		verified: firstVerifiedAtMs !== undefined,
	};
}
