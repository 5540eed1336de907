import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { localCloudReader } from "../../../src/adapters/local-cloud/local-cloud-reader.ts";
import { identifyProcess, readBootId } from "../../../src/adapters/local-cloud/process-table.ts";
import { type Bench, killHard, makeBench, steady, waitUntil } from "./run-supervisor.ts";

let bench: Bench;

beforeEach(async () => {
	bench = await makeBench();
});

afterEach(() => bench.clear());

test("a command runs with its own settings, a log, and none of the product's secrets", async () => {
	process.env.SLACK_BOT_TOKEN = "a-secret-of-the-product";
	const script = 'echo "in $(pwd) on $PORT"; exec sleep 600';
	const supervisor = await bench.supervise(
		bench.command(script, { cwd: "/usr", metrics: { pathOnChosenPort: "/metrics" } }),
	);
	delete process.env.SLACK_BOT_TOKEN;
	const service = await localCloudReader(supervisor).readService("worker");
	expect(service).toMatchObject({ target: "worker", state: "running", restarts: 0, environment: "local" });
	const port = new URL(service.metricsUrl ?? "").port;
	expect(service.metricsUrl).toBe(`http://127.0.0.1:${port}/metrics`);
	const log = join(bench.dataDir, "supervised", "worker.log");
	await waitUntil(async () => (await readFile(log, "utf8")) === `in /usr on ${port}\n`);
	const environment = await readFile(`/proc/${service.pid}/environ`, "utf8");
	expect(environment).toContain("SUPERVISED_NAME=worker");
	expect(environment).toMatch(/SUPERVISED_TOKEN=[\w-]{36}/);
	expect(environment).toContain(`PATH=${process.env.PATH}`);
	expect(environment).not.toContain("a-secret-of-the-product");
});

test("after kill -9 of the product its processes run on and are adopted, not started again", async () => {
	const commands = [bench.command(steady)];
	const killed = await bench.run({ commands });
	await killHard(killed.child);
	expect(await bench.living()).toEqual([killed.services[0]?.pid]);
	const supervisor = await bench.supervise(...commands);
	expect(await localCloudReader(supervisor).listServices()).toEqual(killed.services);
	expect(await bench.journal()).toEqual(["start"]);
});

test("a process that ended while the product was away is started again", async () => {
	const commands = [bench.command(steady)];
	const killed = await bench.run({ commands });
	await killHard(killed.child);
	process.kill(killed.services[0]?.pid ?? 0, "SIGKILL");
	await waitUntil(async () => (await bench.living()).length === 0);
	const supervisor = await bench.supervise(...commands);
	expect(await localCloudReader(supervisor).readService("worker")).toMatchObject({
		state: "running",
		restarts: 1,
	});
	await waitUntil(async () => (await bench.journal()).length === 2);
	expect(await bench.living()).toHaveLength(1);
});

test("a process that ends by itself is said to be backing off, and started again", async () => {
	const supervisor = await bench.supervise(bench.command(steady));
	const reader = localCloudReader(supervisor);
	const { pid = 0 } = await reader.readService("worker");
	process.kill(pid, "SIGKILL");
	await waitUntil(async () => (await reader.readService("worker")).state === "backing-off");
	expect(await reader.readService("worker")).not.toHaveProperty("pid");
	await waitUntil(async () => (await reader.readService("worker")).state === "running");
	expect(await reader.readService("worker")).toMatchObject({ restarts: 1 });
	await waitUntil(async () => (await bench.journal()).length === 2);
});

test("an adopted process that ends is noticed too", async () => {
	const commands = [bench.command(steady)];
	const killed = await bench.run({ commands });
	await killHard(killed.child);
	const supervisor = await bench.supervise(...commands);
	const reader = localCloudReader(supervisor);
	process.kill(killed.services[0]?.pid ?? 0, "SIGKILL");
	await waitUntil(async () => (await reader.listServices())[0]?.state === "backing-off");
	await waitUntil(async () => (await reader.listServices())[0]?.state === "running");
	expect(await bench.living()).toEqual([(await reader.readService("worker")).pid]);
});

test("a command that cannot be started backs off and does no harm", async () => {
	const broken = bench.command("", { command: "/no/such/program" });
	const supervisor = await bench.supervise(broken, bench.command(steady, { name: "other" }));
	const services = await localCloudReader(supervisor).listServices();
	expect(services.map(({ target, state }) => [target, state])).toEqual([
		["other", "running"],
		["worker", "backing-off"],
	]);
});

test("stopping ends a process, what it started, and one that ignores SIGTERM", async () => {
	const supervisor = await bench.supervise(
		bench.command("sleep 600 & sleep 600 & wait"),
		bench.command("trap '' TERM; echo deaf >> $JOURNAL; while :; do sleep 0.1; done", { name: "deaf" }),
		bench.command("setsid sleep 600 & exec sleep 600", { name: "forker" }),
	);
	await waitUntil(async () => (await bench.living()).length >= 6 && (await bench.journal()).length === 1);
	await supervisor.stop({ leaveRunning: false });
	expect(await bench.living()).toEqual([]);
	const reader = localCloudReader(supervisor);
	expect((await reader.listServices()).map(({ state }) => state)).toEqual(["stopped", "stopped", "stopped"]);
});

test("after an ordinary stop the next start begins anew and counts no restart", async () => {
	const first = await bench.supervise(bench.command(steady));
	await first.stop({ leaveRunning: false });
	const second = await bench.supervise(bench.command(steady));
	expect(await localCloudReader(second).readService("worker")).toMatchObject({
		state: "running",
		restarts: 0,
	});
});

test("left running on request, a process is adopted by the next start", async () => {
	const first = await bench.supervise(bench.command(steady));
	const before = await localCloudReader(first).readService("worker");
	await first.stop({ leaveRunning: true });
	const second = await bench.supervise(bench.command(steady));
	expect(await localCloudReader(second).readService("worker")).toEqual(before);
	expect(await bench.journal()).toEqual(["start"]);
});

test("the process of a command that is no longer configured is ended", async () => {
	const killed = await bench.run({ commands: [bench.command(steady)] });
	await killHard(killed.child);
	await bench.supervise();
	expect(await bench.living()).toEqual([]);
});

test("a pid or a boot that is not the recorded one never makes a foreign process ours", async () => {
	const foreign = spawn("sleep", ["600"]);
	await once(foreign, "spawn");
	const pid = foreign.pid ?? 0;
	const startTicks = (await identifyProcess(pid))?.startTicks;
	await mkdir(join(bench.dataDir, "supervised"));
	const record = async (name: string, bootId: string, ticks: string | undefined) => {
		const instance = { pid, startTicks: ticks, startedAtMs: 1, token: "t" };
		const path = join(bench.dataDir, "supervised", `${name}.json`);
		await writeFile(path, JSON.stringify({ bootId, restarts: 0, instance }));
	};
	await record("reused", await readBootId(), "1");
	await record("rebooted", "another-boot", startTicks);
	await record("forgotten", await readBootId(), "1");
	const supervisor = await bench.supervise(
		bench.command(steady, { name: "reused" }),
		bench.command(steady, { name: "rebooted" }),
	);
	for (const service of await localCloudReader(supervisor).listServices()) {
		expect(service.state).toBe("running");
		expect(service.pid).not.toBe(pid);
	}
	await supervisor.stop({ leaveRunning: false });
	expect(foreign.exitCode ?? foreign.signalCode).toBeNull();
	foreign.kill("SIGKILL");
});

test("an unreadable record means a new process", async () => {
	await mkdir(join(bench.dataDir, "supervised"));
	await writeFile(join(bench.dataDir, "supervised", "worker.json"), '{"bootId": 7');
	const supervisor = await bench.supervise(bench.command(steady));
	expect((await localCloudReader(supervisor).readService("worker")).state).toBe("running");
});

test("a log above 5 MB is put aside at the next start", async () => {
	await mkdir(join(bench.dataDir, "supervised"));
	const log = join(bench.dataDir, "supervised", "worker.log");
	await writeFile(log, "x".repeat(5_000_001));
	await bench.supervise(bench.command("echo fresh; exec sleep 600"));
	await waitUntil(async () => (await readFile(log, "utf8")) === "fresh\n");
	expect((await stat(`${log}.1`)).size).toBe(5_000_001);
});

test("an unknown service is refused with the nearest names", async () => {
	const names = ["checkout", "search", "billing", "checkin"];
	const supervisor = await bench.supervise(...names.map((name) => bench.command(steady, { name })));
	await expect(localCloudReader(supervisor).readService("chekout")).rejects.toMatchObject({
		code: "not_found",
		message: 'There is no service "chekout"; the nearest are: checkout, checkin, search.',
	});
	const none = await bench.supervise();
	await expect(localCloudReader(none).readService("x")).rejects.toMatchObject({
		message: 'There is no service "x"; none is supervised here.',
	});
});

test("a name that is no file name, or given twice, is refused", async () => {
	await expect(bench.supervise(bench.command(steady, { name: "../x" }))).rejects.toMatchObject({
		code: "invalid",
	});
	await expect(bench.supervise(bench.command(steady), bench.command(steady))).rejects.toMatchObject({
		code: "invalid",
		message: 'Two supervised commands are named "worker"; rename one.',
	});
});
