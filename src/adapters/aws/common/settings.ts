import type { Clock } from "../../../ports/clock.ts";

/** Who calls: the two sides have credentials and roles of their own. */
export type AwsSide = "reader" | "writer";

/** Bounds of calls, in milliseconds. */
export type AwsTimes = {
	readonly connectMs: number;
	/** One attempt of a reading call. */
	readonly readMs: number;
	/** A reading call with all its attempts. */
	readonly readTotalMs: number;
	/** A changing call, which is attempted once. */
	readonly effectMs: number;
	/** Between two looks at a command that runs. */
	readonly pollMs: number;
};

export const AWS_TIMES: AwsTimes = {
	connectMs: 3000,
	readMs: 8000,
	readTotalMs: 14_000,
	effectMs: 15_000,
	pollMs: 1000,
};

/** What both sides need to know of the account. */
export type AwsSettings = {
	/** At least one; the first is where global services are asked. */
	readonly regions: readonly string[];
	/** The only account that may be read or changed; undefined: the one the credentials belong to. */
	readonly account?: string | undefined;
	/** A profile of the SDK's shared configuration; undefined: the SDK's own chain. */
	readonly profile?: string | undefined;
	/** Where AWS is instead of its public addresses; undefined: AWS_ENDPOINT_URL, else those. */
	readonly endpoint?: string | undefined;
	/** What lacks this tag may not be changed. */
	readonly requiredTag: { readonly key: string; readonly value: string };
	readonly clock: Clock;
	readonly times: AwsTimes;
};
