import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { DeliveryEvent } from "../use-cases/deliver-one.ts";
import type { WorkingInbox } from "../use-cases/work-inbox.ts";

/** Counts what comes in from other programs and what goes out to channels. */
export type TrafficMetrics = {
	readonly delivered: (event: DeliveryEvent) => void;
	readonly received: (platform: string, outcome: string) => void;
	readonly acknowledged: (path: string, status: number, seconds: number) => void;
	readonly watchInbox: (inbox: WorkingInbox) => void;
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
