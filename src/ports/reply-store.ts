/** A request that carried this key before. Without an outcome it is still being worked on. */
type KeptReply = { readonly fingerprint: string; readonly outcome?: string };

/** The outcomes of requests that carry an Idempotency-Key, for a day, over all replicas; sealed, so not to be read here. */
export type ReplyStore = {
	/**
	 * Undefined: this caller works on it now, alone for `holdSeconds`. Else what is kept of the first request. A key that
	 * is older than a day, or whose worker died, is free again.
	 */
	claim(key: string, fingerprint: string, holdSeconds: number): Promise<KeptReply | undefined>;
	keep(key: string, outcome: string): Promise<void>;
	/** Forgets a key: another try may end otherwise. */
	release(key: string): Promise<void>;
};
