import { execute } from "../../src/executor/execute.ts";
import { rollBack } from "../../src/executor/roll-back.ts";
import { exampleRule } from "../fakes/example-approval.ts";
import { type ExecutorWorld, executorWorld, pause, runToEnd } from "./executor-world.ts";

/** Processes that were stopped for a while and go on as if nothing had happened meanwhile. */
let world: ExecutorWorld;
beforeAll(async () => {
	world = await executorWorld(["s1", "s2", "s3", "s4"]);
	world.policy = [exampleRule()];
	world.metrics.showValue(() => 5);
});
afterAll(() => world.test.close());

const clock = performance.now.bind(performance);
afterEach(() => {
	performance.now = clock;
});
const sleep = () => {
	performance.now = () => clock() + 60_000;
};
const effectsOn = (name: string) => world.cloud.effects.filter((effect) => effect.target === name);

test("who slept before the call ends nothing as not sent, whatever forbids it now: another may have sent it", async () => {
	const approval = await world.approved("s1");
	let asked = 0;
	const holdOn = async () => {
		asked += 1;
		if (asked === 1) return undefined;
		sleep();
		return { reason: "Changes are frozen." };
	};
	await expect(execute(world.deps({ holds: { holdOn } }), approval.id)).rejects.toMatchObject({
		code: "unavailable",
	});
	performance.now = clock;
	expect(asked).toBe(2);
	expect((await world.now(approval)).status).toBe("executing");
	expect(effectsOn("s1")).toHaveLength(0);
	await runToEnd(world.deps(), approval.id);
	expect((await world.now(approval)).status).toBe("succeeded");
	expect(effectsOn("s1")).toHaveLength(1);
});

test("case 30: a freeze that is made while the audit is being anchored stops the call", async () => {
	const approval = await world.approved("s4");
	const { store } = world.test;
	const anchor = async () => {
		await store.freezes.create({ scope: { target: "s4" }, actorName: "Ann", createdAtMs: await store.now() });
	};
	await execute(world.deps({ store: { ...store, audit: { ...store.audit, anchor } } }), approval.id);
	const ended = await world.now(approval);
	expect(ended.status).toBe("failed");
	expect(ended.outcome).toMatch(
		/^Changes are frozen for s4 by Ann .* It was not sent; nothing was changed\.$/,
	);
	expect(effectsOn("s4")).toHaveLength(0);
});

const stale = async (name: string) => {
	const approval = await world.approved(name, { remediation: "set-size" });
	await execute(world.deps(), approval.id);
	const execution = await world.test.store.executions.ofApproval(approval.id);
	const remediation = world.remediations.find((item) => item.name === "set-size");
	if (!execution || remediation?.reversal !== "rollback") throw new Error("nothing to take back");
	const verifying = await world.now(approval);
	expect(verifying.status).toBe("verifying");
	return { verifying, execution, remediation };
};

test("who slept before a rollback takes nothing back of a request that has ended meanwhile", async () => {
	const { verifying, execution, remediation } = await stale("s2");
	const end = { outcome: "Verified.", endedAtMs: await world.test.store.now() };
	await world.test.store.approvals.move(verifying.id, "verifying", "succeeded", end);
	await rollBack(world.deps(), verifying, execution, remediation, "it is still bad", pause);
	expect(effectsOn("s2")).toHaveLength(1);
	expect(await world.audited(verifying)).not.toContain("rollback.intended");
	expect((await world.now(verifying)).status).toBe("succeeded");
});

test("who slept between the record of a rollback and the rollback judges it anew", async () => {
	const { verifying, execution, remediation } = await stale("s3");
	const { store } = world.test;
	const slow = { ...store, audit: { ...store.audit, anchor: async () => sleep() } };
	await expect(
		rollBack(world.deps({ store: slow }), verifying, execution, remediation, "it is still bad", pause),
	).rejects.toMatchObject({ code: "unavailable" });
	expect(effectsOn("s3")).toHaveLength(1);
	expect((await world.now(verifying)).status).toBe("verifying");
});
