import { parseArgs } from "node:util";
import { AppError } from "../domain/errors.ts";
import type { Role } from "./product-options.ts";

const ROLES: readonly Role[] = ["ingress", "agent", "executor"];

const OPTIONS = `Options
  --role ${ROLES.join(",")}
      The parts this process runs; all by default.
  --check-config  Says whether the configuration can be used, and starts nothing.
  --help          Shows this text.`;

/** What `--help` prints. */
export const USAGE = `Usage: npm start [-- <options>]

${OPTIONS}

Environment variables
  PORT, HOST       Where to listen: port 3000 and 127.0.0.1 by default.
  DATA_DIR         The folder of the store, the logs and the keys: ./data by default.
  CONFIG_FILE      The configuration: smartcloudops.yaml by default, if there is one.
  PUBLIC_URL       The address people use, where it is not the one listened on.
  DATABASE_URL     A Postgres to use instead of the embedded one.
  PROMETHEUS_URL   A Prometheus to ask instead of the embedded metrics.
  LOG_LEVEL        error, warn, info (the default) or debug.

README.md and smartcloudops.example.yaml have the rest.
`;

/** What the command line asks for. */
export type CommandLine = {
	readonly help: boolean;
	/** The configuration is only looked at. */
	readonly checkConfig: boolean;
	readonly roles: readonly Role[];
};

/** Reads the arguments after the program's name. AppError `invalid` names the first one that is not known. */
export function readCommandLine(args: readonly string[]): CommandLine {
	const { tokens } = parseArgs({
		args: [...args],
		options: {
			role: { type: "string" },
			"check-config": { type: "boolean" },
			help: { type: "boolean", short: "h" },
		},
		strict: false,
		allowPositionals: true,
		tokens: true,
	});
	let help = false;
	let checkConfig = false;
	let roles = ROLES;
	for (const token of tokens) {
		if (token.kind === "option" && token.name === "help") help = true;
		else if (token.kind === "option" && token.name === "check-config") checkConfig = true;
		else if (token.kind === "option" && token.name === "role") roles = readRoles(token.value ?? "");
		else if (token.kind === "option") throw unknown(`option ${token.rawName}`);
		else if (token.kind === "positional") throw unknown(`argument "${token.value}"`);
	}
	return { help, checkConfig, roles };
}

function readRoles(list: string): readonly Role[] {
	const asked = list.split(",");
	const other = asked.find((name) => !ROLES.some((role) => role === name));
	if (other !== undefined)
		throw new AppError("invalid", `There is no role "${other}"; --role takes ${ROLES.join(", ")}.`);
	return ROLES.filter((role) => asked.includes(role));
}

function unknown(what: string): AppError {
	return new AppError(
		"invalid",
		`There is no ${what}; ports, folders and the like are set by environment variables (see --help).\n${OPTIONS}`,
	);
}
