import { METRIC_KINDS, type MetricKind } from "../../src/domain/watch.ts";

/** Something questions may be about. `aliases` are other words people use for it, in lower case. */
export type Target = {
	readonly name: string;
	readonly kind: "host" | "service";
	readonly aliases: readonly string[];
	readonly environment: string;
	/** Known from watches alone: it is measured by their queries and by no others. */
	readonly onlyWatched?: true;
};

/** The targets that exist now. */
export type Inventory = () => Promise<readonly Target[]>;

/** The metrics that questions may name. */
export type MetricName = Exclude<MetricKind, "other">;

export const METRIC_NAMES: readonly MetricName[] = METRIC_KINDS.filter((kind) => kind !== "other");
