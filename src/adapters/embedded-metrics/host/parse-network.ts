import { type HostReading, hostReading } from "./host-reading.ts";

/** Interfaces of single containers come and go in numbers; the bridge they hang on is counted. */
const IGNORED = /^(?:veth|cali|cni|lxc|ifb|dummy)/;
const MAX_INTERFACES = 32;

/** Bytes per network interface from /proc/net/dev. */
export function parseNetwork(dev: string): readonly HostReading[] {
	const lines = dev.split("\n").map((line) => /^\s*([^:\s]+):\s*(.+)$/.exec(line));
	const interfaces = lines.filter((match) => match && !IGNORED.test(match[1] ?? ""));
	return interfaces.slice(0, MAX_INTERFACES).flatMap((match) => {
		const labels = { device: match?.[1] ?? "" };
		const fields = (match?.[2] ?? "").trim().split(/\s+/);
		return [
			hostReading("node_network_receive_bytes_total", Number(fields[0]), labels),
			hostReading("node_network_transmit_bytes_total", Number(fields[8]), labels),
		];
	});
}
