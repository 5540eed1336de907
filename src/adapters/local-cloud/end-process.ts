import { setTimeout as sleep } from "node:timers/promises";
import { findByEnvironment, isAlive, signalGroup, signalProcess } from "./process-table.ts";
import type { RecordedInstance } from "./service-state.ts";
import { tokenVariable } from "./supervised-command.ts";

const killWaitMs = 5_000;

/**
 * Ends an instance and its process group: SIGTERM, after `stopTimeoutSeconds` SIGKILL, and whatever else carries its
 * token. Each signal follows a check that the process is still the recorded one. Answers whether it is gone.
 */
export async function endProcess(instance: RecordedInstance, stopTimeoutSeconds: number): Promise<boolean> {
	await signalGroup(instance, "SIGTERM");
	if (!(await waitUntilGone(instance, stopTimeoutSeconds * 1_000))) {
		await signalGroup(instance, "SIGKILL");
		if (!(await waitUntilGone(instance, killWaitMs))) return false;
	}
	await endStragglers(instance.token);
	return true;
}

/** Ends what an instance started and left behind. */
export async function endStragglers(token: string): Promise<void> {
	for (const straggler of await findByEnvironment(`${tokenVariable}=${token}`))
		await signalProcess(straggler, "SIGKILL");
}

/** Waits for a process to end; false when it still lives after `waitMs`. */
export async function waitUntilGone(instance: RecordedInstance, waitMs: number): Promise<boolean> {
	const deadline = performance.now() + waitMs;
	while (await isAlive(instance)) {
		if (performance.now() > deadline) return false;
		await sleep(10);
	}
	return true;
}
