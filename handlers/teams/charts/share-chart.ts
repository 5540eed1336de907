import { createHash } from "node:crypto";
import type { Chart } from "../../../src/domain/chart.ts";
import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import type { SharedChartStore } from "../../../src/ports/chat-stores.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { finiteChart } from "../../../src/use-cases/finite-chart.ts";
import { chartPath } from "./chart-link.ts";

/** What charts are shared by. `publicUrl` is where the product is reached from outside; without it nothing is shared. */
export type ChartSharing = {
	readonly sharedCharts: Pick<SharedChartStore, "keep" | "newestOf">;
	readonly key: Uint8Array;
	readonly publicUrl?: string;
	readonly clock: Clock;
};

/** Gives charts addresses. */
export type SharedCharts = {
	/** Keeps the chart of a message and gives its address; undefined where there is no chart or no way to fetch it. */
	share(message: ChatMessage, owner: string, surface: "dark" | "light"): Promise<string | undefined>;
	/** The address of what was shared last for a message's subject, so that another view of it shows the same. */
	addressOf(message: ChatMessage): Promise<string | undefined>;
};

const REMEMBERED = 500;
// A living message is edited every few seconds; its picture is new with each state, and else once a minute.
const RENEWED_AFTER_MS = 60_000;

type Shared = {
	readonly digest: string;
	readonly id: string;
	readonly state: string | undefined;
	readonly sharedAtMs: number;
};

/** Shares charts by signed addresses. A chart that did not change since keeps its id, and so its picture. */
export function sharedCharts(sharing: ChartSharing): SharedCharts {
	const last = new Map<string, Shared>();
	const addressFor = (id: string) => {
		if (sharing.publicUrl === undefined) return undefined;
		const path = chartPath(sharing.key, id, sharing.clock.now());
		return `${sharing.publicUrl.replace(/\/+$/, "")}${path}`;
	};
	return {
		async share(message, owner, surface) {
			if (!message.chart || sharing.publicUrl === undefined) return undefined;
			const chart: Chart = finiteChart(message.chart);
			const subject = subjectOf(message) ?? `teams:${owner}`;
			const slot = `${surface} ${subject}`;
			const state = message.state?.kind;
			const digest = createHash("sha256").update(JSON.stringify(chart)).digest("hex");
			const nowMs = sharing.clock.now();
			const known = last.get(slot);
			const fresh = known?.state === state && nowMs - (known?.sharedAtMs ?? 0) < RENEWED_AFTER_MS;
			if (known && (known.digest === digest || fresh)) return addressFor(known.id);
			const id = await sharing.sharedCharts.keep(subject, chart, surface);
			last.delete(slot);
			last.set(slot, { digest, id, state, sharedAtMs: nowMs });
			for (const oldest of last.keys()) {
				if (last.size <= REMEMBERED) break;
				last.delete(oldest);
			}
			return addressFor(id);
		},
		async addressOf(message) {
			const subject = subjectOf(message);
			if (!message.chart || subject === undefined || sharing.publicUrl === undefined) return undefined;
			const id = await sharing.sharedCharts.newestOf(subject);
			return id === undefined ? undefined : addressFor(id);
		},
	};
}

function subjectOf({ subject }: ChatMessage): string | undefined {
	return subject && `teams:${subject.id}`;
}
