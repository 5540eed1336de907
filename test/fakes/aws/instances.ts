/** How a managed instance's agent is seen by Systems Manager. */
export type PingStatus = "Online" | "ConnectionLost" | "Inactive";

export type InstanceState = "pending" | "running" | "shutting-down" | "terminated" | "stopping" | "stopped";

export type Instance = {
	/** `i-` and 17 hexadecimal digits. */
	readonly instanceId: string;
	instanceType: string;
	readonly imageId: string;
	readonly availabilityZone: string;
	readonly privateIpAddress: string;
	tags: Record<string, string>;
	state: InstanceState;
	/** What the present state turns into by itself, and when. */
	next?: { readonly state: InstanceState; readonly atMs: number };
	/** When it was last started: a reboot leaves it alone. */
	launchedAtMs: number;
	/** When its system last booted: a reboot moves it. */
	bootedAtMs: number;
	/** Status checks say `initializing` until then. */
	checkedAtMs: number;
	/** Status checks say `impaired`. */
	impaired: boolean;
	terminatedAtMs?: number;
	/** Absent: not managed by Systems Manager. */
	ping?: PingStatus;
};

/** Brings the instance to the state it has at `nowMs`. */
export function settleInstance(instance: Instance, nowMs: number): Instance {
	const { next } = instance;
	if (!next || nowMs < next.atMs) return instance;
	instance.state = next.state;
	delete instance.next;
	if (instance.state === "running") instance.bootedAtMs = next.atMs;
	if (instance.state === "terminated") instance.terminatedAtMs = next.atMs;
	return instance;
}

/** Moves through a passing state into a lasting one, `transitionMs` from now. */
export function moveInstance(
	instance: Instance,
	way: readonly [passing: InstanceState, lasting: InstanceState],
	nowMs: number,
	transitionMs: number,
): void {
	instance.state = way[0];
	instance.next = { state: way[1], atMs: nowMs + transitionMs };
	if (way[0] !== "pending") return;
	instance.launchedAtMs = nowMs;
	instance.checkedAtMs = nowMs + 2 * transitionMs;
}

export function isGone(instance: Instance): boolean {
	return instance.state === "terminated" || instance.state === "shutting-down";
}
