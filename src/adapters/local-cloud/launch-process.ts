import { spawn } from "node:child_process";
import { once } from "node:events";
import { identifyProcess, type ProcessIdentity } from "./process-table.ts";
import { openServiceLog } from "./service-log.ts";
import type { SupervisedCommand } from "./supervised-command.ts";

export type LaunchedProcess = ProcessIdentity & {
	/** Resolves when it has ended. */
	readonly exited: Promise<void>;
};

/**
 * Starts a command in a session of its own, so that it leads its process group and outlives a killed product; its
 * output goes to the log. Rejects when the command cannot be started at all.
 */
export async function launchProcess(
	{ command, args, cwd }: SupervisedCommand,
	env: Record<string, string>,
	logPath: string,
): Promise<LaunchedProcess> {
	const log = await openServiceLog(logPath);
	try {
		const child = spawn(command, args, {
			cwd,
			env,
			detached: true,
			stdio: ["ignore", log.fd, log.fd],
		});
		const exited = new Promise<void>((resolve) => {
			child.once("exit", () => resolve());
		});
		await once(child, "spawn");
		child.unref();
		const pid = child.pid ?? 0;
		const startTicks = (await identifyProcess(pid))?.startTicks ?? "ended";
		return { pid, startTicks, exited };
	} finally {
		await log.close();
	}
}
