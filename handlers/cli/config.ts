// `npm run config -- export`: prints channels and routes as they are in force, as smartcloudops.yaml would have them.
// `npm run config -- check [file]`: prints what is wrong with a configuration, as a start would, or that it can be used.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fail, runningInstance } from "./running-instance.ts";

const USAGE = 'Write "npm run config -- export" or "npm run config -- check [file]".';

const [verb, file, ...rest] = process.argv.slice(2);
if (verb === "export" && file === undefined) await exportRouting();
else if (verb === "check" && rest.length === 0) await check();
else fail(USAGE);

/** The program itself reads it, with the environment of this command: nothing else would find all that a start finds. */
async function check(): Promise<void> {
	const program = join(import.meta.dirname, "../../src/main.ts");
	const env = { ...process.env, ...(file === undefined ? {} : { CONFIG_FILE: file }) };
	const child = spawn(process.execPath, ["--no-warnings", program, "--check-config"], {
		env,
		stdio: "inherit",
	});
	const [code] = await once(child, "exit");
	process.exitCode = code === 0 ? 0 : 1;
}

async function exportRouting(): Promise<void> {
	const { url, key } = runningInstance(process.env);
	const response = await fetch(`${url}/api/v1/routing`, {
		headers: { authorization: `Bearer ${key}` },
		signal: AbortSignal.timeout(30_000),
	}).catch(() => fail(`The product at ${url} does not answer; is it running?`));
	if (!response.ok) fail(`The routing can't be read: ${response.statusText} (${response.status}).`);
	process.stdout.write(await response.text());
}
