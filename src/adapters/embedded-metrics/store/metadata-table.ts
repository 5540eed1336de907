import type { MetricMetadata } from "../../../ports/metrics-source.ts";
import { MAX_HELP_CHARS, MAX_METADATA } from "./limits.ts";
import { ownCopy } from "./normal-labels.ts";

/** Help and type of metrics by name; the newest description wins, those beyond the bound are left out. */
export type MetadataTable = {
	readonly describe: (metadata: MetricMetadata) => void;
	readonly entries: () => Iterable<MetricMetadata>;
	/** Everything known, and `names` without a description as type "unknown"; sorted by name, at most 10,000. */
	readonly list: (names: Iterable<string>) => readonly MetricMetadata[];
};

const SAMPLE_SUFFIX = /_(?:bucket|sum|count)$/;

export function createMetadataTable(): MetadataTable {
	const known = new Map<string, MetricMetadata>();

	const describe = (given: MetricMetadata): void => {
		const old = known.get(given.name);
		if (old?.type === given.type && old.help === given.help.slice(0, MAX_HELP_CHARS)) return;
		if (!old && known.size >= MAX_METADATA) return;
		const name = old?.name ?? ownCopy(given.name);
		known.set(name, { name, help: ownCopy(given.help.slice(0, MAX_HELP_CHARS)), type: given.type });
	};

	const list = (names: Iterable<string>): readonly MetricMetadata[] => {
		const listed = new Map(known);
		for (const name of names)
			if (!known.has(name) && !known.has(name.replace(SAMPLE_SUFFIX, "")))
				listed.set(name, { name, help: "", type: "unknown" });
		return [...listed.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MAX_METADATA);
	};

	return { describe, entries: () => known.values(), list };
}
