/** Who takes part in lives. `asker` asks; operators decide; the visitor may not; `demoted` is an operator for a while. */
export const CAST = ["asker", "olga", "omar", "otto", "visitor"] as const;
export type Cast = (typeof CAST)[number];

/** What is asked for: the first two by command, a restart in words. */
export type Change = "reboot" | "scale" | "restart";

/**
 * What the policy says of an environment: one key, two keys, a minute to decide, once in ten minutes for each target,
 * or at most `BLAST_TARGETS` targets an hour.
 */
type Environment = "one-key" | "two-keys" | "short" | "cooled" | `blast-${number}`;

/** How many targets may be changed in a `blast` environment. */
export const BLAST_TARGETS = 2;

/** One press of a button, counted from when its card could be pressed. */
export type Press = {
	readonly who: Cast | "demoted";
	readonly verdict: "approve" | "deny";
	readonly afterMs: number;
	/** How often the very same delivery arrives; 1 is the usual. */
	readonly copies: number;
};

/** Something else that happens in a life, counted as presses are. */
export type Turn = {
	readonly kind: "demote" | "freeze" | "cancel" | "ask-again";
	readonly afterMs: number;
};

/** One approval's life as the seed has it: a trial. */
export type Trial = {
	/** Counts over the whole run, from 0. */
	readonly number: number;
	/** Which channel of Slack it has for itself. */
	readonly slot: number;
	readonly change: Change;
	/** The policy's environment; those that share a blast radius have one of their own. */
	readonly environment: Environment;
	/** Whether the verification's guard will find that the change made things worse. */
	readonly turnsBad: boolean;
	readonly startAfterMs: number;
	/** How often the same request arrives. */
	readonly askCopies: number;
	readonly presses: readonly Press[];
	readonly turns: readonly Turn[];
};

/** The keys a trial needs. */
export function quorumOf({ environment }: Pick<Trial, "environment">): number {
	return environment === "two-keys" ? 2 : 1;
}
