import type { Unit } from "../../src/domain/quantity.ts";
import type { MetricName } from "./target.ts";

/** What can be ranked. */
export type RankedKind = "process" | "host" | "service";

/** How to rank: the query, its unit, the label whose value names each row. */
export type Ranking = {
	readonly query: string;
	readonly unit: Unit;
	readonly label: string;
	/** What the first one does: `uses most CPU`. */
	readonly phrase: string;
	/** What a value is a share of, where that needs saying: `of one core`. */
	readonly share?: string;
	readonly nameLabel: string;
};

type RankingEntry = {
	readonly of: RankedKind;
	readonly by: MetricName;
	readonly unit: Unit;
	readonly label: string;
	readonly phrase: string;
	readonly share?: string;
	/** `window` is that of rates; `gauge` wraps a gauge so that it speaks for the whole span. */
	build(window: string, gauge: (selector: string) => string): string;
};

const NAME_LABELS: Readonly<Record<RankedKind, string>> = {
	process: "groupname",
	host: "instance",
	service: "job",
};
const DISKS = '{fstype!~"tmpfs|devtmpfs|ramfs|squashfs|iso9660"}';

const TABLE: readonly RankingEntry[] = [
	{
		of: "process",
		by: "cpu",
		unit: "percent",
		label: "CPU",
		phrase: "uses most CPU",
		share: "of one core",
		build: (window) => `100 * sum by (groupname) (rate(namedprocess_namegroup_cpu_seconds_total[${window}]))`,
	},
	{
		of: "process",
		by: "memory",
		unit: "bytes",
		label: "resident memory",
		phrase: "uses most memory",
		build: (_window, gauge) =>
			`sum by (groupname) (${gauge('namedprocess_namegroup_memory_bytes{memtype="resident"}')})`,
	},
	{
		of: "host",
		by: "cpu",
		unit: "percent",
		label: "CPU",
		phrase: "has the busiest CPU",
		build: (window) => `100 - 100 * avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[${window}]))`,
	},
	{
		of: "host",
		by: "memory",
		unit: "bytes",
		label: "memory",
		phrase: "uses most memory",
		build: (_window, gauge) =>
			`sum by (instance) (${gauge("node_memory_MemTotal_bytes")}) - sum by (instance) (${gauge("node_memory_MemAvailable_bytes")})`,
	},
	{
		of: "host",
		by: "disk",
		unit: "percent",
		label: "fullest disk",
		phrase: "has the fullest disk",
		build: (_window, gauge) =>
			`max by (instance) (100 - 100 * ${gauge(`node_filesystem_avail_bytes${DISKS}`)} / ${gauge(`node_filesystem_size_bytes${DISKS}`)})`,
	},
	{
		of: "host",
		by: "load",
		unit: "count",
		label: "load",
		phrase: "has the highest load",
		build: (_window, gauge) => `max by (instance) (${gauge("node_load1")})`,
	},
	{
		of: "host",
		by: "network",
		unit: "bytes_per_second",
		label: "network traffic",
		phrase: "has most network traffic",
		build: (window) =>
			`sum by (instance) (rate(node_network_receive_bytes_total{device!="lo"}[${window}])) + sum by (instance) (rate(node_network_transmit_bytes_total{device!="lo"}[${window}]))`,
	},
	{
		of: "service",
		by: "cpu",
		unit: "percent",
		label: "CPU",
		phrase: "uses most CPU",
		share: "of one core",
		build: (window) => `100 * sum by (job) (rate(process_cpu_seconds_total[${window}]))`,
	},
	{
		of: "service",
		by: "memory",
		unit: "bytes",
		label: "memory",
		phrase: "uses most memory",
		build: (_window, gauge) => `max by (job) (${gauge("process_resident_memory_bytes")})`,
	},
	{
		of: "service",
		by: "traffic",
		unit: "per_second",
		label: "traffic",
		phrase: "has most traffic",
		build: (window) => `sum by (job) (rate(http_requests_total[${window}]))`,
	},
	{
		of: "service",
		by: "error-rate",
		unit: "percent",
		label: "error rate",
		phrase: "has the highest error rate",
		build: (window) =>
			`100 * sum by (job) (rate(http_requests_total{code=~"5.."}[${window}])) / sum by (job) (rate(http_requests_total[${window}]))`,
	},
	{
		of: "service",
		by: "latency",
		unit: "seconds",
		label: "95th percentile latency",
		phrase: "has the highest 95th percentile latency",
		build: (window) =>
			`histogram_quantile(0.95, sum by (job, le) (rate(http_request_duration_seconds_bucket[${window}])))`,
	},
];

/**
 * The ranking of a kind of thing by a metric; undefined where it can't be ranked so.
 * @param span PromQL length of the span it is about; undefined for now
 */
export function rankingOf(
	of: RankedKind,
	by: MetricName,
	count: number,
	window: string,
	span: string | undefined,
): Ranking | undefined {
	const entry = TABLE.find((one) => one.of === of && one.by === by);
	if (!entry) return undefined;
	const gauge = (selector: string) => (span === undefined ? selector : `avg_over_time(${selector}[${span}])`);
	const query = `topk(${count}, ${entry.build(span ?? window, gauge)})`;
	const { unit, label, phrase, share } = entry;
	return { query, unit, label, phrase, nameLabel: NAME_LABELS[of], ...(share ? { share } : {}) };
}

/** By which metrics a kind of thing can be ranked. */
export function rankableBy(of: RankedKind): readonly MetricName[] {
	return TABLE.filter((entry) => entry.of === of).map((entry) => entry.by);
}
