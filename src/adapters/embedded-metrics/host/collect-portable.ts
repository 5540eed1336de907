import { cpus, freemem, totalmem, uptime } from "node:os";
import type { HostCollector } from "./collect-linux.ts";
import { commonReadings } from "./common-readings.ts";
import { type HostReading, hostReading } from "./host-reading.ts";
import type { ProcessUsage } from "./parse-process.ts";
import { createProcessGroups } from "./process-groups.ts";

/** Seconds between looks that start programs (ps, netstat, df), which cost tens of milliseconds each. */
const SLOW_SECONDS = 30;

/**
 * Reads a host that has no /proc: CPU, memory and load from Node itself at every look, filesystems, network and
 * processes through systeminformation every 30 seconds, repeated in between. CPU seconds of processes are estimated
 * from the shares that the system reports.
 */
export function createPortableCollector(): HostCollector {
	const groups = createProcessGroups();
	const cpuSeconds = new Map<number, number>();
	let slow: readonly HostReading[] = [];
	let slowAtMs = Number.NEGATIVE_INFINITY;

	return async (nowMs) => {
		const sinceSlow = (nowMs - slowAtMs) / 1000;
		if (sinceSlow >= SLOW_SECONDS) {
			const elapsed = Number.isFinite(sinceSlow) ? sinceSlow : 0;
			slowAtMs = nowMs;
			const processes = await listProcesses(cpuSeconds, elapsed);
			slow = [...(await readSpaceAndTraffic()), ...groups.update(processes, elapsed)];
		}
		return [...readCpuAndMemory(nowMs), ...commonReadings(nowMs), ...slow];
	};
}

function readCpuAndMemory(nowMs: number): readonly HostReading[] {
	const cpuTimes = cpus().flatMap(({ times }, cpu) =>
		Object.entries({
			user: times.user,
			nice: times.nice,
			system: times.sys,
			idle: times.idle,
			irq: times.irq,
		}).map(([mode, ms]) => hostReading("node_cpu_seconds_total", ms / 1000, { cpu: String(cpu), mode })),
	);
	return [
		...cpuTimes,
		hostReading("node_memory_MemTotal_bytes", totalmem()),
		hostReading("node_memory_MemFree_bytes", freemem()),
		hostReading("node_memory_MemAvailable_bytes", freemem()),
		hostReading("node_boot_time_seconds", Math.round(nowMs / 1000 - uptime())),
	];
}

async function readSpaceAndTraffic(): Promise<readonly HostReading[]> {
	const { fsSize, networkStats } = await import("systeminformation");
	const [filesystems, interfaces] = await Promise.all([fsSize(), networkStats("*")]);
	return [
		...filesystems.slice(0, 32).flatMap(({ fs, type, mount, size, available }) => {
			const labels = { device: fs, fstype: type, mountpoint: mount };
			return [
				hostReading("node_filesystem_size_bytes", size, labels),
				hostReading("node_filesystem_free_bytes", available, labels),
				hostReading("node_filesystem_avail_bytes", available, labels),
			];
		}),
		...interfaces
			.slice(0, 32)
			.flatMap(({ iface, rx_bytes, tx_bytes }) => [
				hostReading("node_network_receive_bytes_total", rx_bytes, { device: iface }),
				hostReading("node_network_transmit_bytes_total", tx_bytes, { device: iface }),
			]),
	];
}

async function listProcesses(
	cpuSeconds: Map<number, number>,
	elapsedSeconds: number,
): Promise<readonly ProcessUsage[]> {
	const { processes } = await import("systeminformation");
	const { list } = await processes();
	const alive = new Set(list.map(({ pid }) => pid));
	for (const pid of cpuSeconds.keys()) if (!alive.has(pid)) cpuSeconds.delete(pid);
	return list.map(({ pid, name, cpu, memRss, started }) => {
		const used = (cpuSeconds.get(pid) ?? 0) + (cpu / 100) * elapsedSeconds;
		cpuSeconds.set(pid, used);
		return { pid, startTicks: started, name, cpuSeconds: used, residentBytes: memRss * 1024 };
	});
}
