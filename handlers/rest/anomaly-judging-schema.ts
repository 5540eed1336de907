import { z } from "zod";
import { Severity } from "../../src/domain/severity.ts";

/** Series of other programs: what they are named, and how much comes at once. */
const LONGEST_NAME = 200;
const LATEST_MS = Date.UTC(2100, 0, 1);
const NO_TIME = "must be a time such as 2026-01-31T12:00:00Z, or Unix milliseconds";
const MOST_OF_BATCH = 10_000;
const MOST_OF_HISTORY = 50_000;

const series = z
	.string()
	.min(1)
	.max(LONGEST_NAME)
	.regex(/^[^\p{Cc}]*$/u, "must not have control characters");
/** JSON has no NaN and no infinities; null says that there is no value. */
const value = z.number().nullable();
/** ISO 8601, or Unix milliseconds. Left out: now. */
const at = z.union([
	z.iso.datetime({ offset: true, error: NO_TIME }),
	z.number(NO_TIME).refine((ms) => ms >= 0 && ms <= LATEST_MS, NO_TIME),
]);

/** How the series is judged. What is left out is as the series was begun, or the default. */
const options = {
	detector: z.string().min(1).max(60).optional(),
	sensitivity: z.enum(["low", "normal", "high"]).optional(),
	direction: z.enum(["above", "below", "both"]).optional(),
	stepSeconds: z.number().min(1).max(86_400).optional(),
};

const point = { series, value, at: at.optional() };
export const JudgeRequest = z.strictObject({ ...point, ...options });
export const JudgeBatchRequest = z.strictObject({
	points: z
		.array(z.strictObject(point))
		.min(1)
		.max(MOST_OF_BATCH, `must have at most ${MOST_OF_BATCH} points; send more in further requests`),
	...options,
});
export const TrainRequest = z.strictObject({
	series,
	points: z
		.array(z.strictObject({ value, at: at.optional() }))
		.min(1)
		.max(MOST_OF_HISTORY, `must have at most ${MOST_OF_HISTORY} points; send the newest`),
	...options,
});

const time = z.iso.datetime();

export const JudgementView = z.object({
	series: z.string(),
	at: time,
	/** How new the value is: an alarm begins with 1 or more, and while it lasts what is not newer has 0. */
	score: z.number(),
	/** Whether the value belongs to something abnormal: what a program should act on. */
	outside: z.boolean(),
	/** Where it is outside: when that began, and how bad it was at its worst since then. */
	since: time.optional(),
	severity: Severity.optional(),
	/** How often a quiet series gets such a score or a higher one. */
	tailProbability: z.number(),
	/** While it is false nothing is called outside. */
	ready: z.boolean(),
	/** Where the value was expected. */
	band: z.object({ low: z.number(), high: z.number() }).optional(),
	/** What carried the score, strongest first. */
	reasons: z.array(z.object({ signal: z.string(), share: z.number(), text: z.string() })),
	seen: z.number().int(),
	needed: z.number().int(),
	/** Why the point was neither judged nor learned. */
	passedOver: z.string().optional(),
});
export const JudgementList = z.object({ items: z.array(JudgementView) });

export const TrainedView = z.object({
	series: z.string(),
	learned: z.number().int(),
	/** Points without a value, and of an instant that came twice. */
	passedOver: z.number().int(),
	seen: z.number().int(),
	needed: z.number().int(),
	ready: z.boolean(),
});

export const JudgingStatusQuery = z.strictObject({ series: z.string().max(LONGEST_NAME).optional() });
export const JudgingStatusView = z.object({
	series: z.number().int(),
	/** For one more another leaves that was not used for an hour, or for a day once it was ready. */
	most: z.number().int(),
	/** Series that left for others. */
	left: z.number().int(),
	/** Points learned since the start, and bytes that the states take. */
	points: z.number().int(),
	bytes: z.number().int(),
	/** The 100 used last, or the one that is asked for. */
	items: z.array(
		z.object({
			series: z.string(),
			detector: z.string(),
			sensitivity: z.enum(["low", "normal", "high"]),
			direction: z.enum(["above", "below", "both"]),
			stepSeconds: z.number(),
			seen: z.number().int(),
			needed: z.number().int(),
			ready: z.boolean(),
			lastAt: time.optional(),
		}),
	),
});
