import type { Execution } from "../domain/execution.ts";
import type { VerificationSpec } from "../domain/plan.ts";
import { type Sample, type Span, sameLabels } from "../domain/time-series.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

const LOOK_BACK_MS = 120_000;
const SAMPLES_KEPT = 15;
const TIMEOUT_MS = 1500;
/** A week in 673 points: enough to know how the usual day goes. */
const HISTORY = { lengthMs: 7 * 86_400_000, stepMs: 15 * 60_000 };
/** The usual course is kept for as long as the check may take, and for the chart that goes on after it. */
const USUAL_STEP_MS = 300_000;

/**
 * The verified metric as it stands just before the call, and how its usual day would go on. Undefined where it can't be
 * read: a missing picture never holds up an approved change.
 */
export async function readBefore(
	deps: ExecutorDeps,
	spec: VerificationSpec | undefined,
): Promise<Execution["before"]> {
	if (!spec) return undefined;
	try {
		const endMs = await deps.store.now();
		const stepMs = spec.intervalSeconds * 1000;
		const [all, usual] = await Promise.all([
			read(deps, spec, { startMs: endMs - LOOK_BACK_MS, endMs, stepMs }),
			readUsual(deps, spec, endMs),
		]);
		const samples = all.filter((sample) => Number.isFinite(sample.v));
		const value = samples.at(-1)?.v;
		if (value === undefined) return undefined;
		return { value, samples: samples.slice(-SAMPLES_KEPT), ...(usual.length > 0 ? { usual } : {}) };
	} catch (error) {
		deps.logger.warn("the state before an execution could not be read", { error });
		return undefined;
	}
}

async function readUsual(
	deps: ExecutorDeps,
	spec: VerificationSpec,
	endMs: number,
): Promise<readonly Sample[]> {
	try {
		const { lengthMs, stepMs } = HISTORY;
		const history = await read(deps, spec, { startMs: endMs - lengthMs, endMs, stepMs });
		const aheadMs = 3 * Math.max(60, spec.withinSeconds) * 1000 + 600_000;
		return deps.usualCourse(history, {
			startMs: endMs - LOOK_BACK_MS,
			endMs: endMs + aheadMs,
			stepMs: USUAL_STEP_MS,
		});
	} catch (error) {
		deps.logger.warn("the days before an execution could not be read", { error });
		return [];
	}
}

async function read(
	deps: ExecutorDeps,
	{ query, labels }: VerificationSpec,
	span: Span,
): Promise<readonly Sample[]> {
	const series = await deps.metrics.range(query, span, { timeoutMs: TIMEOUT_MS });
	return series.find((item) => sameLabels(item.labels, labels))?.samples ?? [];
}
