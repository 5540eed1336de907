import { execute } from "../../src/executor/execute.ts";
import { storeFound } from "../../src/executor/store-found.ts";
import { exampleRule } from "../fakes/example-approval.ts";
import { type ExecutorWorld, executorWorld } from "./executor-world.ts";

let world: ExecutorWorld;
beforeAll(async () => {
	world = await executorWorld(["s1", "s2", "s3"]);
	world.policy = [exampleRule()];
});
afterAll(() => world.test.close());

const LOST = { kind: "not_known", text: "AWS gave no answer" } as const;

/** A run whose intent is 50 s old; of `seen` it is known that it went on. */
async function running(name: string, seen?: string) {
	const { store } = world.test;
	const approval = await world.approved(name);
	await store.approvals.move(approval.id, "approved", "executing");
	const execution = await store.executions.create({
		approvalId: approval.id,
		status: "intended",
		intendedAtMs: (await store.now()) - 50_000,
		...(seen === undefined ? {} : { result: seen }),
	});
	return { approval, execution };
}

test("case 26: a run of which nothing was ever seen ends as unknown when it can't be read in time", async () => {
	const { approval, execution } = await running("s1");
	await storeFound(world.deps(), approval, execution, LOST);
	expect(await world.now(approval)).toMatchObject({ status: "unknown" });
});

test("case 26: a run that was seen under way does not end as unknown because one look failed", async () => {
	const { approval, execution } = await running("s2", "Restarted 1 of 3 so far");
	await expect(storeFound(world.deps(), approval, execution, LOST)).rejects.toMatchObject({
		code: "unavailable",
	});
	expect(await world.now(approval)).toMatchObject({ status: "executing" });
});

test("case 18: a request whose card says something else than what would be done is not run", async () => {
	const { id: _id, version: _version, decisions: _decisions, ...parts } = await world.propose("s3");
	const lie = { ...parts.plan, title: "Restart a test machine", risk: "low" as const };
	const forged = await world.test.store.approvals.create({ ...parts, plan: lie });
	await world.decide(forged, await world.person("anna", "operator"));
	await execute(world.deps(), forged.id);
	const ended = await world.now(forged);
	expect(ended.status).toBe("failed");
	expect(ended.outcome).toContain("Its card said something else than what would be done");
	expect(world.cloud.effects).toHaveLength(0);
});
