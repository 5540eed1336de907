import type { Unit } from "../../src/domain/quantity.ts";
import { quoteLabelValue } from "../../src/domain/time-series.ts";
import type { MetricName, Target } from "./target.ts";

/** Which of a metric's forms is wanted; the usual one where nothing is said. */
export type MetricForm = {
	/** For latency: 0-1 exclusive, 0.95 by default. */
	readonly quantile?: number;
	/** For latency: the mean instead of a quantile. */
	readonly mean?: boolean;
	/** For disks: the one mounted here. */
	readonly mountpoint?: string;
};

/** Which series are meant, as matchers (`job="checkout"`), and the window of rates (`1m`). */
export type Scope = { readonly matchers: readonly string[]; readonly window: string };

/** A quantity: what it is called in a sentence, its unit and its PromQL. */
export type Quantity = { readonly label: string; readonly unit: Unit; readonly query: string };

/** One metric of one kind of target. */
export type MetricEntry = {
	readonly kind: Target["kind"];
	readonly metric: MetricName;
	/** The quantity itself. May give several series; `mountpoint` tells disks apart. */
	main(scope: Scope, form: MetricForm): Quantity;
	/** What belongs beside it. */
	beside(scope: Scope, form: MetricForm): readonly Quantity[];
	/** A bare selector of what the quantity is made from: no samples there, no number here. */
	source(scope: Scope): string;
};

/** File systems in memory or read-only images fill by design. */
const REAL_DISKS = 'fstype!~"tmpfs|devtmpfs|ramfs|squashfs|iso9660"';

function select(name: string, { matchers }: Scope, ...more: readonly string[]): string {
	const all = [...matchers, ...more];
	return all.length > 0 ? `${name}{${all.join(",")}}` : name;
}

function rate(name: string, scope: Scope, ...more: readonly string[]): string {
	return `rate(${select(name, scope, ...more)}[${scope.window}])`;
}

function disk(name: string, scope: Scope, { mountpoint }: MetricForm): string {
	const where = mountpoint === undefined ? [REAL_DISKS] : [`mountpoint=${quoteLabelValue(mountpoint)}`];
	return `max by (mountpoint) (${select(name, scope, ...where)})`;
}

const none = () => [];

/** Every metric that questions may name, for hosts by node_exporter's names, for services by the usual ones. */
export const METRIC_TABLE: readonly MetricEntry[] = [
	{
		kind: "host",
		metric: "cpu",
		main: (scope) => ({
			label: "CPU",
			unit: "percent",
			query: `100 - 100 * avg(${rate("node_cpu_seconds_total", scope, 'mode="idle"')})`,
		}),
		beside: none,
		source: (scope) => select("node_cpu_seconds_total", scope, 'mode="idle"'),
	},
	{
		kind: "host",
		metric: "memory",
		main: (scope) => ({
			label: "memory",
			unit: "bytes",
			query: `sum(${select("node_memory_MemTotal_bytes", scope)}) - sum(${select("node_memory_MemAvailable_bytes", scope)})`,
		}),
		beside: (scope) => {
			const total = `sum(${select("node_memory_MemTotal_bytes", scope)})`;
			const free = `sum(${select("node_memory_MemAvailable_bytes", scope)})`;
			return [
				{ label: "Share", unit: "percent", query: `100 * (1 - ${free} / ${total})` },
				{ label: "Free", unit: "bytes", query: free },
				{ label: "In all", unit: "bytes", query: total },
			];
		},
		source: (scope) => select("node_memory_MemAvailable_bytes", scope),
	},
	{
		kind: "host",
		metric: "disk",
		main: (scope, form) => ({
			label: "disk use",
			unit: "percent",
			query: `100 - 100 * ${disk("node_filesystem_avail_bytes", scope, form)} / ${disk("node_filesystem_size_bytes", scope, form)}`,
		}),
		beside: (scope, form) => [
			{ label: "Free", unit: "bytes", query: disk("node_filesystem_avail_bytes", scope, form) },
			{ label: "In all", unit: "bytes", query: disk("node_filesystem_size_bytes", scope, form) },
		],
		source: (scope) => select("node_filesystem_avail_bytes", scope),
	},
	{
		kind: "host",
		metric: "load",
		main: (scope) => ({ label: "load", unit: "count", query: `max(${select("node_load1", scope)})` }),
		beside: (scope) => [
			{
				label: "Cores",
				unit: "count",
				query: `count(${select("node_cpu_seconds_total", scope, 'mode="idle"')})`,
			},
		],
		source: (scope) => select("node_load1", scope),
	},
	{
		kind: "host",
		metric: "network",
		main: (scope) => ({
			label: "network traffic",
			unit: "bytes_per_second",
			query: `sum(${rate("node_network_receive_bytes_total", scope, 'device!="lo"')}) + sum(${rate("node_network_transmit_bytes_total", scope, 'device!="lo"')})`,
		}),
		beside: (scope) => [
			{
				label: "Received",
				unit: "bytes_per_second",
				query: `sum(${rate("node_network_receive_bytes_total", scope, 'device!="lo"')})`,
			},
			{
				label: "Sent",
				unit: "bytes_per_second",
				query: `sum(${rate("node_network_transmit_bytes_total", scope, 'device!="lo"')})`,
			},
		],
		source: (scope) => select("node_network_receive_bytes_total", scope, 'device!="lo"'),
	},
	{
		kind: "service",
		metric: "cpu",
		main: (scope) => ({
			label: "CPU",
			unit: "percent",
			query: `100 * sum(${rate("process_cpu_seconds_total", scope)})`,
		}),
		beside: none,
		source: (scope) => select("process_cpu_seconds_total", scope),
	},
	{
		kind: "service",
		metric: "memory",
		main: (scope) => ({
			label: "memory",
			unit: "bytes",
			query: `max(${select("process_resident_memory_bytes", scope)})`,
		}),
		beside: none,
		source: (scope) => select("process_resident_memory_bytes", scope),
	},
	{
		kind: "service",
		metric: "traffic",
		main: (scope) => ({
			label: "traffic",
			unit: "per_second",
			query: `sum(${rate("http_requests_total", scope)})`,
		}),
		beside: none,
		source: (scope) => select("http_requests_total", scope),
	},
	{
		kind: "service",
		metric: "error-rate",
		main: (scope) => ({
			label: "error rate",
			unit: "percent",
			query: `100 * (sum(${rate("http_requests_total", scope, 'code=~"5.."')}) or vector(0)) / sum(${rate("http_requests_total", scope)})`,
		}),
		beside: (scope) => [
			{
				label: "Failed",
				unit: "per_second",
				query: `sum(${rate("http_requests_total", scope, 'code=~"5.."')}) or vector(0)`,
			},
			{ label: "Requests", unit: "per_second", query: `sum(${rate("http_requests_total", scope)})` },
		],
		source: (scope) => select("http_requests_total", scope),
	},
	{
		kind: "service",
		metric: "latency",
		main: latency,
		beside: none,
		source: (scope) => select("http_request_duration_seconds_count", scope),
	},
];

function latency(scope: Scope, { quantile = 0.95, mean }: MetricForm): Quantity {
	if (mean) {
		const [sum, count] = ["sum", "count"].map((part) => rate(`http_request_duration_seconds_${part}`, scope));
		return { label: "mean latency", unit: "seconds", query: `sum(${sum}) / sum(${count})` };
	}
	const buckets = `sum by (le) (${rate("http_request_duration_seconds_bucket", scope)})`;
	const name = quantile === 0.5 ? "median" : `${Math.round(quantile * 1000) / 10}th percentile`;
	return {
		label: `${name} latency`,
		unit: "seconds",
		query: `histogram_quantile(${quantile}, ${buckets})`,
	};
}

/** The entry for a metric of a kind of target; undefined where that kind has no such metric. */
export function metricEntry(kind: Target["kind"], metric: MetricName): MetricEntry | undefined {
	return METRIC_TABLE.find((entry) => entry.kind === kind && entry.metric === metric);
}

/** Which kinds of targets have a metric. */
export function kindsWith(metric: MetricName): readonly Target["kind"][] {
	return METRIC_TABLE.filter((entry) => entry.metric === metric).map((entry) => entry.kind);
}
