import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { localCloudReader } from "../../../src/adapters/local-cloud/local-cloud-reader.ts";
import { localCloudWriter } from "../../../src/adapters/local-cloud/local-cloud-writer.ts";
import type { Supervisor } from "../../../src/adapters/local-cloud/supervisor.ts";
import { type Bench, killHard, makeBench, steady, waitForEnd, waitUntil } from "./run-supervisor.ts";

let bench: Bench;

beforeEach(async () => {
	bench = await makeBench();
});

afterEach(() => bench.clear());

async function expectedOf(supervisor: Supervisor) {
	const { pid = 0, startedAtMs = 0 } = await localCloudReader(supervisor).readService("worker");
	return { pid, startedAtMs };
}

test("a restart replaces exactly the expected process, and remembers for whom", async () => {
	const supervisor = await bench.supervise(bench.command(steady));
	const writer = localCloudWriter(supervisor);
	const expected = await expectedOf(supervisor);
	const result = await writer.restartService({ target: "worker", executionId: "exe-1", expected });
	expect(result.pid).not.toBe(expected.pid);
	expect(await localCloudReader(supervisor).readService("worker")).toMatchObject({
		state: "running",
		pid: result.pid,
		startedAtMs: result.startedAtMs,
		restarts: 1,
		lastExecutionId: "exe-1",
	});
	await waitUntil(async () => (await bench.journal()).length === 2);
	expect(await bench.living()).toEqual([result.pid]);
});

test("a second call with the same expectation has no effect", async () => {
	const supervisor = await bench.supervise(bench.command(steady));
	const writer = localCloudWriter(supervisor);
	const request = { target: "worker", executionId: "exe-1", expected: await expectedOf(supervisor) };
	const { pid } = await writer.restartService(request);
	await expect(writer.restartService(request)).rejects.toMatchObject({
		code: "conflict",
		message: `worker runs as process ${pid}, no longer as process ${request.expected.pid} of the plan, so it was not restarted.`,
	});
	const otherStart = { pid, startedAtMs: 1 };
	await expect(writer.restartService({ ...request, expected: otherStart })).rejects.toMatchObject({
		code: "conflict",
	});
	expect(await bench.living()).toEqual([pid]);
});

test("ten calls at once make one restart", async () => {
	const supervisor = await bench.supervise(bench.command(steady));
	const expected = await expectedOf(supervisor);
	const calls = Array.from({ length: 10 }, (_, index) =>
		localCloudWriter(supervisor).restartService({
			target: "worker",
			executionId: `exe-${index}`,
			expected,
		}),
	);
	const outcomes = (await Promise.allSettled(calls)).map(({ status }) => status);
	expect(outcomes.filter((status) => status === "fulfilled")).toHaveLength(1);
	expect(await localCloudReader(supervisor).readService("worker")).toMatchObject({ restarts: 1 });
	expect(await bench.living()).toHaveLength(1);
});

test("a service that is not running is not restarted", async () => {
	const supervisor = await bench.supervise(bench.command(steady));
	const expected = await expectedOf(supervisor);
	process.kill(expected.pid, "SIGKILL");
	await waitUntil(async () => (await bench.living()).length === 0);
	const request = { target: "worker", executionId: "exe-1", expected };
	await expect(localCloudWriter(supervisor).restartService(request)).rejects.toMatchObject({
		code: "conflict",
		message: "worker is not running (backing-off), so it was not restarted.",
	});
	expect(await localCloudReader(supervisor).readService("worker")).not.toHaveProperty("lastExecutionId");
});

test("an unknown service is refused with the nearest names", async () => {
	const supervisor = await bench.supervise(bench.command(steady));
	const request = { target: "wroker", executionId: "exe-1", expected: { pid: 1, startedAtMs: 1 } };
	await expect(localCloudWriter(supervisor).restartService(request)).rejects.toMatchObject({
		code: "not_found",
		message: 'There is no service "wroker"; the nearest are: worker.',
	});
});

test("a successor that does not answer is said, and the effect is not denied", async () => {
	const script = "echo start >> $JOURNAL; [ $(wc -l < $JOURNAL) -gt 1 ] && exit 3; exec sleep 600";
	const supervisor = await bench.supervise(
		bench.command(script, { metrics: { pathOnChosenPort: "/metrics" } }),
	);
	const request = { target: "worker", executionId: "exe-1", expected: await expectedOf(supervisor) };
	await waitUntil(async () => (await bench.journal()).length === 1);
	await expect(localCloudWriter(supervisor).restartService(request)).rejects.toMatchObject({
		code: "unavailable",
		extra: { restarted: true },
	});
	expect(await localCloudReader(supervisor).readService("worker")).toMatchObject({
		lastExecutionId: "exe-1",
	});
});

describe("after kill -9 of the product in the middle of a restart", () => {
	const restart = { target: "worker", executionId: "exe-1" };

	test("before the signal: the old process runs on, nothing was done, and it can be done then", async () => {
		const commands = [bench.command(steady)];
		const { child, services } = await bench.run({ commands, restart, dieAt: "before-signal" });
		await waitForEnd(child);
		const supervisor = await bench.supervise(...commands);
		const service = await localCloudReader(supervisor).readService("worker");
		expect(service).toEqual(services[0]);
		expect(await bench.living()).toEqual([services[0]?.pid]);
		const request = { ...restart, expected: await expectedOf(supervisor) };
		const { pid } = await localCloudWriter(supervisor).restartService(request);
		expect(await localCloudReader(supervisor).readService("worker")).toMatchObject({
			pid,
			restarts: 1,
			lastExecutionId: "exe-1",
		});
		await waitUntil(async () => (await bench.journal()).length === 2);
		expect(await bench.living()).toEqual([pid]);
	});

	test("between the signal and the old process's end: the end is waited for, and was the effect", async () => {
		const script =
			'trap "echo term >> $JOURNAL; sleep 1; exit 0" TERM; echo start >> $JOURNAL; while :; do sleep 0.05; done';
		const commands = [bench.command(script, { stopTimeoutSeconds: 5 })];
		const { child, services } = await bench.run({ commands, restart });
		await waitUntil(async () => (await bench.journal()).includes("term"));
		await killHard(child);
		const supervisor = await bench.supervise(...commands);
		const service = await localCloudReader(supervisor).readService("worker");
		expect(service).toMatchObject({ state: "running", restarts: 1, lastExecutionId: "exe-1" });
		expect(service.pid).not.toBe(services[0]?.pid);
		await waitUntil(async () => (await bench.journal()).length === 3);
		expect(await bench.journal()).toEqual(["start", "term", "start"]);
	});

	test("between end and start: one process is started, and the effect is known", async () => {
		const commands = [bench.command(steady)];
		const { child } = await bench.run({ commands, restart, dieAt: "after-stop" });
		await waitForEnd(child);
		expect(await bench.living()).toEqual([]);
		const supervisor = await bench.supervise(...commands);
		const service = await localCloudReader(supervisor).readService("worker");
		expect(service).toMatchObject({ state: "running", restarts: 1, lastExecutionId: "exe-1" });
		await waitUntil(async () => (await bench.journal()).length === 2);
		expect(await bench.living()).toEqual([service.pid]);
	});

	test("after the start, before its pid was written: that process is found and adopted", async () => {
		const commands = [bench.command(steady)];
		const { child } = await bench.run({ commands, restart, dieAt: "after-spawn" });
		await waitForEnd(child);
		await waitUntil(async () => (await bench.journal()).length === 2);
		const [lost] = await bench.living();
		const record = await readFile(join(bench.dataDir, "supervised", "worker.json"), "utf8");
		expect(JSON.parse(record)).not.toHaveProperty("instance");
		const supervisor = await bench.supervise(...commands);
		expect(await localCloudReader(supervisor).readService("worker")).toMatchObject({
			state: "running",
			pid: lost,
			restarts: 1,
			lastExecutionId: "exe-1",
		});
		expect(await bench.living()).toEqual([lost]);
		expect(await bench.journal()).toEqual(["start", "start"]);
	});
});

test("the sample service comes back on its port, without what it held in memory", async () => {
	const program = fileURLToPath(new URL("../../../src/sample-workload/main.ts", import.meta.url));
	const token = "control-token-of-the-test";
	const command = bench.command("", {
		name: "checkout",
		command: process.execPath,
		args: ["--no-warnings", program],
		metrics: { pathOnChosenPort: "/metrics" },
	});
	const supervisor = await bench.supervise({ ...command, env: { ...command.env, CONTROL_TOKEN: token } });
	const reader = localCloudReader(supervisor);
	const { metricsUrl = "", pid = 0, startedAtMs = 0 } = await reader.readService("checkout");
	await waitUntil(() =>
		fetch(metricsUrl).then(
			({ ok }) => ok,
			() => false,
		),
	);
	const call = (path: string, body?: object) =>
		fetch(new URL(path, metricsUrl), {
			method: body ? "POST" : "GET",
			headers: { authorization: `Bearer ${token}` },
			...(body ? { body: JSON.stringify(body) } : {}),
		}).then((response) => response.json());
	expect(await call("/break", { fault: "cpu" })).toEqual({ faults: ["cpu"] });
	const expected = { pid, startedAtMs };
	await localCloudWriter(supervisor).restartService({ target: "checkout", executionId: "exe-1", expected });
	expect((await reader.readService("checkout")).metricsUrl).toBe(metricsUrl);
	expect(await call("/faults")).toEqual({ faults: [] });
});
