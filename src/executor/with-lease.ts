import type { ExecutorDeps } from "./executor-deps.ts";

const TTL_SECONDS = 15;
const RENEW_EVERY_MS = 5000;

/**
 * Runs `work` while this process holds the lease, renewing it; returns at once where another process or another call
 * in this process holds it.
 */
export async function withLease(deps: ExecutorDeps, name: string, work: () => Promise<void>): Promise<void> {
	const key = `${deps.owner}\n${name}`;
	if (running.has(key)) return;
	running.add(key);
	let renewal: NodeJS.Timeout | undefined;
	try {
		if ((await deps.store.leases.acquire(name, deps.owner, TTL_SECONDS)) === undefined) return;
		renewal = setInterval(() => {
			deps.store.leases.acquire(name, deps.owner, TTL_SECONDS).catch((error: unknown) => {
				deps.logger.warn("a lease could not be renewed", { lease: name, error });
			});
		}, RENEW_EVERY_MS);
		await work();
	} finally {
		clearInterval(renewal);
		running.delete(key);
		await deps.store.leases.release(name, deps.owner).catch(() => undefined);
	}
}

const running = new Set<string>();
