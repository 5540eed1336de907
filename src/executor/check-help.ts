import type { Approval } from "../domain/approval.ts";
import { forecastBasis } from "../domain/compare-with-nothing.ts";
import type { Execution } from "../domain/execution.ts";
import type { ForecastPoint } from "../domain/forecast.ts";
import type { WatchedGuard } from "../domain/judge-guards.ts";
import { judgeHelp } from "../domain/judge-help.ts";
import type { VerificationSpec } from "../domain/plan.ts";
import { type Labels, type Sample, sameLabels } from "../domain/time-series.ts";
import type { VerificationVerdict } from "../domain/verification.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

/** Guards are looked at from so long before the change: what was bad already is not held against it. */
const GUARD_LOOK_BACK_MS = 300_000;
const GUARD_STEP_SECONDS = 5;
const FORECAST_POINTS = 40;

/** Reads everything a run is judged by, and judges it as of now. What can't be read counts as missing. */
export async function checkHelp(
	deps: ExecutorDeps,
	approval: Approval,
	execution: Execution,
): Promise<VerificationVerdict> {
	const { verification: spec, guards } = approval.plan;
	const nowMs = await deps.store.now();
	const { intendedAtMs } = execution;
	const startedAtMs = execution.finishedAtMs ?? intendedAtMs;
	const stepSeconds = spec?.intervalSeconds ?? GUARD_STEP_SECONDS;
	const stepMs = stepSeconds * 1000;
	const read = (query: string, labels: Labels, startMs: number) =>
		readSamples(deps, approval.id, query, labels, { startMs, endMs: Math.max(nowMs, startMs), stepMs });
	const watched = guards.map(
		async (guard): Promise<WatchedGuard> => ({
			guard,
			samples: await read(guard.query, guard.labels, intendedAtMs - GUARD_LOOK_BACK_MS),
			stepSeconds,
		}),
	);
	return judgeHelp({
		...(spec ? { spec, doNothing: doNothing(deps, execution, spec, startedAtMs) } : {}),
		samples: spec ? await read(spec.query, spec.labels, startedAtMs + stepMs) : [],
		guards: await Promise.all(watched),
		startedAtMs,
		intendedAtMs,
		nowMs,
	});
}

async function readSamples(
	deps: ExecutorDeps,
	approvalId: string,
	query: string,
	labels: Labels,
	span: Parameters<ExecutorDeps["metrics"]["range"]>[1],
): Promise<readonly Sample[]> {
	const series = await deps.metrics.range(query, span).catch((error: unknown) => {
		deps.logger.warn("a verification could not be read", { approval: approvalId, error });
		return [];
	});
	return series.find((item) => sameLabels(item.labels, labels))?.samples ?? [];
}

/** Where the metric was going before the call: the same samples give the same line, also after a crash. */
function doNothing(
	deps: ExecutorDeps,
	{ before }: Execution,
	spec: VerificationSpec,
	startedAtMs: number,
): readonly ForecastPoint[] {
	const basis = forecastBasis(spec, before?.samples ?? []);
	const newest = basis.at(-1);
	if (!newest) return [];
	const horizonMs = Math.max(1000, startedAtMs + spec.withinSeconds * 1000 - newest.t);
	return deps.forecast(basis, { horizonMs, stepMs: horizonMs / FORECAST_POINTS }, before?.usual);
}
