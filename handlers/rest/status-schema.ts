import { z } from "zod";
import { Unit } from "../../src/domain/quantity.ts";
import { Severity } from "../../src/domain/severity.ts";

/** How the installation and its watches are. Times are ISO 8601 in UTC; in sparklines Unix milliseconds. */
const time = z.iso.datetime();

export const StatusView = z.object({
	version: z.string(),
	/** `embedded`: nothing from outside is configured; else `connected`. */
	mode: z.enum(["embedded", "connected"]),
	environment: z.string(),
	startedAt: time,
	readyInSeconds: z.number(),
	watches: z.array(
		z.object({
			name: z.string(),
			state: z.enum(["learning", "ready", "failed"]),
			progress: z.number(),
			samples: z.number().int(),
			samplesNeeded: z.number().int(),
			series: z.number().int(),
			lastScoredAt: time.optional(),
			problem: z.string().optional(),
		}),
	),
	platforms: z.array(z.object({ name: z.string(), state: z.string() })),
	store: z.object({ kind: z.enum(["embedded", "postgres"]), state: z.string() }),
	metrics: z.object({ kind: z.enum(["embedded", "prometheus"]), newestSampleAt: time.optional() }),
	problems: z.array(z.string()),
});

/** Who changed something by command, when and why. */
const changedBy = { by: z.string(), at: time, reason: z.string().optional() };

/** A watch as the Now page shows it: the newest value beside what was expected, and a sparkline. */
export const WatchView = z.object({
	name: z.string(),
	metric: z.string(),
	query: z.string(),
	unit: Unit,
	target: z.string(),
	state: z.enum(["learning", "ready", "failed"]),
	progress: z.number(),
	samples: z.number().int(),
	samplesNeeded: z.number().int(),
	problem: z.string().optional(),
	severity: Severity.optional(),
	valueText: z.string(),
	expectedText: z.string(),
	/** How readily it reports. */
	sensitivity: z.enum(["low", "normal", "high"]).optional(),
	/** `command`: it was added by command; else configuration or defaults have it. */
	source: z.enum(["file", "command"]).optional(),
	added: z.object(changedBy).optional(),
	/** It is scored and reports nothing. */
	muted: z.object({ ...changedBy, until: time.optional() }).optional(),
	/** Its sensitivity was turned by command from this. */
	tuned: z.object({ ...changedBy, from: z.enum(["low", "normal", "high"]) }).optional(),
	spark: z.array(
		z.object({
			t: z.number(),
			v: z.number().nullable(),
			low: z.number().optional(),
			high: z.number().optional(),
		}),
	),
});
export const WatchList = z.object({
	items: z.array(WatchView),
	/** Watches of the configuration that were taken away by command. */
	removed: z.array(z.object({ name: z.string(), ...changedBy })).optional(),
});

export const HealthView = z.object({ status: z.literal("ok") });
/** With status 503 while `ready` is false. */
export const ReadyView = z.object({ ready: z.boolean(), reasons: z.array(z.string()) });
