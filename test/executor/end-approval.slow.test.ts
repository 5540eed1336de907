import { endApproval } from "../../src/executor/end-approval.ts";
import { type ExecutorWorld, executorWorld } from "./executor-world.ts";

let world: ExecutorWorld;
beforeAll(async () => {
	world = await executorWorld(["f1", "f2"]);
});
afterAll(() => world.test.close());

describe("ending a request", () => {
	it("twice, or at once by several, ends it once with one record", async () => {
		const approval = await world.approved("f1");
		const ending = { from: "approved", to: "failed", outcome: "Nothing was changed." } as const;
		await Promise.all([1, 2, 3].map(() => endApproval(world.deps(), approval, ending)));
		await endApproval(world.deps(), approval, { ...ending, outcome: "Another end." });
		expect(await world.now(approval)).toMatchObject({ status: "failed", outcome: "Nothing was changed." });
		expect((await world.audited(approval)).filter((action) => action === "approval.failed")).toHaveLength(1);
	});

	it("that has moved on leaves its run as it is", async () => {
		const approval = await world.approved("f2");
		const { approvals, executions } = world.test.store;
		const run = await executions.create({ approvalId: approval.id, status: "intended", intendedAtMs: 1 });
		await approvals.move(approval.id, "approved", "executing");
		await approvals.move(approval.id, "executing", "verifying");
		const ending = { from: "executing", to: "failed", outcome: "Too late." } as const;
		await endApproval(world.deps(), approval, ending, { ...run, status: "failed" });
		expect((await executions.ofApproval(approval.id))?.status).toBe("intended");
	});
});
