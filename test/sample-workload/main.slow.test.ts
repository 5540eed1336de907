import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	control,
	countAnswers,
	findFreePort,
	readMetrics,
	spawnWorkload,
	startWorkload,
	token,
	type Workload,
	waitUntil,
} from "./run-workload.ts";

const running: Workload[] = [];
let folder = "";

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "workload-test-"));
});

afterEach(async () => {
	for (const { child } of running.splice(0)) child.kill("SIGKILL");
	await rm(folder, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<Workload> {
	const workload = await startWorkload(env);
	running.push(workload);
	return workload;
}

async function terminate({ child }: Workload): Promise<unknown[]> {
	const exited = once(child, "exit");
	child.kill("SIGTERM");
	return exited;
}

/** The share of answers with `code` over the next requests that the service sends itself. */
async function shareOf(port: number, code: string, requests: number): Promise<number> {
	const before = await countAnswers(port, code);
	let after = before;
	await waitUntil(async () => {
		after = await countAnswers(port, code);
		return after.total - before.total >= requests;
	});
	return (after.ofCode - before.ofCode) / (after.total - before.total);
}

test("in health it makes its own traffic and exports what a service exports", async () => {
	const { port } = await start();
	expect(await shareOf(port, "200", 40)).toBe(1);
	const metrics = await readMetrics(port);
	expect(metrics.get('checkout_build_info{version="1.0.0"}')).toBe(1);
	expect(metrics.get('http_requests_total{service="checkout",code="502"}')).toBe(0);
	expect(metrics.get("process_resident_memory_bytes")).toBeGreaterThan(1e7);
	expect(metrics.get("process_cpu_seconds_total")).toBeGreaterThan(0);
	const slow = metrics.get('http_request_duration_seconds_bucket{le="+Inf",service="checkout"}') ?? 0;
	expect(slow).toBeGreaterThanOrEqual(40);
	expect(metrics.get('http_request_duration_seconds_bucket{le="0.4",service="checkout"}')).toBe(slow);
});

test("nobody breaks, fixes or lists without the token", async () => {
	const { port } = await start();
	for (const [method, path] of [
		["POST", "/break"],
		["POST", "/fix"],
		["GET", "/faults"],
	] as const) {
		expect((await control(port, method, path, undefined, "wrong")).status).toBe(401);
		expect((await fetch(`http://127.0.0.1:${port}${path}`, { method })).status).toBe(401);
	}
	const closed = await start({ CONTROL_TOKEN: "" });
	expect((await control(closed.port, "GET", "/faults", undefined, "")).status).toBe(401);
});

test("a fault it does not know is refused with the ones it does", async () => {
	const { port } = await start();
	const refused = await control(port, "POST", "/break", { fault: "fire" });
	expect(refused).toEqual({
		status: 400,
		body: { error: "fault must be one of leak, cpu, errors, latency, bad-config" },
	});
	const unread = await fetch(`http://127.0.0.1:${port}/break`, {
		method: "POST",
		headers: { authorization: `Bearer ${token}` },
		body: "x".repeat(20_000),
	});
	expect(unread.status).toBe(400);
	expect((await control(port, "GET", "/faults")).body).toEqual({ faults: [] });
});

test("leak holds more and more resident memory", async () => {
	const { port } = await start();
	const before = (await readMetrics(port)).get("process_resident_memory_bytes") ?? 0;
	expect((await control(port, "POST", "/break", { fault: "leak" })).body).toEqual({ faults: ["leak"] });
	await waitUntil(
		async () => ((await readMetrics(port)).get("process_resident_memory_bytes") ?? 0) > before + 2e7,
	);
	expect((await control(port, "POST", "/fix")).body).toEqual({ faults: [] });
});

test("cpu keeps the processor busy, and requests and SIGTERM still get through", async () => {
	const workload = await start();
	await control(workload.port, "POST", "/break", { fault: "cpu" });
	const before = (await readMetrics(workload.port)).get("process_cpu_seconds_total") ?? 0;
	await waitUntil(
		async () => ((await readMetrics(workload.port)).get("process_cpu_seconds_total") ?? 0) > before + 1,
	);
	expect(await shareOf(workload.port, "200", 5)).toBe(1);
	expect(await terminate(workload)).toEqual([0, null]);
});

test("errors fails three requests of ten until it is fixed", async () => {
	const { port } = await start();
	await control(port, "POST", "/break", { fault: "errors" });
	const share = await shareOf(port, "500", 60);
	expect(share).toBeGreaterThan(0.2);
	expect(share).toBeLessThan(0.4);
	await control(port, "POST", "/fix");
	await shareOf(port, "200", 10);
	expect(await shareOf(port, "500", 20)).toBe(0);
});

test("latency adds about 400 ms to each request", async () => {
	const { port } = await start();
	await control(port, "POST", "/break", { fault: "latency" });
	const started = performance.now();
	expect((await fetch(`http://127.0.0.1:${port}/checkout`, { method: "POST" })).status).toBe(200);
	expect(performance.now() - started).toBeGreaterThan(400);
});

test("bad-config fails card payments, survives a restart, and ends with fix", async () => {
	const CONFIG_FILE = join(folder, "checkout.json");
	const first = await start({ CONFIG_FILE });
	const good = await readFile(CONFIG_FILE, "utf8");
	expect((await control(first.port, "POST", "/break", { fault: "bad-config" })).body).toEqual({
		faults: ["bad-config"],
	});
	expect(await shareOf(first.port, "502", 40)).toBeGreaterThan(0.25);
	await terminate(first);

	const second = await start({ CONFIG_FILE });
	expect((await control(second.port, "GET", "/faults")).body).toEqual({ faults: ["bad-config"] });
	expect(await shareOf(second.port, "502", 40)).toBeGreaterThan(0.25);
	expect((await control(second.port, "POST", "/fix")).body).toEqual({ faults: [] });
	expect(await readFile(CONFIG_FILE, "utf8")).toBe(good);
	await shareOf(second.port, "200", 10);
	expect(await shareOf(second.port, "502", 20)).toBe(0);
});

test("the faults in memory are gone after a restart, and SIGTERM works while all are on", async () => {
	const CONFIG_FILE = join(folder, "checkout.json");
	const first = await start({ CONFIG_FILE });
	for (const fault of ["leak", "cpu", "errors", "latency"])
		await control(first.port, "POST", "/break", { fault });
	expect(await terminate(first)).toEqual([0, null]);
	const second = await start({ CONFIG_FILE });
	expect((await control(second.port, "GET", "/faults")).body).toEqual({ faults: [] });
});

test("it ends with one sentence when its port is taken or its settings cannot be read", async () => {
	const { port } = await start();
	const late = spawnWorkload(port);
	expect(await once(late.child, "exit")).toEqual([1, null]);
	expect(await late.stderr).toBe(
		`checkout: cannot listen on 127.0.0.1:${port} (listen EADDRINUSE: address already in use 127.0.0.1:${port}).\n`,
	);
	const CONFIG_FILE = join(folder, "checkout.json");
	await writeFile(CONFIG_FILE, "{}");
	const odd = spawnWorkload(await findFreePort(), { CONFIG_FILE });
	expect(await once(odd.child, "exit")).toEqual([1, null]);
	expect(await odd.stderr).toBe(
		`checkout: ${CONFIG_FILE} cannot be used (Error: paymentBackend is missing); correct or delete it.\n`,
	);
});

test("with a compile cache it becomes its second pass in place, under the same pid", async () => {
	const { port, child } = await start({ NODE_COMPILE_CACHE: join(folder, "cache") });
	await waitUntil(async () =>
		(await readFile(`/proc/${child.pid}/environ`, "utf8")).includes("SECOND_PASS=1"),
	);
	expect(await shareOf(port, "200", 5)).toBe(1);
});
