import type { Person } from "../../src/domain/actor.ts";
import type { Approval } from "../../src/domain/approval.ts";
import { AppError, toAppError } from "../../src/domain/errors.ts";
import { execute } from "../../src/executor/execute.ts";
import type { Store } from "../../src/ports/store.ts";
import { resolveUnknown } from "../../src/use-cases/resolve-unknown.ts";
import { type ExecutorWorld, executorWorld } from "../executor/executor-world.ts";
import { exampleActor, exampleRule } from "../fakes/example-approval.ts";
import { policyRules } from "../fakes/policy-rules.ts";
import { openReplica } from "../support/postgres.ts";

let world: ExecutorWorld;
let other: Store;
let anna: Person;
let ben: Person;
let vera: Person;
let next = 0;

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 20 }, (_, i) => `u${i + 1}`));
	other = (await openReplica(world.test.connection)).store;
	anna = await world.person("anna", "operator");
	ben = await world.person("ben", "admin");
	vera = await world.person("vera", "viewer");
});
afterAll(() => world.test.close());

/** A request whose one call was sent, and whose outcome nobody knows. */
async function unknown(): Promise<Approval> {
	const approval = await world.approved(`u${++next}`);
	const { approvals } = world.test.store;
	await approvals.move(approval.id, "approved", "executing");
	const end = { outcome: "It was sent at most once and its outcome can't be read.", endedAtMs: 1 };
	await approvals.move(approval.id, "executing", "unknown", end);
	return world.now(approval);
}

const resolve = (
	approval: Approval,
	person: Person,
	parts: { readonly happened?: "succeeded" | "failed"; readonly reason?: string } = {},
	store: Store = world.test.store,
) =>
	resolveUnknown(
		{ store, jobs: { nudge: () => undefined }, rules: policyRules(world.policy) },
		exampleActor(person),
		{ approvalId: approval.id, happened: "succeeded", reason: "it runs with a new pid", ...parts },
	);

test("case 26: a person says what happened; it is audited, and nothing is sent again", async () => {
	const approval = await unknown();
	const after = await resolve(approval, anna);
	expect(after).toMatchObject({
		status: "succeeded",
		outcome: "anna looked and says: it took effect. it runs with a new pid.",
	});
	expect((await world.audited(approval)).at(-1)).toBe("approval.resolved");
	await execute(world.deps(), approval.id);
	expect(world.cloud.effects).toEqual([]);
	const { items } = await world.test.store.audit.list({ subject: `approval:${approval.id}` }, { limit: 1 });
	expect(items[0]?.data).toMatchObject({ happened: "succeeded", reason: "it runs with a new pid" });
});

test("or that it did not happen", async () => {
	const after = await resolve(await unknown(), ben, {
		happened: "failed",
		reason: "the old pid is still there",
	});
	expect(after).toMatchObject({
		status: "failed",
		outcome: "ben looked and says: it did not take effect. the old pid is still there.",
	});
});

test("it needs a reason, and somebody who may decide on it", async () => {
	const approval = await unknown();
	await expect(resolve(approval, anna, { reason: "  " })).rejects.toMatchObject({ code: "invalid" });
	await expect(resolve(approval, vera)).rejects.toMatchObject({ code: "forbidden" });
	expect((await world.audited(approval)).at(-1)).toBe("approval.resolve_refused");
	world.policy = [exampleRule({ approveRoles: ["admin"] })];
	await expect(resolve(approval, anna)).rejects.toMatchObject({ code: "forbidden" });
	expect((await resolve(approval, ben)).status).toBe("succeeded");
	world.policy = [exampleRule()];
});

test("nothing but an unknown outcome is for people to say", async () => {
	const approval = await world.propose(`u${++next}`);
	await expect(resolve(approval, ben)).rejects.toMatchObject({
		code: "conflict",
		message: "Not kept: This request still waits for a decision. Nothing changed.",
		extra: { state: "proposed" },
	});
	const missing = { ...approval, id: "A-99999" };
	await expect(resolve(missing, ben)).rejects.toMatchObject({ code: "not_found" });
});

test("of two who say it at once, on two replicas, one counts and the other is told whose word it was", async () => {
	for (let round = 0; round < 4; round += 1) {
		const approval = await unknown();
		const results = await Promise.allSettled([
			resolve(approval, anna, { happened: "succeeded" }),
			resolve(approval, ben, { happened: "failed" }, other),
		]);
		const won = results.filter((result) => result.status === "fulfilled");
		expect(won).toHaveLength(1);
		const lost = results.find((result) => result.status === "rejected")?.reason as unknown;
		expect(toAppError(lost)).toBeInstanceOf(AppError);
		expect(toAppError(lost)).toMatchObject({
			code: "conflict",
			message: expect.stringMatching(
				/^Not kept: It is no longer of unknown outcome: (anna|ben) looked and says: /,
			),
		});
	}
});
