import { z } from "zod";
import { Chart } from "../../src/domain/chart.ts";
import { Unit } from "../../src/domain/quantity.ts";
import { Severity } from "../../src/domain/severity.ts";
import { WatchView } from "./status-schema.ts";

const time = z.iso.datetime();
const reason = z.string().max(500);

export const Sensitivity = z.enum(["low", "normal", "high"]);

/** One watch as its page shows it. */
export const WatchDetailView = WatchView.extend({
	intervalSeconds: z.number(),
	/** The detector that judges it, and whether the watch names it; else it is the default. */
	detector: z.string(),
	chosenDetector: z.boolean(),
	direction: z.enum(["above", "below", "both"]),
	maximumSeverity: Severity,
	environment: z.string(),
	seriesCount: z.number().int(),
	limitText: z.string().optional(),
	remediation: z.string().optional(),
	/** What it does beside scoring, in words. */
	note: z.string().optional(),
});

/** `minutes`: how long. Over 8 hours it needs a reason. */
export const WatchMuteRequest = z.strictObject({
	minutes: z
		.number()
		.min(1)
		.max(31 * 1440),
	reason: reason.optional(),
});
export const WatchTuneRequest = z.strictObject({ sensitivity: Sensitivity, reason: reason.optional() });

/** `query` replaces the watch's own for this replay only. */
export const BacktestRequest = z.strictObject({
	watch: z
		.string()
		.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be a name of lower-case letters, digits and hyphens"),
	days: z.number().min(1).max(90).default(30),
	sensitivity: Sensitivity.optional(),
	query: z.string().min(1).max(10_000).optional(),
});

/** How far a replay is: `share` 0-1. */
export const BacktestProgressView = z.object({ share: z.number(), step: z.string() });

export const BacktestFindingView = z.object({
	series: z.string(),
	target: z.string(),
	/** When the value left its band, when that would have been told, and when it was back, unless it is not. */
	from: time,
	opened: time,
	to: time.optional(),
	severity: Severity,
	score: z.number(),
	peak: z.number(),
	peakText: z.string(),
	expectedText: z.string(),
	lastedText: z.string(),
	reason: z.string(),
});

export const BacktestOutcomeView = z.object({
	count: z.number().int(),
	/** Oldest first; the first 500. */
	findings: z.array(BacktestFindingView),
	perDay: z.array(z.object({ day: z.string(), count: z.number().int() })),
});

/** What a watch would have reported, at its own sensitivity and at the other two. */
export const BacktestView = z.object({
	watch: z.string(),
	metric: z.string(),
	unit: Unit,
	query: z.string(),
	detector: z.string(),
	sensitivity: Sensitivity,
	from: time,
	to: time,
	/** What was before is only learned from. */
	warmUpEnd: time,
	stepSeconds: z.number(),
	points: z.number().int(),
	seriesReplayed: z.number().int(),
	sentence: z.string(),
	/** What turning the knob would have done. */
	knob: z.string(),
	/** What the counts rest on. */
	ground: z.string(),
	/** What was left out or is not known, one sentence each. */
	notes: z.array(z.string()),
	outcomes: z.object({ low: BacktestOutcomeView, normal: BacktestOutcomeView, high: BacktestOutcomeView }),
	/** At most 5, the one with the worst finding first. */
	series: z.array(
		z.object({
			key: z.string(),
			target: z.string(),
			charts: z.object({ low: Chart, normal: Chart, high: Chart }),
		}),
	),
});

/** A chart to be drawn as a picture. */
export const PictureRequest = z.strictObject({
	chart: Chart,
	theme: z.enum(["light", "dark"]).default("dark"),
	width: z.number().int().min(240).max(1600).default(720),
	height: z.number().int().min(120).max(900).default(300),
});
