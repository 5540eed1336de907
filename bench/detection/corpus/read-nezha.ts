import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Readings } from "./labelled-series.ts";
import { readFiles } from "./read-files.ts";
import { readTable } from "./read-table.ts";

/** The metrics of one pod on one clock; `normal` runs are free of faults. */
export type Pod = {
	/** As "ts-auth-service-7f8d7d756d-k7b9j". */
	readonly name: string;
	/** The folder of the run, as "2023-01-29". */
	readonly day: string;
	readonly normal: boolean;
	readonly timesMs: Float64Array;
	readonly metrics: readonly Float64Array[];
	readonly metricNames: readonly string[];
};

/** What was broken on purpose; how long it lasted is not recorded. */
export type Fault = {
	readonly day: string;
	readonly pod: string;
	readonly kind: string;
	readonly atMs: number;
};

const Faults = z.array(
	z.object({ inject_timestamp: z.string(), inject_pod: z.string(), inject_type: z.string() }),
);
/** A quirk of the source: the clock of this service is so far ahead. */
const AHEAD = { service: "adservice", ms: 200_000_000_000 };

/** The pods and the faults of Nezha under `dir`/nezha. */
export function readNezha(dir: string): Readings<Pod> & { readonly faults: readonly Fault[] } {
	const pods = readFiles(dir, "nezha", (path, name): Pod => {
		const parts = name.split("/");
		const table = readTable(path);
		const [times, ...metrics] = table.columns;
		if (times === undefined || metrics.length === 0) throw new Error("it has no metrics");
		const pod = (parts.at(-1) ?? name).replace(/_metric$/, "");
		const timesMs = times.map((seconds) => seconds * 1000);
		return {
			name: pod,
			day: parts[0] ?? "",
			normal: parts.includes("normal"),
			timesMs: pod.startsWith(AHEAD.service) ? backInTime(timesMs) : timesMs,
			metrics,
			metricNames: table.header.slice(1),
		};
	});
	return { ...pods, ...readFaults(join(dir, "nezha"), pods.skipped) };
}

/** Only where it is ahead: after 2027, which is past the end of every run. */
function backInTime(timesMs: Float64Array): Float64Array {
	return timesMs.map((ms) => (ms > Date.UTC(2027, 0, 1) ? ms - AHEAD.ms : ms));
}

function readFaults(root: string, already: readonly string[]): { faults: Fault[]; skipped: string[] } {
	const faults: Fault[] = [];
	const skipped = [...already];
	const days = existsSync(root) ? readdirSync(root).toSorted() : [];
	for (const day of days) {
		const path = join(root, day, "faults.json");
		if (!existsSync(path)) continue;
		try {
			for (const fault of Faults.parse(JSON.parse(readFileSync(path, "utf8")))) {
				const atMs = Number(fault.inject_timestamp) * 1000;
				faults.push({ day, pod: fault.inject_pod, kind: fault.inject_type, atMs });
			}
		} catch {
			skipped.push(`nezha/${day}/faults.json is left out: it is not as expected.`);
		}
	}
	return { faults, skipped };
}
