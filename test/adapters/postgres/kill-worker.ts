import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestStore } from "../../support/postgres.ts";

/** Queues a job, lets a process of its own take it, and kills that process while it works on the job. */
export async function killWorkerWithJob({ store, connection }: TestStore, approvalId: string): Promise<void> {
	await store.enqueue("execute-approval", { approvalId });
	const program = fileURLToPath(new URL("hold-job.ts", import.meta.url));
	const worker = spawn(process.execPath, [program, JSON.stringify(connection)], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const [taken] = (await once(worker.stdout, "data")) as [Buffer];
	if (taken.toString().trim() !== approvalId) throw new Error(`the worker took ${taken.toString()}`);
	worker.kill("SIGKILL");
	await once(worker, "exit");
}
