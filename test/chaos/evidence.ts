import type { ApprovalStatus } from "../../src/domain/approval.ts";
import type { Cast, Trial } from "./trial.ts";

/** A change that really happened, as the world itself wrote it down. Nothing of the product is asked. */
export type Effect = {
	readonly atMs: number;
	readonly operation: string;
	/** The state after it where it has one, such as a group's capacity. */
	readonly detail: string;
};

/** Something a person did, and whether the product acknowledged it. */
export type Deed = {
	readonly kind: "ask" | "approve" | "deny" | "cancel" | "freeze";
	readonly who: Cast | "demoted";
	/** Once for each delivery of its own; copies of one delivery share it. */
	readonly acknowledged: boolean;
	readonly atMs: number;
	readonly approvalId?: string;
	/** What the product told this person alone. */
	readonly told: readonly string[];
};

type DecisionRow = {
	readonly personId: string;
	readonly verdict: "approve" | "deny";
	readonly atMs: number;
};

export type AuditRow = {
	readonly sequence: number;
	readonly atMs: number;
	readonly action: string;
	readonly actorId: string;
	readonly data: Readonly<Record<string, unknown>>;
};

/** A message in a channel with the key by which the product finds it again. */
export type Card = {
	/** The thread it stands in; empty for the channel itself. */
	readonly thread: string;
	readonly key: string;
	readonly text: string;
	readonly hasButtons: boolean;
};

/** One request as the database has it in the end, with all that is about it. */
export type Request = {
	readonly id: string;
	readonly status: ApprovalStatus;
	readonly requesterId: string;
	readonly createdAtMs: number;
	readonly expiresAtMs: number;
	readonly endedAtMs: number | undefined;
	readonly outcome: string;
	readonly decisions: readonly DecisionRow[];
	readonly execution: { readonly status: string; readonly intendedAtMs: number } | undefined;
	/** By sequence. */
	readonly audit: readonly AuditRow[];
	readonly cards: readonly Card[];
};

/** From when to when something was so, by the database's clock; both ends lie on the safe side. */
export type Span = { readonly fromMs: number; readonly untilMs: number };

/** All that is known of one life when it is over. Judges are pure functions of it. */
export type Life = {
	readonly trial: Trial;
	readonly target: string;
	readonly deeds: readonly Deed[];
	readonly requests: readonly Request[];
	readonly effects: readonly Effect[];
	/** Person ids by who they are in the trial. */
	readonly people: Readonly<Record<Cast | "demoted", string>>;
	/** When the demoted one certainly was no operator. */
	readonly demoted: readonly Span[];
	/** When effects on the target were certainly forbidden. */
	readonly frozen: readonly Span[];
	/** When everything ran again for good: from then on 60 s are left. */
	readonly recoveredAtMs: number;
	/** Nothing went wrong but that deliveries came several times: then each counts exactly once. */
	readonly calm: boolean;
	/** Whether the world may have kept a reply to itself, so that an outcome can't be known. */
	readonly repliesLost: boolean;
};
