import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../../ports/clock.ts";
import type { ServiceInstance } from "../../ports/cloud-reader.ts";
import type { Logger } from "../../ports/logger.ts";
import { nextBackoff } from "./backoff.ts";
import { endStragglers } from "./end-process.ts";
import { launchProcess } from "./launch-process.ts";
import { choosePort } from "./loopback-port.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { isAlive } from "./process-table.ts";
import { boundServiceLog } from "./service-log.ts";
import {
	type RecordedInstance,
	readServiceState,
	type ServiceState,
	writeServiceState,
} from "./service-state.ts";
import { commandEnvironment, type SupervisedCommand } from "./supervised-command.ts";

/** Where a test may let the process die. */
export type SupervisorFailpoint = (
	name: "before-signal" | "after-stop" | "after-spawn",
) => Promise<void> | void;

export type ServiceDeps = {
	/** The folder of the state files and logs. */
	readonly folder: string;
	readonly bootId: string;
	readonly clock: Clock;
	readonly logger: Logger;
	/** The product's own environment, of which a command gets a few variables. */
	readonly hostEnv: Readonly<Record<string, string | undefined>>;
	readonly failpoint: SupervisorFailpoint;
};

/** The record of one service and its process; changes go through `exclusively`, one at a time. */
export type Keeper = {
	state(): ServiceState;
	phase(): ServiceInstance["state"];
	exclusively<Result>(task: () => Promise<Result>): Promise<Result>;
	/** Changes the record; on disk when it returns. */
	save(patch: Partial<ServiceState>): Promise<void>;
	/** Takes a living process for the service's. */
	adopt(instance: RecordedInstance): Promise<void>;
	/** Starts a process in place of one that is gone and records `patch` with it; retried with backoff until it works. */
	start(patch: Partial<ServiceState>): Promise<RecordedInstance | undefined>;
	/** Notices that the recorded process ended by itself, and has it started again later. */
	notice(): Promise<void>;
	/** Says that there is no process now, and starts none until `start` is called. */
	rest(phase: "stopped" | "backing-off"): void;
	/** The record and the process stay as they are from now on. */
	end(): void;
};

const pollMs = 1_000;
const boundLogEveryPolls = 60;

/** Makes the keeper of a service from its record on disk; starts nothing by itself. */
export async function keepRunning(command: SupervisedCommand, deps: ServiceDeps): Promise<Keeper> {
	const { bootId, clock, logger } = deps;
	const path = join(deps.folder, `${command.name}.json`);
	const logPath = join(deps.folder, `${command.name}.log`);
	const exclusively = oneAtATime();
	let state: ServiceState = (await readServiceState(path)) ?? { bootId, restarts: 0 };
	let phase: ServiceInstance["state"] = "stopped";
	let failures = 0;
	let over = false;
	let retry: NodeJS.Timeout | undefined;

	const save = async (patch: Partial<ServiceState>) => {
		const next = { ...state, ...patch, bootId };
		await writeServiceState(path, next);
		state = next;
	};
	const inBackground = (task: () => Promise<unknown>) => {
		exclusively(task).catch((error: unknown) =>
			logger.error(`${command.name} is not supervised well`, { error }),
		);
	};
	const launch = async (patch: Partial<ServiceState>): Promise<RecordedInstance> => {
		for (const old of [state.instance, state.spawning]) if (old) await endStragglers(old.token);
		const chooses = command.metrics !== undefined && "pathOnChosenPort" in command.metrics;
		const port = chooses ? await choosePort(state.port) : undefined;
		const spawning = { token: randomUUID(), startedAtMs: clock.now() };
		await save({ ...patch, port, instance: undefined, spawning });
		const env = commandEnvironment(command, deps.hostEnv, spawning.token, port);
		const { pid, startTicks, exited } = await launchProcess(command, env, logPath);
		await deps.failpoint("after-spawn");
		const instance = { pid, startTicks, ...spawning };
		await save({ instance, spawning: undefined });
		phase = "running";
		void exited.then(() => inBackground(notice));
		return instance;
	};
	const start = async (patch: Partial<ServiceState>): Promise<RecordedInstance | undefined> => {
		try {
			return await launch(patch);
		} catch (error) {
			logger.error(`${command.name} cannot be started`, { error });
			startLater(patch, 0);
			return undefined;
		}
	};
	const startLater = (patch: Partial<ServiceState>, lifeSeconds: number) => {
		const backoff = nextBackoff(failures, lifeSeconds);
		failures = backoff.failures;
		phase = "backing-off";
		logger.warn(`${command.name} is started again in ${backoff.delaySeconds} s`, { failures });
		retry = setTimeout(() => {
			inBackground(async () => (over ? undefined : start(patch)));
		}, backoff.delaySeconds * 1_000).unref();
	};
	const notice = async () => {
		const { instance, restarts } = state;
		if (over || phase !== "running" || instance === undefined || (await isAlive(instance))) return;
		logger.warn(`${command.name} (process ${instance.pid}) ended by itself`);
		startLater({ restarts: restarts + 1 }, (clock.now() - instance.startedAtMs) / 1_000);
	};

	let polls = 0;
	const poll = setInterval(() => {
		polls += 1;
		inBackground(async () => {
			await notice();
			if (polls % boundLogEveryPolls === 0) await boundServiceLog(logPath);
		});
	}, pollMs).unref();

	return {
		state: () => state,
		phase: () => phase,
		exclusively,
		save,
		async adopt(instance) {
			if (state.instance !== instance) await save({ instance, spawning: undefined });
			phase = "running";
			logger.info(`${command.name} runs on as process ${instance.pid}`);
		},
		start,
		notice,
		rest(next) {
			clearTimeout(retry);
			phase = next;
		},
		end() {
			over = true;
			clearTimeout(retry);
			clearInterval(poll);
		},
	};
}
