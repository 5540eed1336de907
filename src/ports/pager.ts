import type { Conversation } from "../domain/chat-event.ts";
import type { Stores } from "./store.ts";

/** That somebody must look now, because a change ended in a way that only a person can mend. */
type PagerCall = {
	/** What messages about it are drawn by: `approval:A-7:end:rollback_failed`. Calls with the same one are one call. */
	readonly subject: string;
	/** What happened, for whoever is called. */
	readonly sentence: string;
	/** Platform -> the id of the user or group to mention. */
	readonly onCall: Readonly<Record<string, string>>;
	/** The channels of the target's route. */
	readonly places: readonly Conversation[];
};

/** Calls whoever is on duty. */
export type Pager = {
	/** Has the call made by the transaction of `stores`: it exists only if that commits. Idempotent by `subject`. */
	call(stores: Stores, call: PagerCall): Promise<void>;
};
