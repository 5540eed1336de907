import { AppError } from "../../domain/errors.ts";

/** A command of this machine that is kept running. */
export type SupervisedCommand = {
	/** Lower-case letters, digits and hyphens, at most 63; unique. */
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
	readonly cwd?: string | undefined;
	/** Added to the few variables it gets from the product's own environment (PATH, HOME and the like). */
	readonly env: Readonly<Record<string, string>>;
	readonly environment: string;
	/** Where its metrics are: a whole URL, or a path on a port that is chosen for it and passed as PORT. */
	readonly metrics?: { readonly url: string } | { readonly pathOnChosenPort: string } | undefined;
	/** How long it may take to end on SIGTERM before SIGKILL. */
	readonly stopTimeoutSeconds: number;
};

const inherited = ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR"];

/** Refuses names that are no file names, and two of one name. Error: `invalid`. */
export function checkCommands(commands: readonly SupervisedCommand[]): void {
	const seen = new Set<string>();
	for (const { name } of commands) {
		if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name))
			throw new AppError(
				"invalid",
				`"${name}" cannot name a supervised command; use lower-case letters, digits and hyphens.`,
			);
		if (seen.has(name))
			throw new AppError("invalid", `Two supervised commands are named "${name}"; rename one.`);
		seen.add(name);
	}
}

/** The whole environment of a supervised process: none of the product's secrets, and the marks it is known by. */
export function commandEnvironment(
	command: SupervisedCommand,
	hostEnv: Readonly<Record<string, string | undefined>>,
	token: string,
	port: number | undefined,
): Record<string, string> {
	const base = inherited.flatMap((name) => (hostEnv[name] === undefined ? [] : [[name, hostEnv[name]]]));
	return {
		...Object.fromEntries(base),
		...command.env,
		...(port === undefined ? {} : { PORT: String(port) }),
		SUPERVISED_NAME: command.name,
		[tokenVariable]: token,
	};
}

/** The variable by which a process is known whose pid was never written. */
export const tokenVariable = "SUPERVISED_TOKEN";

/** Where the command's metrics are, with the port chosen for it. */
export function metricsUrlOf({ metrics }: SupervisedCommand, port: number | undefined): string | undefined {
	if (metrics === undefined) return undefined;
	if ("url" in metrics) return metrics.url;
	return port === undefined ? undefined : `http://127.0.0.1:${port}${metrics.pathOnChosenPort}`;
}
