import type { Execution } from "../domain/execution.ts";
import type { VerificationSpec } from "../domain/plan.ts";
import { sameLabels } from "../domain/time-series.ts";
import type { ExecutorDeps } from "./executor-deps.ts";

const LOOK_BACK_MS = 120_000;
const SAMPLES_KEPT = 15;

/**
 * The verified metric as it stands just before the call. Undefined where it can't be read: a missing picture never
 * holds up an approved change.
 */
export async function readBefore(
	deps: ExecutorDeps,
	spec: VerificationSpec | undefined,
): Promise<Execution["before"]> {
	if (!spec) return undefined;
	try {
		const endMs = await deps.store.now();
		const stepMs = spec.intervalSeconds * 1000;
		const series = await deps.metrics.range(
			spec.query,
			{ startMs: endMs - LOOK_BACK_MS, endMs, stepMs },
			{ timeoutMs: 1500 },
		);
		const all = series.find((item) => sameLabels(item.labels, spec.labels))?.samples ?? [];
		const samples = all.filter((sample) => Number.isFinite(sample.v));
		const value = samples.at(-1)?.v;
		if (value === undefined) return undefined;
		return { value, samples: samples.slice(-SAMPLES_KEPT) };
	} catch (error) {
		deps.logger.warn("the state before an execution could not be read", { error });
		return undefined;
	}
}
