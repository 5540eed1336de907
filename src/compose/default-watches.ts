import type { Watch } from "../domain/watch.ts";

const MEGABYTE = 1024 * 1024;

/** How the watches of one installation differ: embedded ones know their host by one name. */
export type HostWatchOptions = {
	readonly environment: string;
	readonly intervalSeconds: number;
	/** The one host, or undefined where the label `instance` names many. */
	readonly host: string | undefined;
};

/** The watches of hosts, over node_exporter's names. Wide least changes: a busy minute of a host is no finding. */
export function hostWatches({ environment, intervalSeconds, host }: HostWatchOptions): readonly Watch[] {
	const target = host === undefined ? { label: "instance" } : { name: host };
	const by = "by (instance)";
	const window = `${Math.max(60, intervalSeconds * 4)}s`;
	const common = {
		environment,
		intervalSeconds,
		target,
		direction: "above",
		floor: 0,
		maximumSeverity: "high",
		optional: true,
	} as const;
	return [
		{
			...common,
			name: "host-cpu",
			metric: "CPU",
			kind: "cpu",
			unit: "percent",
			query: `100 - 100 * avg ${by} (rate(node_cpu_seconds_total{mode="idle"}[${window}]))`,
			ceiling: 100,
			minimumChange: 45,
			forSeconds: 60,
		},
		{
			...common,
			name: "host-memory",
			metric: "memory",
			kind: "memory",
			unit: "bytes",
			query: `sum ${by} (node_memory_MemTotal_bytes) - sum ${by} (node_memory_MemAvailable_bytes)`,
			minimumChange: 2048 * MEGABYTE,
			forSeconds: 60,
		},
		{
			...common,
			name: "host-disk",
			metric: "disk use",
			kind: "disk",
			unit: "percent",
			query: `max ${by} (100 - 100 * node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes{mountpoint="/"})`,
			ceiling: 100,
			minimumChange: 10,
			forSeconds: 30,
			limit: { name: "full", value: 100 },
		},
		{
			...common,
			name: "host-load",
			metric: "load",
			kind: "load",
			unit: "count",
			query: `max ${by} (node_load1)`,
			minimumChange: 8,
			forSeconds: 60,
			maximumSeverity: "medium",
		},
		{
			...common,
			name: "host-network",
			metric: "received network traffic",
			kind: "network",
			unit: "bytes_per_second",
			query: `sum ${by} (rate(node_network_receive_bytes_total{device!="lo"}[${window}]))`,
			minimumChange: 64 * MEGABYTE,
			forSeconds: 60,
			maximumSeverity: "medium",
		},
	];
}

export type ServiceWatchOptions = {
	readonly job: string;
	readonly environment: string;
	readonly intervalSeconds: number;
	/** Whether a restart may be proposed: the service is supervised here. */
	readonly restartable: boolean;
};

/** The watches of one scraped HTTP service that exposes the usual metrics. */
export function serviceWatches({
	job,
	environment,
	intervalSeconds,
	restartable,
}: ServiceWatchOptions): readonly Watch[] {
	const series = `{job="${job}"}`;
	const window = `${Math.max(10, intervalSeconds * 5)}s`;
	const common = {
		environment,
		intervalSeconds,
		target: { name: job },
		direction: "above",
		floor: 0,
		forSeconds: 0,
		maximumSeverity: "high",
		optional: true,
		...(restartable ? { remediation: { name: "restart-service", parameters: { service: "$target" } } } : {}),
	} as const;
	return [
		{
			...common,
			name: `${job}-memory`,
			metric: "memory",
			kind: "memory",
			unit: "bytes",
			query: `max(process_resident_memory_bytes${series})`,
			// A healthy one was seen to settle 20 MB higher on a busy machine, and nobody restarts a service for that.
			minimumChange: 32 * MEGABYTE,
		},
		{
			...common,
			name: `${job}-cpu`,
			metric: "CPU",
			kind: "cpu",
			unit: "percent",
			query: `100 * sum(rate(process_cpu_seconds_total${series}[${window}]))`,
			minimumChange: 20,
		},
		{
			...common,
			name: `${job}-errors`,
			metric: "error rate",
			kind: "error-rate",
			unit: "percent",
			query: `100 * (sum(rate(http_requests_total{job="${job}",code=~"5.."}[${window}])) or vector(0)) / sum(rate(http_requests_total${series}[${window}]))`,
			ceiling: 100,
			minimumChange: 5,
		},
		{
			...common,
			name: `${job}-latency`,
			metric: "95th percentile latency",
			kind: "latency",
			unit: "seconds",
			query: `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket${series}[${window}])))`,
			// On a busy machine the usual 35 ms of a healthy one were over three times that for 20 to 42 s, four times in minutes.
			minimumChange: 0.25,
		},
		{
			...common,
			name: `${job}-traffic`,
			metric: "traffic",
			kind: "traffic",
			unit: "per_second",
			query: `sum(rate(http_requests_total${series}[${window}]))`,
			direction: "both",
			minimumChange: 10,
			forSeconds: 15,
			maximumSeverity: "medium",
		},
	];
}
