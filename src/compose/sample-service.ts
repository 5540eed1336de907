import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { SupervisedCommand } from "../adapters/local-cloud/supervised-command.ts";
import { AppError } from "../domain/errors.ts";
import type { Demo } from "../ports/demo.ts";

export const SAMPLE_NAME = "checkout";

const FAULTS: Readonly<Record<string, string>> = {
	leak: "leaks about 6 MB a second",
	cpu: "spins half of a core",
	errors: "answers 30 % of its requests with an error",
	latency: "answers about 400 ms later",
	"bad-config": "has a bad payment backend in its configuration, which a restart does not cure",
};

/** The command of the sample service, with a control token that stays the same for as long as the data folder. */
export async function sampleCommand(
	dataDir: string,
): Promise<{ readonly command: SupervisedCommand; readonly controlToken: string }> {
	const folder = join(dataDir, SAMPLE_NAME);
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const controlToken = await stableToken(join(folder, "control-token"));
	return {
		controlToken,
		command: {
			name: SAMPLE_NAME,
			command: process.execPath,
			args: [
				"--max-old-space-size=32",
				"--max-semi-space-size=1",
				"--no-opt",
				"--expose-gc",
				"--no-warnings",
				join(import.meta.dirname, "../sample-workload/main.ts"),
			],
			env: {
				CONTROL_TOKEN: controlToken,
				CONFIG_FILE: join(folder, "config.json"),
				NODE_COMPILE_CACHE: join(folder, "compile-cache"),
				MALLOC_ARENA_MAX: "1",
			},
			environment: "local",
			metrics: { pathOnChosenPort: "/metrics" },
			stopTimeoutSeconds: 2,
		},
	};
}

/**
 * Breaks and fixes the sample service over its own control interface.
 * @param baseUrl where the service listens now; undefined while it does not run
 */
export function sampleDemo(controlToken: string, baseUrl: () => string | undefined): Demo {
	const post = async (path: string, body: unknown): Promise<void> => {
		const url = baseUrl();
		if (url === undefined)
			throw new AppError("unavailable", `${SAMPLE_NAME} does not run now; try again in some seconds.`, {
				retryAfterSeconds: 5,
			});
		const response = await fetch(new URL(path, url), {
			method: "POST",
			headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(5000),
		}).catch((error: unknown) => {
			throw new AppError("unavailable", `${SAMPLE_NAME} does not answer now; try again in some seconds.`, {
				retryAfterSeconds: 5,
				cause: error,
			});
		});
		const text = await response.text();
		if (!response.ok)
			throw new AppError("unavailable", `${SAMPLE_NAME} refused; the log has the detail.`, {
				detail: `${response.status} ${text.slice(0, 300)}`,
			});
		Faults.parse(JSON.parse(text));
	};
	const check = (target: string) => {
		if (target !== SAMPLE_NAME)
			throw new AppError("not_found", `Only ${SAMPLE_NAME} can be broken here: it is the sample service.`);
	};
	return {
		targets: [{ name: SAMPLE_NAME, faults: Object.keys(FAULTS) }],
		breakTarget: async (target, fault) => {
			check(target);
			const effect = FAULTS[fault];
			if (effect === undefined)
				throw new AppError(
					"invalid",
					`There is no fault "${fault}"; there are: ${Object.keys(FAULTS).join(", ")}.`,
				);
			await post("/break", { fault });
			return `${SAMPLE_NAME} now ${effect}. Nothing else was told: the watches have to notice it.`;
		},
		fixTarget: async (target) => {
			check(target);
			await post("/fix", {});
			return `Every fault of ${SAMPLE_NAME} has ended, and its configuration is good again.`;
		},
	};
}

const Faults = z.object({ faults: z.array(z.string()) });

async function stableToken(path: string): Promise<string> {
	const known = await readFile(path, "utf8").catch(() => "");
	if (/^[A-Za-z0-9_-]{32,}$/.test(known)) return known;
	const token = randomBytes(24).toString("base64url");
	await writeFile(path, token, { mode: 0o600 });
	return token;
}
