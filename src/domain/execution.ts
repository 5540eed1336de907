import type { Sample } from "./time-series.ts";
import type { VerificationVerdict } from "./verification.ts";

/** One run of one approved plan. There is never a second one for the same approval. */
export type Execution = {
	readonly id: string;
	readonly approvalId: string;
	/** `intended`: recorded, the call may or may not have left. `called`: a reply was read. */
	readonly status: "intended" | "called" | "failed" | "unknown";
	readonly intendedAtMs: number;
	readonly finishedAtMs?: number;
	/** What the call reported, in words. */
	readonly result?: string;
	readonly verification?: VerificationVerdict & { readonly checkedAtMs: number };
	/** The verified metric just before the call, oldest first: what a do-nothing forecast is made from. */
	readonly before?: {
		readonly value: number;
		readonly samples: readonly Sample[];
		/** How the usual day goes around that time, as differences from its level; left out where that is not known. */
		readonly usual?: readonly Sample[];
	};
};
