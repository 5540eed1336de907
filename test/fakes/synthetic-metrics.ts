import { embeddedMetrics } from "../../src/adapters/embedded-metrics/embedded-source.ts";
import { createSeriesStore } from "../../src/adapters/embedded-metrics/store/series-store.ts";
import type { Labels } from "../../src/domain/time-series.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";

const GB = 1024 ** 3;
const MB = 1024 ** 2;
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** How a service behaves at a moment; rates are per second, CPU in cores, memory in bytes. */
type ServiceShape = {
	readonly requests: number;
	readonly failing: number;
	readonly cpu: number;
	readonly memory: number;
	/** The latency every request has, in seconds. */
	readonly latency: number;
};

/** What the synthetic world looks like at `t` (Unix milliseconds). */
export type WorldShape = {
	readonly startMs: number;
	readonly endMs: number;
	/** Samples come every 30 s, from here on every 15 s. */
	readonly fineFromMs: number;
	readonly services: Readonly<Record<string, (t: number) => ServiceShape | undefined>>;
	/** Percent of the CPU, of the memory, and of the root disk in use. */
	host(t: number): {
		readonly cpu: number;
		readonly memory: number;
		readonly disk: number;
		readonly load: number;
	};
};

/** A little noise that is the same in every run. */
export function wobble(t: number, size: number): number {
	return size * Math.sin(t / 37_000) * Math.cos(t / 11_000);
}

/** The real engine over a real store that holds the samples of a synthetic world. */
export function syntheticMetrics(shape: WorldShape): MetricsSource {
	const store = createSeriesStore();
	const write = (name: string, labels: Labels, t: number, v: number) => {
		const series = store.seriesFor({ __name__: name, ...labels });
		if (series) store.append(series, t, v);
	};
	const totals = new Map<string, number>();
	const stepAt = (t: number) => (t < shape.fineFromMs ? 30_000 : 15_000);
	const count = (name: string, labels: Labels, t: number, perSecond: number) => {
		const key = JSON.stringify([name, labels]);
		const total = (totals.get(key) ?? 0) + (perSecond * stepAt(t)) / 1000;
		totals.set(key, total);
		write(name, labels, t, total);
	};
	for (let t = shape.startMs; t <= shape.endMs; t += stepAt(t)) {
		writeHost(shape.host(t), t, write, count);
		for (const [job, at] of Object.entries(shape.services)) {
			const service = at(t);
			if (service) writeService(job, service, t, write, count);
			else write("up", { job, instance: `${job}:1` }, t, 0);
		}
	}
	return embeddedMetrics(store, { now: () => Date.now() });
}

type Write = (name: string, labels: Labels, t: number, v: number) => void;

function writeHost(host: ReturnType<WorldShape["host"]>, t: number, write: Write, count: Write): void {
	const labels = { job: "node", instance: "ops-1" };
	for (const cpu of ["0", "1"]) {
		count("node_cpu_seconds_total", { ...labels, cpu, mode: "idle" }, t, 1 - host.cpu / 100);
		count("node_cpu_seconds_total", { ...labels, cpu, mode: "user" }, t, host.cpu / 100);
	}
	write("node_memory_MemTotal_bytes", labels, t, 8 * GB);
	write("node_memory_MemAvailable_bytes", labels, t, 8 * GB * (1 - host.memory / 100));
	for (const [mountpoint, size, used] of [
		["/", 100 * GB, host.disk],
		["/data", 50 * GB, 40],
	] as const) {
		const disk = { ...labels, mountpoint, device: `/dev${mountpoint}`, fstype: "ext4" };
		write("node_filesystem_size_bytes", disk, t, size);
		write("node_filesystem_avail_bytes", disk, t, size * (1 - used / 100));
	}
	write("node_load1", labels, t, host.load);
	write("node_boot_time_seconds", labels, t, 1_700_000_000);
	count("node_network_receive_bytes_total", { ...labels, device: "eth0" }, t, 2 * MB);
	count("node_network_transmit_bytes_total", { ...labels, device: "eth0" }, t, MB);
	const processes = { chrome: [0.4, 900], postgres: [0.1, 300], node: [0.6, 200], bash: [0, 5] } as const;
	for (const [groupname, [cpu, megabytes]] of Object.entries(processes)) {
		count("namedprocess_namegroup_cpu_seconds_total", { ...labels, groupname }, t, cpu);
		write(
			"namedprocess_namegroup_memory_bytes",
			{ ...labels, groupname, memtype: "resident" },
			t,
			megabytes * MB,
		);
	}
}

function writeService(job: string, service: ServiceShape, t: number, write: Write, count: Write): void {
	const labels = { job, instance: `${job}:1` };
	write("up", labels, t, 1);
	count("http_requests_total", { ...labels, code: "200" }, t, service.requests - service.failing);
	count("http_requests_total", { ...labels, code: "500" }, t, service.failing);
	count("process_cpu_seconds_total", labels, t, service.cpu);
	write("process_resident_memory_bytes", labels, t, service.memory);
	write("process_start_time_seconds", labels, t, 1_700_000_000);
	for (const le of [...BUCKETS, Number.POSITIVE_INFINITY]) {
		const text = le === Number.POSITIVE_INFINITY ? "+Inf" : String(le);
		const within = service.latency <= le ? service.requests : 0;
		count("http_request_duration_seconds_bucket", { ...labels, le: text }, t, within);
	}
	count("http_request_duration_seconds_count", labels, t, service.requests);
	count("http_request_duration_seconds_sum", labels, t, service.requests * service.latency);
}
