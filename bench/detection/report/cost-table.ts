import { digits, table } from "../../table.ts";
import type { Candidate } from "../candidate.ts";
import type { Cost } from "../measure-cost.ts";

/** What the detector costs, and the hash of all it said. */
export function costTable(name: string, cost: Cost, hash: string): string {
	return table(
		`Cost: ${cost.ticks} ticks of ${cost.series} series each, warm`,
		[
			"detector",
			"us/point p50",
			"us/point p99",
			"mean tick ms",
			"worst tick ms",
			"bytes a series",
			"bank MB",
			"process RSS MB",
		],
		[
			[
				name,
				digits(cost.p50Us, 2),
				digits(cost.p99Us, 2),
				digits(cost.meanTickMs, 2),
				digits(cost.worstTickMs, 2),
				String(cost.bytesPerSeries),
				digits(cost.grownMb, 1),
				digits(cost.rssMb, 0),
			],
		],
		[
			"A point's time is its tick's by the number of series. The bank's MB are what the process grew by.",
			`Hash of all scores of the detector: ${hash} (the same command prints the same one).`,
		],
	);
}

/** Where each peer comes from. */
export function peerNotes(peers: readonly Candidate[]): string {
	if (peers.length === 0) return "";
	return `\nPeers, and what their frozen threshold is\n${peers
		.map((peer) => `  ${peer.name}: ${peer.source}`)
		.join("\n")}\n\n`;
}
