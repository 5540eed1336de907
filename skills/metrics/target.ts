import type { MetricKind } from "../../src/domain/watch.ts";

/** Something questions may be about. `aliases` are other words people use for it, in lower case. */
export type Target = {
	readonly name: string;
	readonly kind: "host" | "service";
	readonly aliases: readonly string[];
	readonly environment: string;
};

/** The targets that exist now. */
export type Inventory = () => Promise<readonly Target[]>;

/** The metrics that questions may name. */
export const METRIC_NAMES = [
	"cpu",
	"memory",
	"disk",
	"load",
	"traffic",
	"error-rate",
	"latency",
	"network",
] as const satisfies readonly MetricKind[];

export type MetricName = (typeof METRIC_NAMES)[number];
