import type { Scoped } from "../domain/freeze.ts";
import type { Stores } from "./store.ts";

/** What forbids effects for a time, whoever approved them: freezes and maintenance windows. */
export type EffectHolds = {
	/**
	 * Why a plan may not run at `nowMs`, in a sentence whose times are tokens; undefined where nothing stands in the way.
	 * Before an effect it is asked within a transaction that holds `lockEffects`.
	 */
	holdOn(
		stores: Pick<Stores, "freezes">,
		plan: Scoped,
		nowMs: number,
	): Promise<{ readonly reason: string } | undefined>;
};
