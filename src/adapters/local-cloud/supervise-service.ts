import { AppError } from "../../domain/errors.ts";
import type { ServiceInstance } from "../../ports/cloud-reader.ts";
import type { RestartServiceRequest, RestartServiceResult } from "../../ports/cloud-writer.ts";
import { endProcess } from "./end-process.ts";
import { type Keeper, keepRunning, type ServiceDeps } from "./keep-running.ts";
import { isAlive } from "./process-table.ts";
import { recoverService, restartEffect } from "./recover-service.ts";
import type { RecordedInstance } from "./service-state.ts";
import { metricsUrlOf, type SupervisedCommand } from "./supervised-command.ts";
import { waitUntilAnswers } from "./wait-until-answers.ts";

/** One service that is kept running. */
export type SupervisedService = {
	/** What it is now, as far as it is known without waiting. */
	describe(): ServiceInstance;
	/** As `describe`, after a look at the process and after an interrupted restart's outcome is known. */
	read(): Promise<ServiceInstance>;
	/** As `CloudWriter.restartService`. */
	restart(request: RestartServiceRequest): Promise<RestartServiceResult>;
	/** Ends the supervision, and the process unless it is to be left running. Idempotent. */
	stop(leaveRunning: boolean): Promise<void>;
};

/**
 * Adopts the service's running process or starts one, and keeps it running. Every change is written before it is
 * made, so a product killed at any point finds on its next start the one process there is, and never makes a second.
 */
export async function superviseService(
	command: SupervisedCommand,
	deps: ServiceDeps,
): Promise<SupervisedService> {
	const keeper = await keepRunning(command, deps);
	const { settled } = await recoverService(keeper, command, deps);
	settled.catch((error: unknown) => deps.logger.error(`${command.name} could not be recovered`, { error }));
	const describe = () => describeService(command, keeper);
	let stopping: Promise<void> | undefined;
	return {
		describe,
		async read() {
			await settled;
			const { instance } = keeper.state();
			if (keeper.phase() === "running" && instance && !(await isAlive(instance)))
				await keeper.exclusively(() => keeper.notice());
			return describe();
		},
		restart: (request) => {
			const startedMs = performance.now();
			return keeper.exclusively(() => restart(request, startedMs, command, keeper, deps));
		},
		stop: (leaveRunning) => (stopping ??= stop(leaveRunning, command, keeper)),
	};
}

function describeService(command: SupervisedCommand, keeper: Keeper): ServiceInstance {
	const { instance, restarts, lastExecutionId, port } = keeper.state();
	const running = keeper.phase() === "running" && instance !== undefined;
	const metricsUrl = metricsUrlOf(command, port);
	return {
		target: command.name,
		state: keeper.phase(),
		...(running ? { pid: instance.pid, startedAtMs: instance.startedAtMs } : {}),
		restarts,
		...(lastExecutionId === undefined ? {} : { lastExecutionId }),
		...(metricsUrl === undefined ? {} : { metricsUrl }),
		environment: command.environment,
	};
}

async function restart(
	{ executionId, expected }: RestartServiceRequest,
	startedMs: number,
	command: SupervisedCommand,
	keeper: Keeper,
	deps: ServiceDeps,
): Promise<RestartServiceResult> {
	const { name } = command;
	const old = keeper.state().instance;
	await keeper.notice();
	if (keeper.phase() !== "running" || old === undefined)
		throw new AppError("conflict", `${name} is not running (${keeper.phase()}), so it was not restarted.`);
	if (old.pid !== expected.pid || old.startedAtMs !== expected.startedAtMs)
		throw new AppError(
			"conflict",
			`${name} runs as process ${old.pid}, no longer as process ${expected.pid} of the plan, so it was not restarted.`,
		);
	await keeper.save({ intent: { executionId } });
	await deps.failpoint("before-signal");
	if (!(await endProcess(old, command.stopTimeoutSeconds))) {
		await keeper.save({ intent: undefined });
		throw new AppError("unavailable", `Process ${old.pid} of ${name} does not end, so it was not restarted.`);
	}
	keeper.rest("backing-off");
	await deps.failpoint("after-stop");
	const started = await keeper.start(restartEffect(keeper.state(), executionId));
	if (started === undefined || !(await answers(started, command, keeper)))
		throw new AppError(
			"unavailable",
			`${name} was restarted, but does not run or answer; see its log in the data folder.`,
			{ extra: { restarted: true } },
		);
	const { pid, startedAtMs } = started;
	return { pid, startedAtMs, tookMs: Math.round(performance.now() - startedMs) };
}

async function answers(
	instance: RecordedInstance,
	command: SupervisedCommand,
	keeper: Keeper,
): Promise<boolean> {
	const url = metricsUrlOf(command, keeper.state().port);
	return url === undefined ? isAlive(instance) : waitUntilAnswers(instance, url);
}

async function stop(leaveRunning: boolean, command: SupervisedCommand, keeper: Keeper): Promise<void> {
	keeper.end();
	await keeper.exclusively(async () => {
		const { instance } = keeper.state();
		keeper.rest("stopped");
		if (leaveRunning || instance === undefined) return;
		await endProcess(instance, command.stopTimeoutSeconds);
		await keeper.save({ instance: undefined, spawning: undefined });
	});
}
