import type { WatchView } from "../../../web/src/api/types.generated.ts";
import { calmSpark, leakSpark, MB } from "./series.ts";

type Named = Pick<WatchView, "name" | "metric" | "unit" | "target" | "valueText" | "expectedText">;

const CALM: readonly (Named & { readonly level: number; readonly width: number })[] = [
	watch("checkout latency", "latency", "seconds", "checkout", "121 ms", "expected 96–140 ms", 0.118, 0.022),
	watch("checkout requests", "requests", "per_second", "checkout", "28.2 /s", "expected 23–33 /s", 28, 5),
	watch("checkout errors", "error rate", "percent", "checkout", "0.14 %", "expected 0.02–0.22 %", 0.12, 0.1),
	watch("host CPU", "CPU", "percent", "this host", "31 %", "expected 22–42 %", 32, 10),
	watch("host disk", "disk used", "percent", "this host", "63 %", "expected 62–64 %", 63, 1),
];

function watch(
	name: string,
	metric: string,
	unit: WatchView["unit"],
	target: string,
	valueText: string,
	expectedText: string,
	level: number,
	width: number,
) {
	return { name, metric, unit, target, valueText, expectedText, level, width };
}

/** Watches inside their bands. */
export function calmWatches(nowMs: number): readonly WatchView[] {
	return CALM.map(({ level, width, ...named }) => ({
		...named,
		query: "up",
		state: "ready",
		progress: 1,
		samples: 45,
		samplesNeeded: 45,
		spark: calmSpark(nowMs, level, width),
	}));
}

/** The watch that left its band. */
export function leakWatch(nowMs: number): WatchView {
	return {
		name: "checkout memory",
		metric: "memory",
		query: 'process_resident_memory_bytes{job="checkout"}',
		unit: "bytes",
		target: "checkout",
		state: "ready",
		progress: 1,
		samples: 45,
		samplesNeeded: 45,
		severity: "high",
		valueText: "804 MB",
		expectedText: "expected 190–260 MB",
		spark: leakSpark(nowMs),
	};
}

/** The same watches while they learn. */
export function learningWatches(nowMs: number): readonly WatchView[] {
	const learning = { state: "learning", progress: 0.4, samples: 18, samplesNeeded: 45 } as const;
	return [
		{
			...leakWatch(nowMs),
			...learning,
			severity: undefined,
			valueText: "226 MB",
			expectedText: "no band yet, still learning",
			spark: calmSpark(nowMs, 228 * MB, 24 * MB, 18, false),
		},
		...calmWatches(nowMs).map((calm, index) => ({
			...calm,
			...learning,
			progress: 0.38 + index * 0.06,
			spark: calm.spark.slice(-18),
		})),
	];
}
