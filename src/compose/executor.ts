import { setTimeout } from "node:timers/promises";
import { AppError, toAppError } from "../domain/errors.ts";
import { checkApproval } from "../executor/check-approval.ts";
import { execute } from "../executor/execute.ts";
import type { ExecutorDeps } from "../executor/executor-deps.ts";
import { recover } from "../executor/recover.ts";
import { verify } from "../executor/verify.ts";
import type { JobQueue } from "../ports/job-queue.ts";

const RECOVER_EVERY_MS = 10_000;

/** A part of the product that runs until it is told to stop. */
export type RunningRole = { stop(): Promise<void> };

/** Starts the role that changes the world: it works off approved requests and finishes what a crash interrupted. */
export async function startExecutor(deps: ExecutorDeps & { readonly jobs: JobQueue }): Promise<RunningRole> {
	const running = new Set<Promise<void>>();
	const stopping = new AbortController();
	const wait = (ms: number) =>
		setTimeout(ms, undefined, { signal: stopping.signal }).catch(() => {
			throw new AppError("unavailable", "The executor is stopping; the next start goes on.");
		});
	const inBackground = (work: Promise<void>) => {
		const tracked = work.catch((error: unknown) => {
			if (!stopping.signal.aborted)
				deps.logger.warn("a verification was interrupted and is tried again", { error: toAppError(error) });
		});
		running.add(tracked);
		void tracked.finally(() => running.delete(tracked));
	};
	await deps.jobs.work("check-approval", ({ approvalId }) => checkApproval(deps, approvalId));
	await deps.jobs.work("execute-approval", ({ approvalId }) => execute(deps, approvalId));
	// A verification takes minutes; the queue must not wait for it. After a crash, `recover` starts it again.
	await deps.jobs.work("verify-execution", async ({ approvalId }) =>
		inBackground(verify(deps, approvalId, wait)),
	);
	const sweep = () =>
		recover(deps).catch((error: unknown) => {
			deps.logger.warn("unfinished requests could not be looked up", { error: toAppError(error) });
		});
	await sweep();
	const timer = setInterval(() => void sweep(), RECOVER_EVERY_MS);
	return {
		stop: async () => {
			clearInterval(timer);
			stopping.abort();
			await Promise.all(running);
		},
	};
}
