import { AppError } from "../../src/domain/errors.ts";
import type { GuardSpec } from "../../src/domain/plan.ts";
import { execute } from "../../src/executor/execute.ts";
import { verify } from "../../src/executor/verify.ts";
import { withoutAudit } from "../fakes/altered-store.ts";
import { type ExecutorWorld, executorWorld, pause, quickCheck, runToEnd } from "./executor-world.ts";

const silence = new AppError("unavailable", "The source did not answer in time.");
let world: ExecutorWorld;
let next = 0;
const target = () => `v${++next}`;

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 40 }, (_, i) => `v${i + 1}`));
});
afterAll(() => world.test.close());
beforeEach(() => {
	world.cloud.failWrites();
	world.metrics.fail(undefined);
	world.metrics.showValue(() => 5);
});

const effectsOn = (name: string) => world.cloud.effects.filter((effect) => effect.target === name);
/** A request whose change was made and is to be verified. */
async function verifying(name: string, remediation = "restart-service") {
	const approval = await world.approved(name, { remediation });
	await execute(world.deps(), approval.id);
	return approval;
}

describe("a verification", () => {
	it("ends as failed where the metric stays outside, says the value, and is not repeated", async () => {
		const name = target();
		world.metrics.showValue(() => 50);
		const approval = await verifying(name);
		await verify(world.deps(), approval.id, pause);
		expect(await world.now(approval)).toMatchObject({
			status: "failed",
			outcome:
				"It ran and did not help: memory is still 50 after 1 s, expected at most 10. It is not repeated; the cause is elsewhere.",
		});
		expect(effectsOn(name)).toHaveLength(1);
	});

	it("waits while the metric is on its way back, and shows how far it is", async () => {
		const started = Date.now();
		world.metrics.showValue((t) => (t > started + 400 ? 5 : 50));
		const approval = await verifying(target());
		await verify(world.deps(), approval.id, pause);
		expect((await world.now(approval)).status).toBe("succeeded");
		const execution = await world.test.store.executions.ofApproval(approval.id);
		expect(execution?.verification).toMatchObject({ verdict: "helped", lastValue: 5 });
		expect(execution?.verification?.insideForSeconds).toBeGreaterThanOrEqual(0.2);
	});

	it("without data ends as failed and says that nothing is shown", async () => {
		const approval = await verifying(target());
		world.metrics.show();
		await verify(world.deps(), approval.id, pause);
		expect(await world.now(approval)).toMatchObject({
			status: "failed",
			outcome:
				"It ran, but no samples of memory came within 1 s, so it is not shown that it helped. It is not repeated; look at the target.",
		});
	});

	it("goes on when the source fails for a while", async () => {
		const approval = await verifying(target());
		world.metrics.fail(silence);
		const checking = verify(world.deps(), approval.id, pause);
		await pause(250);
		world.metrics.fail(undefined);
		await checking;
		expect((await world.now(approval)).status).toBe("succeeded");
	});

	it("looks at the series of the plan alone", async () => {
		const approval = await verifying(target());
		world.metrics.show({ labels: { job: "another" }, at: () => 5 }, { labels: {}, at: () => 50 });
		await verify(world.deps(), approval.id, pause);
		expect((await world.now(approval)).status).toBe("failed");
	});

	it("of a plan that names no check ends with what the call reported", async () => {
		const approval = await verifying(target());
		await world.test.query(
			"update smartcloudops.approvals set plan = plan - 'verification' where number = $1",
			[Number(approval.id.slice(2))],
		);
		await verify(world.deps(), approval.id, pause);
		const ended = await world.now(approval);
		expect(ended.status).toBe("succeeded");
		expect(ended.outcome).toMatch(/^Restarted /);
	});

	it("called twice at once, or after the end, ends the request once", async () => {
		const approval = await verifying(target());
		const calls = ["p1", "p1", "p2"].map((owner) => verify(world.deps({ owner }), approval.id, pause));
		await Promise.all(calls);
		await verify(world.deps(), approval.id, pause);
		expect((await world.audited(approval)).filter((action) => action === "approval.succeeded")).toHaveLength(
			1,
		);
	});

	it("that was cut off goes on by the stored times, in another process", async () => {
		world.metrics.showValue(() => 50);
		const approval = await verifying(target());
		const cut = () => Promise.reject(new AppError("unavailable", "The executor is stopping."));
		await expect(verify(world.deps({ owner: "p1" }), approval.id, cut)).rejects.toThrow("stopping");
		expect((await world.now(approval)).status).toBe("verifying");
		await pause(quickCheck.withinSeconds * 1000);
		const pauses: number[] = [];
		await verify(world.deps({ owner: "p2" }), approval.id, async (ms) => void pauses.push(ms));
		expect((await world.now(approval)).status).toBe("failed");
		expect(pauses).toEqual([]);
	});

	it("whose end can't be audited stays open until it can", async () => {
		const approval = await verifying(target());
		const store = withoutAudit(world.test.store);
		await expect(verify(world.deps({ store }), approval.id, pause)).rejects.toThrow(
			"the audit's disk is full",
		);
		expect((await world.now(approval)).status).toBe("verifying");
		await runToEnd(world.deps(), approval.id);
		expect((await world.now(approval)).status).toBe("succeeded");
	});
});

describe("a change that did not help and has a way back", () => {
	const bad = () => world.metrics.showValue(() => 50);

	it("is taken back once, with its own intent in the audit before", async () => {
		const name = target();
		bad();
		const approval = await verifying(name, "set-size");
		expect(world.cloud.sizeOf(name)).toBe(6);
		await verify(world.deps(), approval.id, pause);
		expect(world.cloud.sizeOf(name)).toBe(4);
		expect(effectsOn(name)).toHaveLength(2);
		const ended = await world.now(approval);
		expect(ended.status).toBe("rolled_back");
		expect(ended.outcome).toMatch(
			/^It did not help \(memory is still 50 .*\) and was taken back: v\d+ has 4 tasks\.$/,
		);
		expect((await world.audited(approval)).slice(-3)).toEqual([
			"execution.called",
			"rollback.intended",
			"approval.rolled_back",
		]);
	});

	it("is taken back after the request's deadline too: the same approval covers it", async () => {
		const name = target();
		bad();
		const approval = await verifying(name, "set-size");
		await world.test.query("update smartcloudops.approvals set expires_at = created_at where number = $1", [
			Number(approval.id.slice(2)),
		]);
		await verify(world.deps(), approval.id, pause);
		expect((await world.now(approval)).status).toBe("rolled_back");
	});

	it("is not taken back while the audit can't be written", async () => {
		const name = target();
		bad();
		const approval = await verifying(name, "set-size");
		const store = withoutAudit(world.test.store, (action) => action === "rollback.intended");
		await expect(verify(world.deps({ store }), approval.id, pause)).rejects.toThrow(
			"the audit's disk is full",
		);
		expect(world.cloud.sizeOf(name)).toBe(6);
		expect((await world.now(approval)).status).toBe("verifying");
		await runToEnd(world.deps(), approval.id);
		expect((await world.now(approval)).status).toBe("rolled_back");
	});

	it("because a guard got worse is taken back, and says by which", async () => {
		const name = target();
		const guard: GuardSpec = {
			metric: "error rate",
			query: "errors",
			labels: {},
			unit: "percent",
			band: { low: Number.MIN_SAFE_INTEGER, high: 2 },
			forSeconds: 0.2,
		};
		world.guards = [guard];
		const approval = await verifying(name, "set-size");
		world.guards = [];
		const changedMs = Date.now();
		world.metrics.showValue((t) => (t > changedMs ? 50 : 5));
		await verify(world.deps(), approval.id, pause);
		const ended = await world.now(approval);
		expect(ended.status).toBe("rolled_back");
		expect(ended.outcome).toMatch(/error rate has been 50\s% for/);
		expect(world.cloud.sizeOf(name)).toBe(4);
	});

	it("case 27: that the cloud refuses to take back ends as rollback_failed and says so", async () => {
		const name = target();
		bad();
		const approval = await verifying(name, "set-size");
		world.cloud.failWrites({
			when: "before",
			error: new AppError("conflict", "The group was changed by another."),
		});
		await verify(world.deps(), approval.id, pause);
		const ended = await world.now(approval);
		expect(ended.status).toBe("rollback_failed");
		expect(ended.outcome).toContain("and could not be taken back: The group was changed by another.");
		expect(world.logger.records.some((record) => record.level === "error")).toBe(true);
	});

	it("whose way back met a moment's trouble is taken back once all the same", async () => {
		const name = target();
		bad();
		const approval = await verifying(name, "set-size");
		world.cloud.failWrites({ when: "after", error: silence });
		await verify(world.deps(), approval.id, pause);
		expect((await world.now(approval)).status).toBe("rolled_back");
		expect(world.cloud.sizeOf(name)).toBe(4);
		expect(world.cloud.effects.filter((effect) => effect.target === name)).toHaveLength(2);
	});

	it("whose way back got no reply does not claim that it was not taken back", async () => {
		const name = target();
		bad();
		const approval = await verifying(name, "set-size");
		const silent = { when: "after", error: silence } as const;
		world.cloud.failWrites(silent, silent, silent);
		await verify(world.deps(), approval.id, pause);
		const ended = await world.now(approval);
		expect(ended.status).toBe("rollback_failed");
		expect(ended.outcome).toContain("it is not known whether it was taken back");
	});

	it("whose way back got no reply and then a refusal does not claim that it was not taken back", async () => {
		const name = target();
		bad();
		const approval = await verifying(name, "set-size");
		const refusal = new AppError("conflict", "The group was changed by another.");
		world.cloud.failWrites({ when: "after", error: silence }, { when: "before", error: refusal });
		await verify(world.deps(), approval.id, pause);
		const ended = await world.now(approval);
		expect(ended.status).toBe("rollback_failed");
		expect(ended.outcome).toContain("it is not known whether it was taken back");
	});

	it("and was taken back, but could not be stored as such, is not called a failed rollback", async () => {
		const name = target();
		bad();
		const approval = await verifying(name, "set-size");
		const store = withoutAudit(world.test.store, (action) => action === "approval.rolled_back");
		await expect(verify(world.deps({ store }), approval.id, pause)).rejects.toThrow(
			"the audit's disk is full",
		);
		expect((await world.now(approval)).status).toBe("verifying");
		await runToEnd(world.deps(), approval.id);
		expect((await world.now(approval)).status).toBe("rolled_back");
		expect(effectsOn(name)).toHaveLength(2);
	});
});
