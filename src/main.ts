import { parseArgs } from "node:util";
import { type Role, startProduct } from "./compose/start-product.ts";
import { readConfig } from "./config.ts";
import { AppError, toAppError } from "./domain/errors.ts";

const ROLES: readonly Role[] = ["ingress", "agent", "executor"];
const STOP_WITHIN_MS = 20_000;

function readRoles(): readonly Role[] {
	const { values } = parseArgs({
		options: { role: { type: "string", default: ROLES.join(",") } },
		strict: true,
	});
	const asked = values.role.split(",");
	const unknown = asked.find((name) => !ROLES.some((role) => role === name));
	if (unknown !== undefined)
		throw new AppError("invalid", `There is no role "${unknown}"; --role takes ${ROLES.join(", ")}.`);
	return ROLES.filter((role) => asked.includes(role));
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

/** One sentence for the person who typed the command; the detail is for those who ask for it. */
function fail(error: unknown): never {
	const known = toAppError(error);
	process.stderr.write(`${known.message}\n`);
	const detail = known.detail ?? (known.cause instanceof Error ? known.cause.message : undefined);
	if (known.code === "internal" && detail) process.stderr.write(`  ${detail.split("\n")[0]}\n`);
	process.exit(1);
}

const startedAtMs = Date.now() - process.uptime() * 1000;
try {
	const config = readConfig(process.env);
	const roles = readRoles();
	say("Starting SmartCloudOps AI…");
	const product = await startProduct({
		config,
		roles,
		environment: process.env,
		terminal: process.stdout,
		startedAtMs,
	});
	let stopping = false;
	const stop = (signal: string) => {
		if (stopping) return;
		stopping = true;
		say(`${signal}: finishing what runs…`);
		setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
		void product.stop().then(() => process.exit(0), fail);
	};
	process.on("SIGTERM", () => stop("SIGTERM"));
	process.on("SIGINT", () => stop("Ctrl-C"));
	say(`Ready in ${product.readyInSeconds.toFixed(1)} s${product.url ? `: ${product.url}` : ""}`);
	if (product.signInLink) say(`Sign in (once, within 30 minutes): ${product.signInLink}`);
	say(`The admin key for the API lies in ${product.keyFile}`);
} catch (error) {
	fail(error);
}
