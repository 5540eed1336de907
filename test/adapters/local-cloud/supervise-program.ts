// A product for the tests: supervises the commands of argv[2] (JSON), says its services as one JSON line, restarts
// `restart` if asked to, dies by kill -9 at the failpoint `dieAt`, and else stays until it is killed.
import { localCloudReader } from "../../../src/adapters/local-cloud/local-cloud-reader.ts";
import { localCloudWriter } from "../../../src/adapters/local-cloud/local-cloud-writer.ts";
import { startSupervisor } from "../../../src/adapters/local-cloud/supervisor.ts";
import { begun, keepLogs } from "./run-supervisor.ts";

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const { dataDir, commands, restart, dieAt } = JSON.parse(process.argv[2] ?? "{}");

let restarting = false;
const supervisor = await startSupervisor({
	dataDir,
	commands,
	clock: { now: () => Date.now() },
	logger: keepLogs(),
	hostEnv: process.env,
	failpoint: (name) => {
		if (name === dieAt && restarting) process.kill(process.pid, "SIGKILL");
	},
});
await begun(commands);
const reader = localCloudReader(supervisor);
say({ services: await reader.listServices() });
if (restart) {
	const { pid = 0, startedAtMs = 0 } = await reader.readService(restart.target);
	restarting = true;
	const result = await localCloudWriter(supervisor).restartService({
		...restart,
		expected: { pid, startedAtMs },
	});
	say({ result });
}
setInterval(() => undefined, 60_000);
