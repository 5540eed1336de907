import { statfs } from "node:fs/promises";
import { cpus, hostname, loadavg, platform, totalmem, uptime } from "node:os";
import { createLinuxCollector } from "../../../../src/adapters/embedded-metrics/host/collect-linux.ts";
import { createPortableCollector } from "../../../../src/adapters/embedded-metrics/host/collect-portable.ts";
import type { HostReading } from "../../../../src/adapters/embedded-metrics/host/host-reading.ts";
import { readProcesses } from "../../../../src/adapters/embedded-metrics/host/read-processes.ts";

const named = (readings: readonly HostReading[], name: string) =>
	readings.filter((reading) => reading.name === name);
const valueNamed = (readings: readonly HostReading[], name: string): number =>
	named(readings, name)[0]?.value ?? Number.NaN;
const sumOf = (readings: readonly HostReading[], name: string): number =>
	named(readings, name).reduce((sum, { value }) => sum + value, 0);

/** Keeps one CPU busy for some milliseconds of CPU time. */
function burn(milliseconds: number): void {
	const start = process.cpuUsage();
	while (process.cpuUsage(start).user / 1000 < milliseconds) Math.sqrt(Math.random());
}

const onLinux = platform() === "linux" ? describe : describe.skip;

onLinux("the collector of this Linux host", () => {
	test("agrees with what the system says elsewhere", async () => {
		const readings = await createLinuxCollector()(Date.now());
		expect(valueNamed(readings, "node_memory_MemTotal_bytes")).toBe(totalmem());
		expect(valueNamed(readings, "node_memory_MemAvailable_bytes")).toBeLessThan(totalmem());
		expect(valueNamed(readings, "node_load1")).toBeCloseTo(loadavg()[0] ?? 0, 0);
		expect(valueNamed(readings, "node_boot_time_seconds")).toBeCloseTo(Date.now() / 1000 - uptime(), -1);
		expect(valueNamed(readings, "node_time_seconds")).toBeCloseTo(Date.now() / 1000, -1);
		expect(named(readings, "node_uname_info")[0]?.labels).toMatchObject({
			nodename: hostname(),
			sysname: "Linux",
		});
		const own = cpus().reduce((sum, { times }) => sum + times.user + times.sys + times.idle, 0) / 1000;
		const modes = named(readings, "node_cpu_seconds_total");
		expect(modes).toHaveLength(cpus().length * 8);
		const collected = modes.filter(({ labels }) => ["user", "system", "idle"].includes(labels.mode ?? ""));
		expect(collected.reduce((sum, { value }) => sum + value, 0) / own).toBeCloseTo(1, 2);
		const root = named(readings, "node_filesystem_size_bytes").find(
			({ labels }) => labels.mountpoint === "/",
		);
		const { blocks, bsize } = await statfs("/");
		expect(root?.value).toBe(blocks * bsize);
		expect(sumOf(readings, "node_filesystem_avail_bytes")).toBeLessThanOrEqual(
			sumOf(readings, "node_filesystem_free_bytes"),
		);
	});

	test("finds this process among those with most CPU and tells its memory, without its arguments", async () => {
		const collect = createLinuxCollector();
		await collect(Date.now() - 1_000);
		burn(150);
		const readings = await collect(Date.now());
		const processes = await readProcesses({ ticksPerSecond: 100, pageBytes: 4096 });
		const own = processes.find((one) => one.pid === process.pid)?.name;
		const ofOwn = (name: string) =>
			named(readings, name).find(({ labels }) => labels.groupname === own)?.value ?? Number.NaN;
		expect(ofOwn("namedprocess_namegroup_cpu_seconds_total")).toBeGreaterThan(0.1);
		expect(ofOwn("namedprocess_namegroup_num_procs")).toBeGreaterThan(0);
		const resident = process.memoryUsage().rss;
		expect(ofOwn("namedprocess_namegroup_memory_bytes")).toBeGreaterThan(resident * 0.5);
		expect(JSON.stringify(readings)).not.toContain("node_modules");
	});

	test("CPU counters never fall from look to look", async () => {
		const collect = createLinuxCollector();
		const first = named(await collect(Date.now()), "node_cpu_seconds_total");
		burn(30);
		const second = named(await collect(Date.now()), "node_cpu_seconds_total");
		expect(second.map(({ labels }) => labels)).toEqual(first.map(({ labels }) => labels));
		for (const [index, { value }] of second.entries())
			expect(value).toBeGreaterThanOrEqual(first[index]?.value ?? 0);
	});
});

describe("the collector for other systems", () => {
	test("tells CPU, memory, load, filesystems, network and processes too", async () => {
		const collect = createPortableCollector();
		await collect(Date.now() - 60_000);
		const readings = await collect(Date.now());
		for (const name of [
			"node_cpu_seconds_total",
			"node_memory_MemTotal_bytes",
			"node_memory_MemAvailable_bytes",
			"node_load1",
			"node_boot_time_seconds",
			"node_filesystem_size_bytes",
			"node_network_receive_bytes_total",
			"namedprocess_namegroup_memory_bytes",
			"namedprocess_namegroup_num_procs",
		])
			expect([name, named(readings, name).length > 0]).toEqual([name, true]);
		expect(valueNamed(readings, "node_memory_MemTotal_bytes")).toBe(totalmem());
	});

	test("repeats what is costly to read for half a minute", async () => {
		const collect = createPortableCollector();
		const now = Date.now();
		const sizes = async (atMs: number) => named(await collect(atMs), "node_network_receive_bytes_total");
		const first = await sizes(now);
		expect((await sizes(now + 5_000))[0]).toBe(first[0]);
		expect((await sizes(now + 30_000))[0]).not.toBe(first[0]);
	});
});
