import type { Person } from "../../src/domain/actor.ts";
import type { Approval } from "../../src/domain/approval.ts";
import { toAppError } from "../../src/domain/errors.ts";
import { execute } from "../../src/executor/execute.ts";
import type { Store } from "../../src/ports/store.ts";
import { cancelApproval } from "../../src/use-cases/cancel-approval.ts";
import { type ExecutorWorld, executorWorld } from "../executor/executor-world.ts";
import { withoutAudit } from "../fakes/altered-store.ts";
import { exampleActor, exampleRule } from "../fakes/example-approval.ts";
import { openReplica } from "../support/postgres.ts";

let world: ExecutorWorld;
let other: Store;
let anna: Person;
let ben: Person;
let cleo: Person;
let next = 0;
const propose = () => world.propose(`c${++next}`);
const cancel = (approval: Approval, person: Person, reason?: string, store: Store = world.test.store) =>
	cancelApproval({ store, jobs: { nudge: () => undefined } }, exampleActor(person), {
		approvalId: approval.id,
		...(reason === undefined ? {} : { reason }),
	});
const codeOf = (work: Promise<Approval>) =>
	work.then(
		({ status }) => status as string,
		(error: unknown) => toAppError(error).code as string,
	);
/** The request as if this person had asked for it. */
async function askedBy(approval: Approval, person: Person): Promise<Approval> {
	await world.test.query("update smartcloudops.approvals set requester = $2 where number = $1", [
		Number(approval.id.slice(2)),
		JSON.stringify(exampleActor(person)),
	]);
	return world.now(approval);
}

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 40 }, (_, i) => `c${i + 1}`));
	world.policy = [exampleRule({ window: { minutes: 60, maximumTargets: 1000 } })];
	other = (await openReplica(world.test.connection)).store;
	anna = await world.person("anna", "operator");
	ben = await world.person("ben", "admin");
	cleo = await world.person("cleo", "operator");
});
afterAll(() => world.test.close());

test("who asked takes the request back, with a reason, audited and published", async () => {
	const approval = await askedBy(await propose(), anna);
	const after = await cancel(approval, anna, "wrong service");
	expect(after).toMatchObject({
		status: "cancelled",
		outcome: "Cancelled by anna; nothing was changed. Reason: wrong service.",
	});
	expect(after.endedAtMs).toBeGreaterThanOrEqual(approval.createdAtMs);
	expect(await world.audited(approval)).toEqual(["approval.proposed", "approval.cancelled"]);
	const jobs = await world.test.query(
		"select 1 from smartcloudops_jobs.job where name = 'publish-approval' and data->>'approvalId' = $1",
		[approval.id],
	);
	expect(jobs.length).toBeGreaterThan(0);
});

test("an admin takes back what the product asked for, also after it was approved, and it never runs", async () => {
	const approval = await propose();
	await world.decide(approval, anna);
	expect(await codeOf(cancel(approval, ben))).toBe("cancelled");
	await execute(world.deps(), approval.id);
	expect(world.cloud.effects.filter(({ target }) => target === approval.plan.targets[0]?.name)).toEqual([]);
	expect((await world.now(approval)).status).toBe("cancelled");
});

test("others may not, which is told and audited; a denial is theirs", async () => {
	const approval = await askedBy(await propose(), anna);
	await expect(cancel(approval, cleo)).rejects.toMatchObject({
		code: "forbidden",
		message:
			"Not cancelled: Only the person who asked, or an admin, can take a request back. Nothing changed.",
	});
	expect((await world.audited(approval)).at(-1)).toBe("approval.cancel_refused");
	expect((await world.decide(approval, cleo, "deny")).status).toBe("denied");
});

test("who comes too late is told what happened, by whom and when", async () => {
	const denied = await propose();
	await world.decide(denied, anna, "deny");
	await expect(cancel(denied, ben)).rejects.toMatchObject({
		code: "conflict",
		message: expect.stringMatching(
			/^Not cancelled: This request is already denied\. anna decided it at \{\{time:\d{13}\}\}\. Nothing changed\.$/,
		),
		extra: { state: "denied" },
	});
	const cancelled = await propose();
	await cancel(cancelled, ben);
	await expect(world.decide(cancelled, anna)).rejects.toMatchObject({
		code: "conflict",
		message: expect.stringMatching(
			/This request was cancelled at \{\{time:\d{13}\}\}\. Cancelled by ben; nothing was changed\./,
		),
	});
});

test("a request whose time is over has expired, and is not cancelled", async () => {
	const approval = await propose();
	await world.test.query(
		"update smartcloudops.approvals set expires_at = clock_timestamp() where number = $1",
		[Number(approval.id.slice(2))],
	);
	expect(await codeOf(cancel(approval, ben))).toBe("gone");
	expect((await world.now(approval)).status).toBe("expired");
});

test("case 7: a cancellation that meets an approval has one winner, on two replicas", async () => {
	for (let round = 0; round < 5; round += 1) {
		const approval = await propose();
		const results = await Promise.all([
			codeOf(cancel(approval, ben, undefined, other)),
			codeOf(world.decide(approval, anna)),
		]);
		// Approving first does not stand in the way of cancelling; cancelling first does stand in that of approving.
		expect([
			["cancelled", "approved"],
			["cancelled", "conflict"],
		]).toContainEqual(results);
		expect((await world.now(approval)).status).toBe("cancelled");
	}
});

test("a cancellation that meets the run has one winner: cancelled without effect, or run and told so", async () => {
	let ran = 0;
	for (let round = 0; round < 12; round += 1) {
		const approval = await propose();
		await world.decide(approval, anna);
		const run = execute(world.deps({ store: other, owner: "process-2" }), approval.id);
		// Rounds differ in how far the run is when the cancellation comes.
		for (let turn = 0; turn < round * 2; turn += 1) await world.test.store.now();
		const [outcome] = await Promise.all([codeOf(cancel(approval, ben)), run]);
		const effects = world.cloud.effects.filter(({ target }) => target === approval.plan.targets[0]?.name);
		const { status } = await world.now(approval);
		expect([outcome, effects.length, status === "cancelled"]).toEqual(
			outcome === "cancelled" ? ["cancelled", 0, true] : ["conflict", 1, false],
		);
		ran += effects.length;
	}
	expect(ran).toBeGreaterThan(0);
	expect(ran).toBeLessThan(12);
});

test("what can't be audited is not cancelled", async () => {
	const approval = await propose();
	await expect(cancel(approval, ben, undefined, withoutAudit(world.test.store))).rejects.toThrow("audit");
	expect(await world.now(approval)).toEqual(approval);
});

test("a reason that would ping or hide is kept as plain text, and one too long is refused", async () => {
	const approval = await propose();
	const after = await cancel(approval, ben, "see {{time:1}} \u202e <!channel>\nnow");
	expect(after.outcome).toBe(
		"Cancelled by ben; nothing was changed. Reason: see { {time:1}} <!channel> now.",
	);
	expect(await codeOf(cancel(await propose(), ben, "x".repeat(501)))).toBe("invalid");
});
