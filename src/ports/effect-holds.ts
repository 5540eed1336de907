import type { Scoped } from "../domain/freeze.ts";
import type { Stores } from "./store.ts";

/** What forbids effects at this moment, whoever approved them: freezes and maintenance windows. */
export type EffectHolds = {
	/** Why nothing may be changed by this plan now, as a sentence; undefined: nothing is in the way. */
	holdOn(
		stores: Pick<Stores, "freezes">,
		plan: Scoped,
		nowMs: number,
	): Promise<{ readonly reason: string } | undefined>;
};
