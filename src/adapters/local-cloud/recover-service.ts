import { endProcess, waitUntilGone } from "./end-process.ts";
import type { Keeper, ServiceDeps } from "./keep-running.ts";
import { findByEnvironment, isAlive } from "./process-table.ts";
import type { RecordedInstance, ServiceState } from "./service-state.ts";
import { type SupervisedCommand, tokenVariable } from "./supervised-command.ts";

/** What a restart for an execution changes in the record once the old process is gone. */
export function restartEffect(state: ServiceState, executionId: string): Partial<ServiceState> {
	return { intent: undefined, lastExecutionId: executionId, restarts: state.restarts + 1 };
}

/**
 * Brings a service from what an earlier product left to one running process: adopts the recorded one or one whose
 * pid was never written, else starts one. `settled` resolves when the outcome of an interrupted restart is known.
 */
export async function recoverService(
	keeper: Keeper,
	command: SupervisedCommand,
	deps: ServiceDeps,
): Promise<{ readonly settled: Promise<void> }> {
	const state = keeper.state();
	const { instance, intent } = state;
	const sameBoot = state.bootId === deps.bootId;
	if (instance && sameBoot && (await isAlive(instance))) {
		await keeper.adopt(instance);
		if (intent)
			return { settled: keeper.exclusively(() => settle(keeper, command, instance, intent.executionId)) };
	} else if (intent) await keeper.start(restartEffect(state, intent.executionId));
	else {
		const lost = sameBoot ? await findLost(state) : undefined;
		if (lost) await keeper.adopt(lost);
		else await keeper.start(instance ? { restarts: state.restarts + 1 } : {});
	}
	return { settled: Promise.resolve() };
}

/** Ends the recorded process of a service that is no longer wanted. Answers its pid if there was one. */
export async function endForgotten(state: ServiceState, bootId: string): Promise<number | undefined> {
	if (state.bootId !== bootId) return undefined;
	const instance = state.instance ?? (await findLost(state));
	if (instance === undefined || !(await isAlive(instance))) return undefined;
	await endProcess(instance, forgottenStopSeconds);
	return instance.pid;
}

const forgottenStopSeconds = 5;

/** The signal may have been sent before the crash: then the process ends soon, and that was the effect. */
async function settle(
	keeper: Keeper,
	command: SupervisedCommand,
	instance: RecordedInstance,
	executionId: string,
): Promise<void> {
	const gone = await waitUntilGone(instance, command.stopTimeoutSeconds * 1_000 + 1_000);
	if (gone) await keeper.start(restartEffect(keeper.state(), executionId));
	else await keeper.save({ intent: undefined });
}

/** The process that was spawned just before a crash: the one that leads its session, not what it started. */
async function findLost({ spawning }: ServiceState): Promise<RecordedInstance | undefined> {
	if (spawning === undefined) return undefined;
	const marked = await findByEnvironment(`${tokenVariable}=${spawning.token}`);
	const leader = marked.find((process) => process.leads);
	return leader && { pid: leader.pid, startTicks: leader.startTicks, ...spawning };
}
