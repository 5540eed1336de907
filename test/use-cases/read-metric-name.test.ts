import { readMetricName } from "../../src/use-cases/read-metric-name.ts";

describe("the name of a query's metric", () => {
	it.each([
		["process_resident_memory_bytes", "process resident memory", "bytes"],
		['avg by (job) (avg_over_time(x_wait_seconds{a="b_bytes"}[5m]))', "x wait", "seconds"],
		["sum(rate(node_network_receive_bytes_total[1m])) by (job)", "node network receive", "bytes_per_second"],
		[
			"histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))",
			"http request duration",
			"seconds",
		],
		["disk_used_percent", "disk used", "percent"],
		["job:queue_wait_seconds:max", "queue wait", undefined],
		["cache_hit_ratio", "cache hit", undefined],
		["rate(process_cpu_seconds_total[1m])", "process cpu", undefined],
		["process_start_time_seconds", "process start time", undefined],
		["process_resident_memory_bytes / 1e6", "process resident memory", undefined],
		["http_wait_milliseconds", "http wait milliseconds", undefined],
		["increase(http_wait_seconds_count[1m])", "http wait seconds count", undefined],
		["up", "up", undefined],
	])("says of %s what it is called and its unit where that is sure", (query, word, unit) => {
		expect(readMetricName(query)).toEqual({ word, ...(unit ? { unit } : {}) });
	});

	it.each([
		["counts other than values", "count(process_resident_memory_bytes)"],
		["two metrics", "a_bytes / on (job) b_bytes"],
		["no name", '{__name__="a_bytes"}'],
		["a function that changes the unit", "time() - a_timestamp_seconds"],
	])("says nothing where there is %s", (_what, query) => {
		expect(readMetricName(query)).toEqual({});
	});

	it("is no word where it is longer than one may be", () => {
		expect(readMetricName(`${"long_".repeat(20)}bytes`)).toEqual({ unit: "bytes" });
	});
});
