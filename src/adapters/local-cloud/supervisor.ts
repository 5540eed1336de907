import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../domain/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { SupervisorFailpoint } from "./keep-running.ts";
import { readBootId } from "./process-table.ts";
import { endForgotten } from "./recover-service.ts";
import { readServiceState } from "./service-state.ts";
import { type SupervisedService, superviseService } from "./supervise-service.ts";
import { checkCommands, type SupervisedCommand } from "./supervised-command.ts";

export type SupervisorOptions = {
	readonly commands: readonly SupervisedCommand[];
	/** State and logs are kept in its folder `supervised`. The caller holds the data folder's lock. */
	readonly dataDir: string;
	readonly clock: Clock;
	readonly logger: Logger;
	/** The product's environment; a command gets PATH, HOME and the like of it, and no secret. */
	readonly hostEnv: Readonly<Record<string, string | undefined>>;
	/** Tests only: called where the process may die. */
	readonly failpoint?: SupervisorFailpoint;
};

/** The supervised commands of this machine. */
export type Supervisor = {
	readonly services: ReadonlyMap<string, SupervisedService>;
	/** Ends the supervision; ends the processes too unless they are left running. Idempotent. */
	stop(options: { readonly leaveRunning: boolean }): Promise<void>;
};

/**
 * Adopts what an earlier product left running, starts the rest, and keeps all of it running: a process that ends is
 * started again after 1 s, then 2 s and so on up to 60 s. Processes of commands that are no longer configured are
 * ended. Errors: `invalid` for names, `unsupported` where there is no /proc.
 */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
	const { commands, dataDir, clock, logger, hostEnv, failpoint = () => undefined } = options;
	checkCommands(commands);
	if (process.platform !== "linux")
		throw new AppError("unsupported", "Commands can be supervised on Linux only; remove `supervised`.");
	const folder = join(dataDir, "supervised");
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const bootId = await readBootId();
	await endUnwanted(folder, new Set(commands.map(({ name }) => name)), bootId, logger);
	const deps = { folder, bootId, clock, logger, hostEnv, failpoint };
	const services = new Map<string, SupervisedService>();
	for (const command of commands) services.set(command.name, await superviseService(command, deps));
	return {
		services,
		async stop({ leaveRunning }) {
			await Promise.all([...services.values()].map((service) => service.stop(leaveRunning)));
		},
	};
}

async function endUnwanted(
	folder: string,
	wanted: ReadonlySet<string>,
	bootId: string,
	logger: Logger,
): Promise<void> {
	for (const file of await readdir(folder)) {
		const name = file.replace(/\.json$/, "");
		if (name === file || wanted.has(name)) continue;
		const state = await readServiceState(join(folder, file));
		const pid = state && (await endForgotten(state, bootId));
		if (pid !== undefined) logger.info(`${name} is no longer configured; its process ${pid} was ended`);
		await rm(join(folder, file), { force: true });
	}
}
