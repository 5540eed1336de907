/** One request, whatever became of it. */
export type Call = {
	readonly requestId: string;
	readonly atMs: number;
	readonly service: string;
	readonly operation: string;
	readonly region: string;
	readonly account: string;
	readonly accessKeyId: string;
	readonly dryRun: boolean;
	readonly input: Readonly<Record<string, unknown>>;
	/** `ok` or the error's code; `cut` when the socket was destroyed instead of a reply. */
	readonly outcome: string;
	/** The sequence numbers of the effects this call made. */
	readonly effects: readonly number[];
	/** The fault that was played on it. */
	readonly fault?: string;
	readonly userAgent: string;
};

export type CallLog = { readonly calls: readonly Call[]; append(call: Call): void };

/** Keeps the latest calls: at least `bound`, at most twice as many. */
export function callLog(bound: number): CallLog {
	const calls: Call[] = [];
	return {
		calls,
		append(call) {
			if (calls.length >= 2 * bound) calls.splice(0, bound);
			calls.push(call);
		},
	};
}
