import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { DeliveryStore } from "../ports/chat-stores.ts";
import type { DeliveryEvent } from "../use-cases/deliver-one.ts";
import type { WorkingInbox } from "../use-cases/work-inbox.ts";

/** Counts what comes in from other programs and what goes out to channels. */
export type TrafficMetrics = {
	readonly delivered: (event: DeliveryEvent) => void;
	readonly received: (platform: string, outcome: string) => void;
	readonly acknowledged: (path: string, status: number, seconds: number) => void;
	readonly watchInbox: (inbox: WorkingInbox) => void;
	/** Tells what waits on these platforms, read at each scrape. */
	readonly watchMessages: (deliveries: Pick<DeliveryStore, "waiting">, platforms: readonly string[]) => void;
};

/** Puts the metrics of both directions on a registry. Labels come from our own words, so series stay bounded. */
export function trafficMetrics(registry: Registry): TrafficMetrics {
	const registers = [registry];
	const messages = new Counter({
		name: "smartcloudops_messages_total",
		help: "Messages to channels by platform and what became of each try.",
		labelNames: ["platform", "outcome"],
		registers,
	});
	const deliveries = new Counter({
		name: "smartcloudops_deliveries_total",
		help: "Deliveries of chat platforms by what became of each at the door.",
		labelNames: ["platform", "outcome"],
		registers,
	});
	const acknowledged = new Histogram({
		name: "smartcloudops_acknowledgement_seconds",
		help: "Time from a delivery's first byte to its acknowledgement, by address and status.",
		labelNames: ["path", "status"],
		buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
		registers,
	});
	return {
		delivered: ({ platform, outcome }) => messages.inc({ platform, outcome }),
		received: (platform, outcome) => deliveries.inc({ platform, outcome }),
		acknowledged: (path, status, seconds) => acknowledged.observe({ path, status: String(status) }, seconds),
		watchMessages: (store, platforms) => watchMessages(registry, store, platforms),
		watchInbox: (inbox) => {
			new Gauge({
				name: "smartcloudops_inbox_waiting",
				help: "Deliveries in this process that wait for a commit or to be worked on.",
				labelNames: ["for"],
				registers,
				collect() {
					const { committing, waiting } = inbox.load();
					this.set({ for: "commit" }, committing);
					this.set({ for: "work" }, waiting);
				},
			});
			new Counter({
				name: "smartcloudops_inbox_shed_total",
				help: "Deliveries turned away with 503 because more came than can be taken in.",
				registers,
				collect() {
					this.reset();
					this.inc(inbox.load().shed);
				},
			});
		},
	};
}

const WAITING = { waiting: 0, oldestWaitSeconds: 0 };

/**
 * One series for each connected platform in both gauges. A store that fails or takes longer than a second leaves them
 * out of this scrape, and the rest of it goes on.
 */
function watchMessages(
	registry: Registry,
	deliveries: Pick<DeliveryStore, "waiting">,
	platforms: readonly string[],
): void {
	// All gauges of a scrape are collected together: they share one reading.
	let shared: Promise<Awaited<ReturnType<DeliveryStore["waiting"]>> | undefined> | undefined;
	const read = () => {
		shared ??= inTime(deliveries.waiting()).finally(() => {
			shared = undefined;
		});
		return shared;
	};
	const gauge = (name: string, help: string, numberOf: (waiting: typeof WAITING) => number) =>
		new Gauge({
			name,
			help,
			labelNames: ["platform"],
			registers: [registry],
			async collect() {
				const all = await read();
				this.reset();
				if (!all) return;
				for (const platform of platforms)
					this.set({ platform }, numberOf(all.find((one) => one.platform === platform) ?? WAITING));
			},
		});
	gauge(
		"smartcloudops_messages_waiting",
		"Messages that were ordered and are not shown yet, by platform.",
		({ waiting }) => waiting,
	);
	gauge(
		"smartcloudops_messages_oldest_wait_seconds",
		"How long the oldest message that is not shown yet has waited, by platform.",
		({ oldestWaitSeconds }) => oldestWaitSeconds,
	);
}

/** What comes within a second; undefined for what fails or comes later. */
async function inTime<T>(reading: Promise<T>): Promise<T | undefined> {
	let giveUp: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		giveUp = setTimeout(() => resolve(undefined), 1000);
	});
	const known = await Promise.race([reading.catch(() => undefined), late]);
	clearTimeout(giveUp);
	return known;
}
