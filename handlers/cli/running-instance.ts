import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The running product of a data folder, and the key that its owner may use. */
export type RunningInstance = {
	readonly url: string;
	readonly key: string;
	/** The installation's, in which times are written. */
	readonly timeZone: string;
};

const Running = z.object({ url: z.string(), timeZone: z.string().default("UTC") });

/** Ends the command with one sentence on the terminal. */
export function fail(sentence: string): never {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
}

/** Finds the product that runs on DATA_DIR (./data by default). */
export function runningInstance(environment: Readonly<Record<string, string | undefined>>): RunningInstance {
	const dataDir = environment.DATA_DIR ?? "./data";
	try {
		const running = Running.parse(JSON.parse(readFileSync(join(dataDir, "running.json"), "utf8")));
		return { ...running, key: readFileSync(join(dataDir, "admin-key"), "utf8").trim() };
	} catch {
		return fail(`No product runs on ${dataDir}; start it with "npm start", or set DATA_DIR to its folder.`);
	}
}

/** Calls the product's API as the owner of the admin key; problems end the command with their sentence. */
export async function call(
	instance: RunningInstance,
	method: "GET" | "POST",
	path: string,
	input?: object,
): Promise<unknown> {
	const response = await fetch(`${instance.url}${path}`, {
		method,
		headers: {
			authorization: `Bearer ${instance.key}`,
			...(input ? { "content-type": "application/json" } : {}),
		},
		...(input ? { body: JSON.stringify(input) } : {}),
		signal: AbortSignal.timeout(120_000),
	}).catch(() => fail(`The product at ${instance.url} does not answer; is it running?`));
	const body: unknown = await response.json().catch(() => ({}));
	if (response.ok) return body;
	const detail =
		typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : response.statusText;
	return fail(`${detail} (${response.status})`);
}
