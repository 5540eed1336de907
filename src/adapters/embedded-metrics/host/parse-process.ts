/** What one process has used so far. `startTicks` tells a reused pid from the one before. */
export type ProcessUsage = {
	readonly pid: number;
	readonly startTicks: string;
	readonly name: string;
	readonly cpuSeconds: number;
	readonly residentBytes: number;
};

/** Units of the kernel's counts. */
export type KernelUnits = { readonly ticksPerSecond: number; readonly pageBytes: number };

/**
 * One line of /proc/<pid>/stat; undefined for anything else. The name is the command's (at most 15 characters), never
 * its arguments, which may hold secrets. Kernel threads are known by having no address space; theirs ends before the
 * number of their CPU.
 */
export function parseProcess(stat: string, units: KernelUnits): ProcessUsage | undefined {
	const open = stat.indexOf("(");
	const close = stat.lastIndexOf(")");
	if (open === -1 || close === -1) return undefined;
	const fields = stat.slice(close + 2).split(" ");
	const [userTicks, systemTicks, startTicks, addressBytes, residentPages] = [11, 12, 19, 20, 21].map(
		(place) => fields[place],
	);
	if (residentPages === undefined) return undefined;
	const command = stat.slice(open + 1, close);
	return {
		pid: Number(stat.slice(0, open)),
		startTicks: startTicks ?? "",
		name: addressBytes === "0" ? (/^[^/:]*/.exec(command)?.[0] ?? command) : command,
		cpuSeconds: (Number(userTicks) + Number(systemTicks)) / units.ticksPerSecond,
		residentBytes: Number(residentPages) * units.pageBytes,
	};
}
