import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const Instance = z.object({
	pid: z.number().int().min(2),
	startTicks: z.string(),
	startedAtMs: z.number(),
	token: z.string(),
});

/** What is known of one service across restarts of the product, and what was about to be done. */
export const ServiceState = z.object({
	bootId: z.string(),
	restarts: z.number().int().min(0),
	port: z.number().int().optional(),
	lastExecutionId: z.string().optional(),
	instance: Instance.optional(),
	/** Written before a spawn: the process that carries this token is ours, though its pid was never written. */
	spawning: z.object({ token: z.string(), startedAtMs: z.number() }).optional(),
	/** Written before a restart's signal: the execution, aimed at `instance`. */
	intent: z.object({ executionId: z.string() }).optional(),
});
export type ServiceState = z.infer<typeof ServiceState>;
export type RecordedInstance = z.infer<typeof Instance>;

/** The recorded state; undefined when there is none or the file is not one. */
export async function readServiceState(path: string): Promise<ServiceState | undefined> {
	try {
		return ServiceState.parse(JSON.parse(await readFile(path, "utf8")));
	} catch {
		return undefined;
	}
}

/** Replaces the recorded state whole; it is on disk when this returns. */
export async function writeServiceState(path: string, state: ServiceState): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	const draft = await open(`${path}.new`, "w", 0o600);
	try {
		await draft.writeFile(`${JSON.stringify(state, null, "\t")}\n`);
		await draft.sync();
	} finally {
		await draft.close();
	}
	await rename(`${path}.new`, path);
	const folder = await open(dirname(path), "r");
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}
