import type { Delivery } from "../domain/delivery.ts";
import { toAppError } from "../domain/errors.ts";
import type { Store } from "../ports/store.ts";
import { type DeliverDeps, type DeliveryMemory, deliverOne } from "./deliver-one.ts";

export type DispatcherDeps = Omit<DeliverDeps, "store"> & {
	readonly store: Pick<Store, "deliveries" | "postings" | "subscribe">;
	/** Names this process in claims. */
	readonly owner: string;
	/** How long a claimed delivery is ours; 60 by default. */
	readonly holdSeconds?: number;
};

/** Delivers messages until it is stopped. */
export type Dispatcher = {
	/** Takes nothing more and waits at most ten seconds for what is on its way. Idempotent. */
	stop(): Promise<void>;
};

const CONCURRENCY = 8;
/** Longer than any platform may take for one message: what a dead process had claimed is free after it. */
const HOLD_SECONDS = 60;
const POLL_MS = 1000;
const SHORTEST_PAUSE_MS = 50;
const DRAIN_MS = 10_000;

/**
 * Starts to deliver ordered messages: at most eight at a time, one in each channel, as soon as they are announced and
 * at least once a second. Several replicas may do so at once: the store gives each delivery to one.
 */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
	const { store, logger, platforms, owner, holdSeconds = HOLD_SECONDS } = deps;
	const paceMs = Object.fromEntries(platforms.map((platform) => [platform.name, platform.paceMs]));
	const memory: DeliveryMemory = {
		troubles: { ofChannel: new Map(), wokenAtMs: new Map() },
		unremembered: new Map(),
	};
	const running = new Set<Promise<void>>();
	let looking: Promise<void> | undefined;
	let again = false;
	let stopped = false;
	let failing = false;
	let resumed = false;
	let timer: NodeJS.Timeout | undefined;

	const deliver = async (delivery: Delivery) => {
		const { wanted: _wanted, attempts: _attempts, problem: _problem, ...order } = delivery;
		const heldUntil = performance.now() + holdSeconds * 1000;
		try {
			await deliverOne(deps, memory, delivery);
			// Another may have shown a newer state meanwhile, which this late one has undone.
			if (order.message === undefined && performance.now() >= heldUntil) await store.deliveries.want([order]);
		} catch (error) {
			// It stays claimed, and is free for everybody when the hold is over.
			logger.warn("a delivery could not be settled", { subject: delivery.subject, error: toAppError(error) });
		}
	};
	const begin = (delivery: Delivery) => {
		const work = deliver(delivery);
		running.add(work);
		void work.finally(() => {
			running.delete(work);
			wake();
		});
	};
	/** A start may be what mends a problem: nothing waits out what an earlier life held or could not deliver. */
	const resume = async () => {
		await store.deliveries.resume(owner);
		for (const { name } of platforms) await store.deliveries.wake(name);
		resumed = true;
	};
	/** Starts what is due; gives the time until it is worth looking again. */
	const look = async (): Promise<number> => {
		do {
			again = false;
			const free = CONCURRENCY - running.size;
			if (free <= 0) return POLL_MS;
			const claimed = await store.deliveries.claim(owner, free, holdSeconds, paceMs);
			claimed.forEach(begin);
		} while (again);
		const nextMs = (await store.deliveries.nextInMs()) ?? POLL_MS;
		failing = false;
		return Math.min(POLL_MS, Math.max(SHORTEST_PAUSE_MS, nextMs));
	};
	const cycle = async () => {
		let pauseMs = POLL_MS;
		try {
			if (!resumed) await resume();
			pauseMs = await look();
		} catch (error) {
			if (!failing) logger.warn("deliveries can't be looked up; trying again", { error: toAppError(error) });
			failing = true;
			again = false;
		}
		looking = undefined;
		if (!stopped) timer = setTimeout(wake, again && running.size < CONCURRENCY ? 0 : pauseMs);
	};
	const wake = () => {
		if (stopped) return;
		again = true;
		if (looking) return;
		clearTimeout(timer);
		looking = cycle();
	};

	const unsubscribe = store.subscribe((change) => {
		if (change.kind === "delivery" || (change.kind === "status" && change.id === "reconnected")) wake();
	});
	wake();
	return {
		stop: async () => {
			stopped = true;
			unsubscribe();
			clearTimeout(timer);
			await looking;
			let giveUp: NodeJS.Timeout | undefined;
			const late = new Promise<void>((resolve) => {
				giveUp = setTimeout(resolve, DRAIN_MS);
			});
			await Promise.race([Promise.all(running), late]);
			clearTimeout(giveUp);
		},
	};
}
