/** Every kind of job with its payload. Handlers are idempotent: a job may be delivered again after a crash. */
export type JobPayloads = {
	/** Asks AWS whether the plan of a new request would be allowed. */
	readonly "check-approval": { readonly approvalId: string };
	readonly "execute-approval": { readonly approvalId: string };
	readonly "verify-execution": { readonly approvalId: string };
	readonly "publish-incident": { readonly incidentId: string };
	readonly "publish-approval": { readonly approvalId: string };
	readonly "explain-incident": { readonly incidentId: string };
};

export type JobName = keyof JobPayloads;

/** Works off jobs. A handler that throws is tried again with back-off, at most five times, then logged and kept. */
export type JobQueue = {
	work<N extends JobName>(name: N, handler: (payload: JobPayloads[N]) => Promise<void>): Promise<void>;
	/** Looks for work now instead of at the next poll: called after a commit by the process that committed. */
	nudge(name: JobName): void;
	/** Finishes running handlers (at most `graceSeconds`), takes no new ones. */
	stop(graceSeconds: number): Promise<void>;
};
