/** What can be made to go wrong. The first four live in memory, so a restart cures them. */
export const faultNames = ["leak", "cpu", "errors", "latency", "bad-config"] as const;
export type FaultName = (typeof faultNames)[number];

const chunkBytes = 1_500_000;
const chunksAtMost = 400;
const leakEveryMs = 250;
const busyMs = 10;
const idleMs = 10;

export type Faults = {
	isActive(name: FaultName): boolean;
	list(): FaultName[];
	set(name: FaultName): void;
	clear(): void;
};

/**
 * The faults that are on. `leak` holds 6 MB more each second, touched so that it is resident, up to 600 MB; `cpu`
 * spins half of the time in slices of 10 ms, so that requests and signals still get through.
 */
export function createFaults(): Faults {
	const active = new Set<FaultName>();
	let leaked: Buffer[] = [];

	const leak = () => {
		if (!active.has("leak")) return;
		if (leaked.length < chunksAtMost) leaked.push(Buffer.alloc(chunkBytes, 1));
		setTimeout(leak, leakEveryMs);
	};
	const spin = () => {
		if (!active.has("cpu")) return;
		const until = performance.now() + busyMs;
		while (performance.now() < until);
		setTimeout(spin, idleMs);
	};

	return {
		isActive: (name) => active.has(name),
		list: () => [...active],
		set(name) {
			if (active.has(name)) return;
			active.add(name);
			if (name === "leak") leak();
			if (name === "cpu") spin();
		},
		clear() {
			active.clear();
			leaked = [];
			globalThis.gc?.();
		},
	};
}
