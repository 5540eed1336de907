import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { listClusterProcesses } from "../../../src/adapters/embedded-postgres/find-running-server.ts";
import { stopServer } from "../../../src/adapters/embedded-postgres/stop-server.ts";
import { keepLogs, killHard, makeTestFolder, removeTestFolder, runStore } from "./run-store.ts";

let folder = "";

beforeEach(async () => {
	folder = await makeTestFolder();
});

afterEach(() => removeTestFolder(folder));

test("a server that hangs in its fast shutdown is stopped at once, and keeps its rows", async () => {
	const dataDir = join(folder, "data");
	const sql = [
		"create table note (text text)",
		"insert into note values ('kept')",
		"select pg_backend_pid() as pid",
	];
	const run = await runStore({ dataDir, sql, hold: true });
	process.kill(Number(run.started?.rows[0]?.pid), "SIGSTOP");
	const logs: string[] = [];
	const clusterDir = join(dataDir, "postgres");
	await stopServer(run.started?.pid ?? 0, clusterDir, keepLogs(logs), 300);
	expect(logs).toEqual(["The store did not stop within 300 ms; stopping it at once"]);
	expect(await listClusterProcesses(clusterDir)).toEqual([]);
	await killHard(run.child);
	const next = await runStore({ dataDir, sql: ["select text from note"] });
	expect(next.started?.rows).toEqual([{ text: "kept" }]);
});

test("a process that is not the cluster's server is never signalled", async () => {
	const foreign = spawn("sleep", ["60"], { cwd: folder });
	await once(foreign, "spawn");
	await stopServer(foreign.pid ?? 0, folder, keepLogs());
	expect(foreign.exitCode ?? foreign.signalCode).toBeNull();
	foreign.kill("SIGKILL");
});
