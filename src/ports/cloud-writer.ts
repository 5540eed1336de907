/**
 * Changes the world; only the executor holds one. Every call is conditional on the state the plan was made from and
 * carries the execution's id, so that it has its effect at most once, however often it is made.
 */
export type CloudWriter = {
	/**
	 * Stops exactly the expected process and starts its successor.
	 * @throws AppError `conflict` when another process runs there now (nothing was changed); `unavailable` when the
	 * successor could not be started
	 */
	restartService(request: {
		readonly target: string;
		readonly executionId: string;
		readonly expected: { readonly pid: number; readonly startedAtMs: number };
	}): Promise<{ readonly pid: number; readonly startedAtMs: number; readonly tookMs: number }>;
};
