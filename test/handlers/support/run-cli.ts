import { execFile } from "node:child_process";
import { join } from "node:path";

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a command of the terminal as a process of its own, without a terminal, until it ends. */
export function runCli(
	program: string,
	args: readonly string[],
	env: Readonly<Record<string, string>>,
): Promise<Ran> {
	const file = join(import.meta.dirname, `../../../handlers/cli/${program}.ts`);
	return new Promise((resolve) => {
		execFile(process.execPath, ["--no-warnings", file, ...args], { env }, (error, stdout, stderr) =>
			resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
		);
	});
}
