import { AppError } from "../../src/domain/errors.ts";
import { Plan } from "../../src/domain/plan.ts";
import type { CloudReader, ServiceInstance } from "../../src/ports/cloud-reader.ts";
import { makePlan } from "../../src/remediations/make-plan.ts";
import { restartService } from "../../src/remediations/restart-service.ts";
import { type FakeCloud, fakeCloud } from "../fakes/fake-cloud.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";

const planOf = (cloud: ReturnType<typeof fakeCloud>, parameters: unknown = { service: "checkout" }) =>
	makePlan(restartService, parameters, { verification: undefined, guards: [] }, cloud.reader);
const run = (id: string) => ({ id, intendedAtMs: 0 });
const worldOf = ({ reader }: FakeCloud) => ({ reader, metrics: fakeMetrics(), nowMs: 1000 });
/** The cloud's reader, with another answer on one service. */
const answering = ({ reader }: FakeCloud, instance: ServiceInstance): CloudReader => ({
	...reader,
	local: { ...reader.local, readService: async () => instance },
});

describe("planning a restart", () => {
	it("names the one process that will be stopped, its cost and its check, and changes nothing", async () => {
		const cloud = fakeCloud();
		const plan = await planOf(cloud);
		expect(Plan.parse(plan)).toEqual(plan);
		expect(plan).toMatchObject({
			title: "Restart checkout",
			risk: "medium",
			reversal: "nothing-to-undo",
			targets: [
				{
					name: "checkout",
					id: "local:checkout:101:101000",
					state: { pid: 101, startedAtMs: 101_000, metrics: "scraped" },
				},
			],
			verification: { query: 'max(up{job="checkout"})', band: { low: 1, high: 1 } },
			otherwise: "it stops there and says so; nothing is repeated",
		});
		expect(cloud.effects).toEqual([]);
	});

	it("of a service without metrics promises no check", async () => {
		const cloud = fakeCloud();
		const { metricsUrl: _none, ...bare } = await cloud.reader.local.readService("checkout");
		const plan = await planOf({ ...cloud, reader: answering(cloud, bare) });
		expect(plan).not.toHaveProperty("verification");
	});

	it("of an unknown service is refused with the names there are", async () => {
		await expect(planOf(fakeCloud(["checkout"]), { service: "chekout" })).rejects.toMatchObject({
			code: "not_found",
			message: "There is no service chekout; there are: checkout.",
		});
	});

	it.each([
		["a shell command", { service: "$(reboot)" }],
		["a path", { service: "../checkout" }],
		["a document reference", { service: "{{ssm:secret}}" }],
		["a line end", { service: "checkout\nrm" }],
		["nothing", { service: "" }],
		["64 letters", { service: "a".repeat(64) }],
		["a number", { service: 5 }],
		["no service", {}],
		["one key too many", { service: "checkout", force: true }],
		["a list", []],
	])("case 51: refuses %s as the service", async (_what, parameters) => {
		await expect(planOf(fakeCloud(), parameters)).rejects.toMatchObject({ code: "invalid" });
	});

	it.each(["stopped", "backing-off"] as const)("of a service that is %s is refused", async (state) => {
		const cloud = fakeCloud();
		const instance = await cloud.reader.local.readService("checkout");
		const { pid: _pid, startedAtMs: _startedAtMs, ...rest } = instance;
		await expect(planOf({ ...cloud, reader: answering(cloud, { ...rest, state }) })).rejects.toMatchObject({
			code: "conflict",
			message: `checkout is not running (${state}), so there is nothing to restart.`,
		});
	});
});

describe("the call of a restart", () => {
	it("names the expected process, and reports which one followed in how long", async () => {
		const cloud = fakeCloud();
		const plan = await planOf(cloud);
		expect(await restartService.execute(plan, cloud.writer, run("X-1"))).toEqual({
			kind: "done",
			text: "Restarted checkout in 1.2 s: process 101 → 102",
		});
		expect(cloud.effects).toEqual([{ what: "restart", target: "checkout", executionId: "X-1" }]);
	});

	it("case 20: of a process that was replaced is refused", async () => {
		const cloud = fakeCloud();
		const plan = await planOf(cloud);
		cloud.replace("checkout");
		await expect(restartService.execute(plan, cloud.writer, run("X-1"))).rejects.toMatchObject({
			code: "conflict",
		});
		expect(cloud.effects).toEqual([]);
	});

	it("of a plan without a process is refused before anything is sent", async () => {
		const cloud = fakeCloud();
		const plan = await planOf(cloud);
		const bare = { ...plan, targets: [{ name: "checkout", id: "x", state: { pid: "101" } }] };
		await expect(restartService.execute(bare, cloud.writer, run("X-1"))).rejects.toBeInstanceOf(AppError);
		expect(cloud.effects).toEqual([]);
	});
});

describe("finding out what became of a restart", () => {
	it("is done where the new process carries the execution's id", async () => {
		const cloud = fakeCloud();
		const plan = await planOf(cloud);
		expect(await restartService.reconcile(plan, worldOf(cloud), run("X-1"))).toEqual({ kind: "not_done" });
		await restartService.execute(plan, cloud.writer, run("X-1"));
		expect(await restartService.reconcile(plan, worldOf(cloud), run("X-1"))).toMatchObject({ kind: "done" });
		expect(await restartService.reconcile(plan, worldOf(cloud), run("X-2"))).toMatchObject({
			kind: "not_known",
		});
	});

	it("is not known where another process runs there", async () => {
		const cloud = fakeCloud();
		const plan = await planOf(cloud);
		cloud.replace("checkout");
		expect(await restartService.reconcile(plan, worldOf(cloud), run("X-1"))).toMatchObject({
			kind: "not_known",
		});
	});
});
