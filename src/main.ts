import { readCommandLine, USAGE } from "./compose/command-line.ts";
import { type Product, startProduct } from "./compose/start-product.ts";
import { type Config, readConfig } from "./config.ts";
import { toAppError } from "./domain/errors.ts";

const STOP_WITHIN_MS = 20_000;

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

/** A terminal or pipe that is closed must not end the product: the log file has what it would have said. */
function surviveClosedOutput(): void {
	for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);
}

/** The first signal stops the product in order, also while it starts; its servers would outlive a sudden end. */
function stopOnSignals(product: Promise<Product>): void {
	let stopping = false;
	const stop = (signal: string) => {
		if (stopping) return;
		stopping = true;
		say(`${signal}: finishing what runs…`);
		setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
		void product.then((started) => started.stop()).then(() => process.exit(0), fail);
	};
	process.on("SIGTERM", () => stop("SIGTERM"));
	process.on("SIGHUP", () => stop("Terminal closed"));
	process.on("SIGINT", () => stop("Ctrl-C"));
}

function usable({ fileName }: Config): string {
	return fileName === undefined
		? "There is no smartcloudops.yaml here, so every key has its default. It can be used."
		: `${fileName} and the environment variables have no problem. It can be used.`;
}

async function run(startedAtMs: number): Promise<void> {
	const { help, checkConfig, roles } = readCommandLine(process.argv.slice(2));
	if (help) return say(USAGE.trimEnd());
	const config = readConfig(process.env, roles);
	if (checkConfig) return say(usable(config));
	const environment = process.env;
	const starting = startProduct({ config, roles, environment, terminal: process.stdout, startedAtMs });
	stopOnSignals(starting);
	say("Starting SmartCloudOps AI…");
	const product = await starting;
	say(`Ready in ${product.readyInSeconds.toFixed(1)} s${product.url ? `: ${product.url}` : ""}`);
	if (product.signInLink) say(`Sign in (once, within 30 minutes): ${product.signInLink}`);
	if (product.keyFile) say(`The admin key for the API lies in ${product.keyFile}`);
}

surviveClosedOutput();
await run(Date.now() - process.uptime() * 1000).catch(fail);
