import type { HostReading } from "../../../../src/adapters/embedded-metrics/host/host-reading.ts";
import { parseCpu } from "../../../../src/adapters/embedded-metrics/host/parse-cpu.ts";
import { parseDisks } from "../../../../src/adapters/embedded-metrics/host/parse-disks.ts";
import { parseMemory } from "../../../../src/adapters/embedded-metrics/host/parse-memory.ts";
import { parseMounts } from "../../../../src/adapters/embedded-metrics/host/parse-mounts.ts";
import { parseNetwork } from "../../../../src/adapters/embedded-metrics/host/parse-network.ts";
import { parseProcess } from "../../../../src/adapters/embedded-metrics/host/parse-process.ts";

const texts = (readings: readonly HostReading[]): readonly string[] =>
	readings.map(({ name, labels, value }) => `${name}${JSON.stringify(labels)} ${value}`);

describe("readers of /proc", () => {
	test("CPU seconds come per CPU and mode, the sum over all CPUs is left out", () => {
		const stat =
			"cpu  300 2 30 4000 5 6 7 8 9 0\ncpu0 100 1 10 2000 3 4 5 6 7 0\nintr 1 2 3\nbtime 1700000000\n";
		expect(texts(parseCpu(stat, 100))).toEqual([
			'node_cpu_seconds_total{"cpu":"0","mode":"user"} 1',
			'node_cpu_seconds_total{"cpu":"0","mode":"nice"} 0.01',
			'node_cpu_seconds_total{"cpu":"0","mode":"system"} 0.1',
			'node_cpu_seconds_total{"cpu":"0","mode":"idle"} 20',
			'node_cpu_seconds_total{"cpu":"0","mode":"iowait"} 0.03',
			'node_cpu_seconds_total{"cpu":"0","mode":"irq"} 0.04',
			'node_cpu_seconds_total{"cpu":"0","mode":"softirq"} 0.05',
			'node_cpu_seconds_total{"cpu":"0","mode":"steal"} 0.06',
			"node_boot_time_seconds{} 1700000000",
		]);
	});

	test("memory comes in bytes", () => {
		expect(
			texts(parseMemory("MemTotal:       2000 kB\nMemFree:  5 kB\nHugePages_Total:  3\nCached: 1 kB\n")),
		).toEqual([
			"node_memory_MemTotal_bytes{} 2048000",
			"node_memory_MemFree_bytes{} 5120",
			"node_memory_Cached_bytes{} 1024",
		]);
	});

	test("disks come without their partitions, loop devices and memory disks", () => {
		const line = (name: string) => `   8       0 ${name} 10 1 200 30 20 2 400 60 0 1500 90 0 0 0 0 0 0`;
		const names = ["sda", "sda1", "nvme0n1", "nvme0n1p2", "loop3", "ram0", "zram0", "dm-0", "sr0"];
		expect(texts(parseDisks(names.map(line).join("\n"))).filter((text) => text.includes("read"))).toEqual([
			'node_disk_read_bytes_total{"device":"sda"} 102400',
			'node_disk_read_bytes_total{"device":"nvme0n1"} 102400',
			'node_disk_read_bytes_total{"device":"dm-0"} 102400',
		]);
		expect(texts(parseDisks(line("sda")))).toEqual([
			'node_disk_read_bytes_total{"device":"sda"} 102400',
			'node_disk_written_bytes_total{"device":"sda"} 204800',
			'node_disk_io_time_seconds_total{"device":"sda"} 1.5',
		]);
	});

	test("network traffic comes per interface, without those of single containers", () => {
		const dev = [
			"Inter-|   Receive                |  Transmit",
			" face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets",
			"    lo: 100 1 0 0 0 0 0 0 100 1 0 0 0 0 0 0",
			"  eth0:658901453   18618    0    0    0     0          0         0  1419050   11071    0    0",
			"veth12: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0",
		].join("\n");
		expect(texts(parseNetwork(dev))).toEqual([
			'node_network_receive_bytes_total{"device":"lo"} 100',
			'node_network_transmit_bytes_total{"device":"lo"} 100',
			'node_network_receive_bytes_total{"device":"eth0"} 658901453',
			'node_network_transmit_bytes_total{"device":"eth0"} 1419050',
		]);
	});

	test("real filesystems are the root and what lies on a block device, once each", () => {
		const mounts = [
			"overlay / overlay rw 0 0",
			"proc /proc proc rw 0 0",
			"tmpfs /dev/shm tmpfs rw 0 0",
			"/dev/vda1 /etc/hosts ext4 rw 0 0",
			"/dev/vda1 /data/with\\040blank ext4 rw 0 0",
			"/dev/vda1 /data/with\\040blank/deeper ext4 rw 0 0",
			"tank/home /home zfs rw 0 0",
			"/dev/loop0 /snap/core squashfs ro 0 0",
			"server:/share /mnt nfs4 rw 0 0",
			"sshfs /far fuse.sshfs rw 0 0",
		].join("\n");
		expect(parseMounts(mounts)).toEqual([
			{ device: "overlay", mountpoint: "/", fstype: "overlay" },
			{ device: "/dev/vda1", mountpoint: "/data/with blank", fstype: "ext4" },
			{ device: "tank/home", mountpoint: "/home", fstype: "zfs" },
		]);
	});

	test("a process is read though its name holds blanks and brackets", () => {
		const stat =
			"42 (a) b (c) S 1 42 42 0 -1 4194304 9 0 0 0 150 50 0 0 20 0 1 0 777 3133440 380 18446744073709551615";
		expect(parseProcess(stat, { ticksPerSecond: 100, pageBytes: 4096 })).toEqual({
			pid: 42,
			startTicks: "777",
			name: "a) b (c",
			cpuSeconds: 2,
			residentBytes: 380 * 4096,
		});
	});

	test("kernel threads of all CPUs go by one name", () => {
		const stat =
			"7 (kworker/0:1-events) I 2 0 0 0 -1 69238880 0 0 0 0 0 5 0 0 20 0 1 0 20 0 0 18446744073709551615";
		expect(parseProcess(stat, { ticksPerSecond: 100, pageBytes: 4096 })?.name).toBe("kworker");
	});

	test.each(["", "garbage", "1 (x)"])("the text %j is no process", (stat) => {
		expect(parseProcess(stat, { ticksPerSecond: 100, pageBytes: 4096 })).toBeUndefined();
	});
});
