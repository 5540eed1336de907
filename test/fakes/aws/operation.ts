import type { AccessKey } from "./access-key.ts";
import type { RegionState } from "./region-state.ts";

/** What an operation works with, besides its input. */
export type CallContext = {
	readonly key: AccessKey;
	readonly keys: ReadonlyMap<string, AccessKey>;
	readonly region: RegionState;
	readonly nowMs: number;
	/** The targets this call gets to: all of them, unless a fault ends it early. */
	reached<Target>(targets: readonly Target[]): readonly Target[];
	/** Logs a change that was just made. */
	record(targets: readonly string[], detail: Readonly<Record<string, unknown>>, comment?: string): void;
};

/** Plays one operation: reads and changes the world, and gives its result. Errors are AwsErrors. */
export type Operation = (input: never, context: CallContext) => object;
