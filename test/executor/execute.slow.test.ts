import { AppError } from "../../src/domain/errors.ts";
import { execute } from "../../src/executor/execute.ts";
import { withoutAudit } from "../fakes/altered-store.ts";
import { exampleRule } from "../fakes/example-approval.ts";
import { type ExecutorWorld, executorWorld, quickCheck, runToEnd } from "./executor-world.ts";

const silence = new AppError("unavailable", "The cloud did not answer in time.");
let world: ExecutorWorld;
let next = 0;
/** A service of its own for each test: one request of a target at a time. */
const target = () => `s${++next}`;

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 60 }, (_, i) => `s${i + 1}`));
});
afterAll(() => world.test.close());
beforeEach(() => {
	world.policy = [exampleRule()];
	world.cloud.failReads(undefined);
	world.cloud.failWrites();
	world.metrics.fail(undefined);
	world.metrics.showValue(() => 5);
});

const effectsOn = (name: string) => world.cloud.effects.filter((effect) => effect.target === name);
const executionOf = (id: string) => world.test.store.executions.ofApproval(id);
const shift = (table: string, column: string, approvalId: string, seconds: number) =>
	world.test.query(
		`update smartcloudops.${table} set ${column} = ${column} + make_interval(secs => $2)
		where ${table === "approvals" ? "number" : "approval_number"} = $1`,
		[Number(approvalId.slice(2)), seconds],
	);

describe("an approved request", () => {
	it("is executed once, verified, and ends as succeeded, with the intent in the audit before the effect", async () => {
		const name = target();
		const approval = await world.approved(name);
		await runToEnd(world.deps(), approval.id);
		const ended = await world.now(approval);
		expect(ended.status).toBe("succeeded");
		expect(ended.outcome).toBe("Verified: memory is back at 5, expected at most 10.");
		expect(ended.endedAtMs).toBeGreaterThanOrEqual(approval.createdAtMs);
		expect(effectsOn(name)).toHaveLength(1);
		expect(await world.audited(approval)).toEqual([
			"approval.proposed",
			"approval.decided",
			"execution.intended",
			"execution.called",
			"approval.succeeded",
		]);
		const execution = await executionOf(approval.id);
		expect(execution).toMatchObject({ status: "called", before: { value: 5 } });
		expect(execution?.result).toMatch(/^Restarted s\d+ in 1\.2 s: process \d+ → \d+$/);
		expect(await world.test.store.audit.verify()).toMatchObject({ ok: true });
	});

	it("keeps how the usual day would have gone on, where its days are alike", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.metrics.showValue((t) => 5 + 3 * Math.sin((2 * Math.PI * t) / 86_400_000));
		await runToEnd(world.deps(), approval.id);
		const { before, intendedAtMs = 0 } = (await executionOf(approval.id)) ?? {};
		expect(before?.usual?.length).toBeGreaterThan(2);
		expect(before?.usual?.[0]?.t).toBeLessThan(intendedAtMs);
		expect(before?.usual?.at(-1)?.t).toBeGreaterThan(intendedAtMs + 600_000);
		expect(before?.usual?.every(({ v }) => Math.abs(v) <= 4)).toBe(true);
	});

	it("is executed once by many calls at once, in one process and in several", async () => {
		const name = target();
		const approval = await world.approved(name);
		const owners = ["p1", "p1", "p2", "p3", "p3", "p4"];
		await Promise.all(owners.map((owner) => execute(world.deps({ owner }), approval.id)));
		await runToEnd(world.deps({ owner: "p5" }), approval.id);
		expect(effectsOn(name)).toHaveLength(1);
		expect((await world.now(approval)).status).toBe("succeeded");
	});

	it("that is only proposed, denied, cancelled or unknown to the store is not executed", async () => {
		const name = target();
		const proposed = await world.propose(name);
		await execute(world.deps(), proposed.id);
		await execute(world.deps(), "A-999999");
		await execute(world.deps(), "nonsense");
		await world.decide(proposed, await world.person("anna", "operator"), "deny");
		await execute(world.deps(), proposed.id);
		expect(effectsOn(name)).toHaveLength(0);
		expect((await world.now(proposed)).status).toBe("denied");
	});

	it("without a picture of before runs all the same", async () => {
		const name = target();
		world.metrics.fail(silence);
		const approval = await world.approved(name);
		await execute(world.deps(), approval.id);
		expect(effectsOn(name)).toHaveLength(1);
		expect((await executionOf(approval.id))?.before).toBeUndefined();
	});

	it("whose metric gives no number at times keeps the numbers of before", async () => {
		const started = Date.now();
		world.metrics.showValue((t) => (t > started - 60_000 ? Number.NaN : 7));
		const approval = await world.approved(target());
		await execute(world.deps(), approval.id);
		const before = (await executionOf(approval.id))?.before;
		expect(before?.value).toBe(7);
		expect(before?.samples.every((sample) => sample.v === 7)).toBe(true);
		expect(before?.samples).toHaveLength(15);
	});

	it("whose metric gives no numbers keeps no picture of before", async () => {
		const name = target();
		world.metrics.showValue(() => Number.NaN);
		const approval = await world.approved(name);
		await execute(world.deps(), approval.id);
		expect((await executionOf(approval.id))?.before).toBeUndefined();
	});
});

describe("an approved request is not run", () => {
	const refused = async (name: string, id: string) => {
		await execute(world.deps(), id);
		expect(effectsOn(name)).toHaveLength(0);
		expect(await executionOf(id)).toBeUndefined();
	};

	it("case 14: when its approver was demoted between click and run", async () => {
		const name = target();
		const approval = await world.approved(name);
		await world.person("anna", "viewer");
		await refused(name, approval.id);
		expect(await world.now(approval)).toMatchObject({
			status: "failed",
			outcome: "Only 0 of 1 approvals still count with the roles and policy of now; nothing was changed.",
		});
		await world.person("anna", "operator");
	});

	it("case 15: when one of two was demoted", async () => {
		world.policy = [exampleRule({ quorum: 2 })];
		const name = target();
		const approval = await world.approved(name);
		await world.decide(approval, await world.person("carl", "admin"));
		await world.person("carl", "guest");
		await refused(name, approval.id);
		expect(await world.now(approval)).toMatchObject({
			status: "failed",
			outcome: "Only 1 of 2 approvals still count with the roles and policy of now; nothing was changed.",
		});
	});

	it("when the policy asks for more people by now", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.policy = [exampleRule({ quorum: 2 })];
		await refused(name, approval.id);
		expect((await world.now(approval)).status).toBe("failed");
	});

	it("when it expired before it could run, by the database's clock", async () => {
		const name = target();
		const approval = await world.approved(name);
		await shift("approvals", "expires_at", approval.id, -16 * 60);
		await refused(name, approval.id);
		expect(await world.now(approval)).toMatchObject({ status: "expired" });
	});

	it("when it expired, even where the cloud can't be read", async () => {
		const name = target();
		const approval = await world.approved(name);
		await shift("approvals", "expires_at", approval.id, -16 * 60);
		world.cloud.failReads(silence);
		await refused(name, approval.id);
		expect((await world.now(approval)).status).toBe("expired");
	});

	it("case 20: when another process runs there by now", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.cloud.replace(name);
		await refused(name, approval.id);
		expect((await world.now(approval)).outcome).toMatch(
			/^What would be changed is no longer what was approved/,
		);
	});

	it("case 18: when somebody changed the stored plan but not its hash", async () => {
		const name = target();
		const other = target();
		const approval = await world.approved(name);
		await world.test.query(
			`update smartcloudops.approvals set plan = jsonb_set(plan, '{targets,0,name}', to_jsonb($2::text)) where number = $1`,
			[Number(approval.id.slice(2)), other],
		);
		await refused(name, approval.id);
		expect(effectsOn(other)).toHaveLength(0);
		expect((await world.now(approval)).outcome).toBe(
			"The stored plan is not the one that was approved, so it was not run. Nothing was changed.",
		);
	});

	it("when its remediation is not there any more", async () => {
		const name = target();
		const approval = await world.approved(name);
		await execute(world.deps({ remediations: [] }), approval.id);
		expect(effectsOn(name)).toHaveLength(0);
		expect((await world.now(approval)).status).toBe("failed");
	});

	it("while the cloud can't be read, and runs as soon as it can", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.cloud.failReads(silence);
		await expect(execute(world.deps(), approval.id)).rejects.toMatchObject({ code: "unavailable" });
		expect((await world.now(approval)).status).toBe("approved");
		world.cloud.failReads(undefined);
		await runToEnd(world.deps(), approval.id);
		expect(effectsOn(name)).toHaveLength(1);
	});

	it("when the intent can't be written to the audit: no intent, no effect, and reading goes on", async () => {
		const name = target();
		const approval = await world.approved(name);
		const store = withoutAudit(world.test.store);
		await expect(execute(world.deps({ store }), approval.id)).rejects.toThrow("the audit's disk is full");
		expect(effectsOn(name)).toHaveLength(0);
		expect(await executionOf(approval.id)).toBeUndefined();
		expect((await world.now(approval)).status).toBe("approved");
		await runToEnd(world.deps(), approval.id);
		expect(effectsOn(name)).toHaveLength(1);
	});
});

describe("the call", () => {
	it("refused by the cloud because of another state ends the request as failed, nothing changed", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.cloud.failWrites({
			when: "before",
			error: new AppError("conflict", "Another process runs there now."),
		});
		await execute(world.deps(), approval.id);
		expect(await world.now(approval)).toMatchObject({
			status: "failed",
			outcome: "Another process runs there now. Nothing was changed.",
		});
		expect((await executionOf(approval.id))?.status).toBe("failed");
		expect(effectsOn(name)).toHaveLength(0);
	});

	it("refused because somebody else was faster ends as failed: by this call nothing was changed", async () => {
		const name = target();
		const approval = await world.approved(name);
		const deps = world.deps({
			failpoint: (point) => point === "intent-committed" && world.cloud.replace(name),
		});
		await execute(deps, approval.id);
		expect(await world.now(approval)).toMatchObject({
			status: "failed",
			outcome: `Another process of ${name} runs there now. Nothing was changed.`,
		});
		expect(effectsOn(name)).toHaveLength(0);
	});

	it("that failed before its effect ends as failed, and is not made again by itself", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.cloud.failWrites({ when: "before", error: silence });
		await execute(world.deps(), approval.id);
		expect(await world.now(approval)).toMatchObject({
			status: "failed",
			outcome: "The cloud did not answer in time. Nothing was changed.",
		});
		await execute(world.deps(), approval.id);
		expect(effectsOn(name)).toHaveLength(0);
	});

	it("whose reply was lost is found done and verified", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.cloud.failWrites({ when: "after", error: silence });
		await runToEnd(world.deps(), approval.id);
		expect((await world.now(approval)).status).toBe("succeeded");
		expect((await executionOf(approval.id))?.result).toBe(`Restart ${name}: done, as read afterwards`);
		expect(effectsOn(name)).toHaveLength(1);
	});

	it("whose reply was lost, as a conflict of our own first try, is found done too", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.cloud.failWrites({
			when: "after",
			error: new AppError("conflict", "Another process runs there now."),
		});
		await execute(world.deps(), approval.id);
		expect((await world.now(approval)).status).toBe("verifying");
		expect(effectsOn(name)).toHaveLength(1);
	});

	it("that the cloud shows never left ends as failed at once", async () => {
		const name = target();
		const approval = await world.approved(name);
		const error = new AppError("unavailable", "Nobody listens there.", { extra: { changed: false } });
		world.cloud.failWrites({ when: "before", error });
		await execute(world.deps(), approval.id);
		expect(await world.now(approval)).toMatchObject({
			status: "failed",
			outcome: "Nobody listens there. Nothing was changed.",
		});
		expect(effectsOn(name)).toHaveLength(0);
	});

	it("case 26: with an unknown outcome is not made again; after 45 s a human is asked", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.cloud.failWrites({ when: "after", error: silence });
		const deps = world.deps({
			failpoint: (point) => point === "call-sent" && world.cloud.failReads(silence),
		});
		await expect(execute(deps, approval.id)).rejects.toMatchObject({ code: "unavailable" });
		expect((await world.now(approval)).status).toBe("executing");
		await expect(execute(world.deps(), approval.id)).rejects.toMatchObject({ code: "unavailable" });
		await shift("executions", "intended_at", approval.id, -46);
		await execute(world.deps(), approval.id);
		expect((await world.now(approval)).status).toBe("unknown");
		expect((await world.now(approval)).outcome).toContain("It will not be sent again; look at the target");
		expect(await executionOf(approval.id)).toMatchObject({ status: "unknown" });
		world.cloud.failReads(undefined);
		await execute(world.deps(), approval.id);
		expect(effectsOn(name)).toHaveLength(1);
		expect((await world.now(approval)).status).toBe("unknown");
	});

	it("is found unknown where another process runs there that is not of this run", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.cloud.failWrites({ when: "before", error: silence });
		const deps = world.deps({ failpoint: (point) => point === "call-sent" && world.cloud.replace(name) });
		await expect(execute(deps, approval.id)).rejects.toMatchObject({ code: "unavailable" });
		await shift("executions", "intended_at", approval.id, -46);
		await execute(world.deps(), approval.id);
		expect((await world.now(approval)).status).toBe("unknown");
		expect(effectsOn(name)).toHaveLength(0);
	});

	it("interrupted before it left is not made after the deadline", async () => {
		const name = target();
		const approval = await world.approved(name);
		const dies = world.deps({
			failpoint: (point) => {
				if (point === "intent-committed") throw new Error("the process ends here");
			},
		});
		await expect(execute(dies, approval.id)).rejects.toThrow("the process ends here");
		await shift("approvals", "expires_at", approval.id, -16 * 60);
		await execute(world.deps(), approval.id);
		expect((await world.now(approval)).status).toBe("failed");
		expect((await world.now(approval)).outcome).toMatch(/could not run before it expired/);
		expect(effectsOn(name)).toHaveLength(0);
	});

	it("interrupted before it left is not made for an approver who was demoted meanwhile", async () => {
		const name = target();
		const approval = await world.approved(name);
		const dies = world.deps({
			failpoint: (point) => {
				if (point === "intent-committed") throw new Error("the process ends here");
			},
		});
		await expect(execute(dies, approval.id)).rejects.toThrow("the process ends here");
		await world.person("anna", "viewer");
		await execute(world.deps(), approval.id);
		await world.person("anna", "operator");
		expect((await world.now(approval)).status).toBe("failed");
		expect(effectsOn(name)).toHaveLength(0);
	});

	it("that is done but can't be stored is stored later, and not made again", async () => {
		const name = target();
		const approval = await world.approved(name);
		const store = withoutAudit(world.test.store, (action) => action === "execution.called");
		await expect(execute(world.deps({ store }), approval.id)).rejects.toThrow("the audit's disk is full");
		expect((await world.now(approval)).status).toBe("executing");
		await runToEnd(world.deps(), approval.id);
		expect(effectsOn(name)).toHaveLength(1);
		expect((await world.now(approval)).status).toBe("succeeded");
	});

	it("that failed leaves request and run together as they were where the end can't be audited", async () => {
		const name = target();
		const approval = await world.approved(name);
		world.cloud.failWrites({ when: "before", error: silence });
		const store = withoutAudit(world.test.store, (action) => action === "approval.failed");
		await expect(execute(world.deps({ store }), approval.id)).rejects.toThrow("the audit's disk is full");
		expect((await world.now(approval)).status).toBe("executing");
		expect((await executionOf(approval.id))?.status).toBe("intended");
	});
});

describe("the check", () => {
	it("is made with the times and the band of the stored plan", async () => {
		const approval = await world.approved(target());
		expect(approval.plan.verification).toEqual(quickCheck);
	});
});
