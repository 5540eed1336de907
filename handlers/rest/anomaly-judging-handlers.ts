import type { z } from "zod";
import { AppError } from "../../src/domain/errors.ts";
import type { ApiOptions, ApiVerdict } from "../../src/use-cases/api-point.ts";
import { MOST_API_SERIES } from "../../src/use-cases/api-series.ts";
import type {
	JudgeBatchRequest,
	JudgementView,
	JudgeRequest,
	JudgingStatusQuery,
	TrainRequest,
} from "./anomaly-judging-schema.ts";
import { isoTime, optionalTime } from "./iso-time.ts";
import type { RestDeps } from "./rest-deps.ts";

const SHOWN = 100;

type Asked<Body> = { readonly body: Body };

/** Judges one point and learns from it. AppErrors: `conflict` (other options), `invalid` (detector, ahead of now), `limited` (no place for a new series). */
export async function judge(deps: RestDeps, { body }: Asked<z.output<typeof JudgeRequest>>) {
	const { series, value, at, ...options } = body;
	return judgementView(await deps.useCases.apiSeries.judge({ series, value, atMs: msOf(at) }, options));
}

/** Judges many points in their order. AppErrors as `judge`; what came before the one that is refused is learned. */
export async function judgeBatch(deps: RestDeps, { body }: Asked<z.output<typeof JudgeBatchRequest>>) {
	const { points, ...options } = body;
	const timed = points.map(({ series, value, at }) => ({ series, value, atMs: msOf(at) }));
	return { items: (await deps.useCases.apiSeries.judgeAll(timed, options)).map(judgementView) };
}

/** Begins a series anew from its history. AppErrors: `invalid` (detector, ahead of now), `conflict`. */
export async function train(deps: RestDeps, { body }: Asked<z.output<typeof TrainRequest>>) {
	const { series, points, ...options } = body;
	const timed = points.map(({ value, at }) => ({ value, atMs: msOf(at) }));
	return deps.useCases.apiSeries.train(series, timed, options satisfies ApiOptions);
}

/** What is held of the series of other programs. AppError `not_found` for a series that is not held. */
export async function readJudgingStatus(
	deps: RestDeps,
	{ query }: { readonly query: z.output<typeof JudgingStatusQuery> },
) {
	const { series, left, points, bytes } = deps.useCases.apiSeries.status();
	const asked = query.series === undefined ? series : series.filter((one) => one.series === query.series);
	if (query.series !== undefined && asked.length === 0)
		throw new AppError(
			"not_found",
			`No series "${query.series}" is held here. One begins with its first value; one that was not used for long may have left, and a restart forgets all.`,
		);
	return {
		series: series.length,
		most: MOST_API_SERIES,
		left,
		points,
		bytes,
		items: asked
			.slice(0, SHOWN)
			.map(({ lastAtMs, ...one }) => ({ ...one, ...optionalTime("lastAt", lastAtMs) })),
	};
}

function judgementView({
	atMs,
	sinceMs,
	band,
	reasons,
	...verdict
}: ApiVerdict): z.input<typeof JudgementView> {
	const shown = band && Number.isFinite(band.low) && Number.isFinite(band.high);
	return {
		...verdict,
		at: isoTime(atMs),
		...optionalTime("since", sinceMs),
		score: Math.min(verdict.score, Number.MAX_VALUE),
		...(shown ? { band } : {}),
		reasons: reasons.map((reason) => ({ ...reason })),
	};
}

function msOf(at: string | number | undefined): number | undefined {
	return at === undefined ? undefined : typeof at === "string" ? Date.parse(at) : Math.round(at);
}
