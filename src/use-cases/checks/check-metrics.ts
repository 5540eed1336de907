import type { CheckFinding } from "../../domain/check-finding.ts";
import { toAppError } from "../../domain/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MetricsSource } from "../../ports/metrics-source.ts";
import type { SelfCheck } from "../../ports/self-check.ts";
import type { WatchBoard, WatchReading } from "../../ports/watch-board.ts";

export type CheckMetricsDeps = {
	readonly metrics: MetricsSource;
	readonly board: WatchBoard;
	readonly clock: Clock;
	/** When the process began, in Unix milliseconds: rates need a while for their first value. */
	readonly startedAtMs: number;
};

const FIRST_VALUES_MS = 120_000;

/** Whether the metrics answer, and whether each watch gets series from them. */
export function checkMetrics({ metrics, board, clock, startedAtMs }: CheckMetricsDeps): SelfCheck {
	return {
		area: "metrics",
		run: async () => {
			const source = await sourceFinding(metrics, clock.now());
			const young = clock.now() - startedAtMs < FIRST_VALUES_MS;
			const watches = board.readings().map((reading) => watchFinding(reading, young));
			const wrong = watches.filter(({ verdict }) => verdict !== "ok");
			const fine = watches.length - wrong.length;
			const all: CheckFinding = {
				area: "metrics",
				name: "watches",
				verdict: fine > 0 || watches.length === 0 ? "ok" : "warn",
				text: `${fine} of ${watches.length} watches get values.`,
			};
			return [source, all, ...wrong];
		},
	};
}

async function sourceFinding(metrics: MetricsSource, nowMs: number): Promise<CheckFinding> {
	const name = metrics.kind === "embedded" ? "embedded metrics" : "Prometheus";
	try {
		await metrics.instant("vector(1)", nowMs, { timeoutMs: 5000 });
		return { area: "metrics", name, verdict: "ok", text: "It answers." };
	} catch (error) {
		return {
			area: "metrics",
			name,
			verdict: "fail",
			text: toAppError(error).message,
			remedy: "Check PROMETHEUS_URL and its credentials from this machine.",
		};
	}
}

function watchFinding({ watch, status }: WatchReading, young: boolean): CheckFinding {
	const finding = { area: "metrics", name: `watch ${watch.name}` } as const;
	if (status.absent)
		return {
			...finding,
			verdict: "off",
			text: "Its metrics do not exist here, so it is passed over.",
		};
	if (status.state === "failed")
		return {
			...finding,
			verdict: "fail",
			text: status.problem ?? "It can't be scored.",
			remedy: "Try its query in the Prometheus console, then correct it in smartcloudops.yaml.",
		};
	if (!young && status.lastScoredAtMs !== undefined && status.seriesCount === 0)
		return {
			...finding,
			verdict: "warn",
			text: "Its query gives no series.",
			remedy: "Try its query in the Prometheus console, then correct it in smartcloudops.yaml.",
		};
	return { ...finding, verdict: "ok", text: `${status.seriesCount} series.` };
}
