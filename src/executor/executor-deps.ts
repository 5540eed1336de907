import type { ForecastPoint } from "../domain/forecast.ts";
import type { Sample, Span } from "../domain/time-series.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { CloudReader } from "../ports/cloud-reader.ts";
import type { CloudWriter } from "../ports/cloud-writer.ts";
import type { EffectHolds } from "../ports/effect-holds.ts";
import type { Failpoint } from "../ports/failpoint.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Logger } from "../ports/logger.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { Store } from "../ports/store.ts";
import type { AnyRemediation } from "../remediations/define-remediation.ts";

/** What the executor role holds. It is the only role with a CloudWriter, and it reads no text from outside. */
export type ExecutorDeps = {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly reader: CloudReader;
	readonly writer: CloudWriter;
	readonly metrics: MetricsSource;
	/** What a series that went astray would do by itself, from its newest samples on, over the usual course of the day. */
	forecast(
		samples: readonly Sample[],
		options: { readonly horizonMs: number; readonly stepMs: number },
		usual?: readonly Sample[],
	): readonly ForecastPoint[];
	/** How the usual day goes over a span, from a history of days; empty where that can't be told. */
	usualCourse(history: readonly Sample[], span: Span): readonly Sample[];
	readonly remediations: readonly AnyRemediation[];
	readonly rules: ApprovalRules;
	readonly holds: EffectHolds;
	readonly logger: Logger;
	readonly failpoint: Failpoint;
	/** Names this process in leases. */
	readonly owner: string;
};
