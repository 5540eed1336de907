// The sample service `checkout`: a process of its own with its own traffic, metrics and faults, for trying the product.
import { flushCompileCache } from "node:module";
import { startService } from "./service.ts";

const { PORT, CONTROL_TOKEN, CONFIG_FILE, SEED, NODE_COMPILE_CACHE, SECOND_PASS } = process.env;

// Node's TypeScript compiler costs 18 MB of resident memory, which a process with a warm cache never loads. So the
// first pass only fills the cache and becomes the second in place: memory is the same after every restart.
if (NODE_COMPILE_CACHE && !SECOND_PASS && process.execve) {
	flushCompileCache();
	const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
	process.execve(process.execPath, command, { ...process.env, SECOND_PASS: "1" });
}
startService({
	port: Number(PORT),
	seed: Number(SEED ?? 1),
	controlToken: CONTROL_TOKEN,
	configFile: CONFIG_FILE,
});
