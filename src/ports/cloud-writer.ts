import type { AwsWriter } from "./aws-writer.ts";

/** A restart of exactly the instance that the plan saw. */
export type RestartServiceRequest = {
	readonly target: string;
	readonly executionId: string;
	readonly expected: { readonly pid: number; readonly startedAtMs: number };
};

/** The instance that took the old one's place; `tookMs` counts from the call until it answered. */
export type RestartServiceResult = {
	readonly pid: number;
	readonly startedAtMs: number;
	readonly tookMs: number;
};

/** Changes the supervised commands of this machine. */
export type LocalWriter = {
	/**
	 * Ends the expected instance and starts another. Conditional on `expected`, so however often it is called, it has
	 * an effect at most once: a second call meets another instance. When the reply is lost, `lastExecutionId` of the
	 * reader says whether it took effect; a crash at any point leaves one running instance and no second restart.
	 * Errors: `not_found`; `conflict` when the running instance is not the expected one or none runs (no effect);
	 * `unavailable` when the old one would not end (no effect), or with `extra.restarted` true when the new one does
	 * not run or answer (the effect was made, and `lastExecutionId` is set).
	 */
	restartService(request: RestartServiceRequest): Promise<RestartServiceResult>;
};

/** All that can change the world. Only the executor holds one. `aws` undefined: no AWS account is set up. */
export type CloudWriter = { readonly local: LocalWriter; readonly aws: AwsWriter | undefined };
