import type { Person } from "../../src/domain/actor.ts";
import type { Approval } from "../../src/domain/approval.ts";
import { AppError } from "../../src/domain/errors.ts";
import { noFailpoint } from "../../src/ports/failpoint.ts";
import type { Store } from "../../src/ports/store.ts";
import { decideApproval } from "../../src/use-cases/decide-approval.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { type ExecutorWorld, executorWorld, runToEnd } from "../executor/executor-world.ts";
import { exampleActor, exampleRule } from "../fakes/example-approval.ts";
import { policyRules } from "../fakes/policy-rules.ts";
import { openReplica } from "../support/postgres.ts";

let world: ExecutorWorld;
let replicas: readonly Store[];
let people: readonly Person[];
let next = 0;
const targets = (count: number) => Array.from({ length: count }, () => `l${++next}`);
const WIDE = { window: { minutes: 60, maximumTargets: 1000 } };

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 120 }, (_, i) => `l${i + 1}`));
	const { connection } = world.test;
	const others = await Promise.all([openReplica(connection), openReplica(connection)]);
	replicas = [world.test.store, ...others.map(({ store }) => store)];
	people = await Promise.all(["anna", "ben", "cleo", "dan"].map((name) => world.person(name, "operator")));
	world.metrics.showValue(() => 5);
});
afterAll(() => world.test.close());
beforeEach(() => {
	world.policy = [exampleRule(WIDE)];
});

/** One press, on one of the replicas. */
function press(approval: Approval, person: number, replica: number, verdict: "approve" | "deny" = "approve") {
	const actor = people[person];
	const store = replicas[replica];
	if (!actor || !store) throw new Error("there is no such person or replica");
	return decideApproval(
		{
			store,
			jobs: { nudge: () => undefined },
			rules: policyRules(world.policy),
			holds: createEffectHolds([]),
			failpoint: noFailpoint,
		},
		exampleActor(actor),
		{ approvalId: approval.id, verdict },
	);
}

/** The request is worked on by all three replicas at once, as their queues and recoveries may do. */
async function runEverywhere(approvals: readonly Approval[]): Promise<void> {
	await Promise.all(
		approvals.flatMap(({ id }) =>
			replicas.map((store, index) => runToEnd(world.deps({ store, owner: `process-${index}` }), id)),
		),
	);
}

const effectsOn = (approval: Approval) =>
	world.cloud.effects.filter(({ target }) => target === approval.plan.targets[0]?.name).length;
const settle = (presses: readonly Promise<Approval>[]) => Promise.allSettled(presses);
const refusals = (results: readonly PromiseSettledResult<Approval>[]) =>
	results.flatMap((result) =>
		result.status === "rejected" && result.reason instanceof AppError ? [result.reason.message] : [],
	);

test("case 1: the same click four times, on any replica, is one decision and one effect; later ones are told who decided", async () => {
	const [name = ""] = targets(1);
	const approval = await world.propose(name);
	const results = await settle([
		press(approval, 0, 0),
		press(approval, 0, 1),
		press(approval, 0, 2),
		press(approval, 0, 0),
	]);
	expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
	await runEverywhere([approval]);
	expect(effectsOn(approval)).toBe(1);
	await expect(press(approval, 1, 1)).rejects.toThrow(/anna decided it at \{\{time:\d{13}\}\}/);
});

test("case 4: a double click is one effect", async () => {
	const [name = ""] = targets(1);
	const approval = await world.propose(name);
	await settle([press(approval, 0, 0), press(approval, 0, 0)]);
	await runEverywhere([approval]);
	expect(effectsOn(approval)).toBe(1);
});

test("cases 5 and 6: two at once on two replicas: one execution with a quorum of 1 and of 2, all audited", async () => {
	for (const quorum of [1, 2]) {
		world.policy = [exampleRule({ ...WIDE, quorum })];
		for (const name of targets(4)) {
			const approval = await world.propose(name);
			const results = await settle([press(approval, 0, 1), press(approval, 1, 2)]);
			expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(quorum);
			expect(refusals(results)).toHaveLength(2 - quorum);
			await runEverywhere([approval]);
			expect(effectsOn(approval)).toBe(1);
			const decided = (await world.audited(approval)).filter(
				(action) => action.startsWith("approval.decision") || action === "approval.decided",
			);
			expect(decided).toHaveLength(2);
		}
	}
});

test("case 7: approve and deny at once on two replicas: one state, and the loser is told by whom", async () => {
	const ends = new Set<string>();
	for (const name of targets(6)) {
		const approval = await world.propose(name);
		const results = await settle([press(approval, 0, 1), press(approval, 1, 2, "deny")]);
		const { status } = await world.now(approval);
		expect(refusals(results)).toHaveLength(1);
		expect(refusals(results)[0]).toMatch(status === "denied" ? /ben decided it at/ : /anna decided it at/);
		if (status === "approved") await runEverywhere([approval]);
		expect(effectsOn(approval)).toBe(status === "approved" ? 1 : 0);
		ends.add(status);
	}
	expect([...ends].every((status) => ["approved", "denied"].includes(status))).toBe(true);
});

test("case 8: one person through two linked accounts counts once for a quorum of 2", async () => {
	world.policy = [exampleRule({ ...WIDE, quorum: 2 })];
	const [name = ""] = targets(1);
	const approval = await world.propose(name);
	const elsewhere = await world.test.store.people.upsert(
		{ platform: "other", tenant: "T9", userId: "dan-too" },
		"dan too",
		"operator",
	);
	const dan = people[3];
	if (!dan) throw new Error("dan is there");
	await world.test.store.transaction((stores) => stores.people.merge(dan.id, elsewhere.id));
	await press(approval, 3, 0);
	const again = decideApproval(
		{
			store: world.test.store,
			jobs: { nudge: () => undefined },
			rules: policyRules(world.policy),
			holds: createEffectHolds([]),
			failpoint: noFailpoint,
		},
		exampleActor(elsewhere),
		{ approvalId: approval.id, verdict: "approve" },
	);
	await expect(again).rejects.toMatchObject({ code: "conflict" });
	expect((await world.now(approval)).status).toBe("partly_approved");
	expect(effectsOn(approval)).toBe(0);
});

test("case 12: a card from before a restart works on a process that has just started, or says that it expired", async () => {
	const [first = "", second = ""] = targets(2);
	const [alive, late] = [await world.propose(first), await world.propose(second)];
	await world.test.query(
		"update smartcloudops.approvals set expires_at = clock_timestamp() where number = $1",
		[Number(late.id.slice(2))],
	);
	const { store } = await openReplica(world.test.connection);
	replicas = [...replicas.slice(0, 2), store];
	expect((await press(alive, 0, 2)).status).toBe("approved");
	await expect(press(late, 0, 2)).rejects.toMatchObject({ code: "gone", extra: { state: "expired" } });
});

test("case 13: of two pending requests only the clicked one moves and runs", async () => {
	const [first = "", second = ""] = targets(2);
	const [one, two] = [await world.propose(first), await world.propose(second)];
	await press(two, 0, 1);
	await runEverywhere([two]);
	expect((await world.now(one)).status).toBe("proposed");
	expect([effectsOn(one), effectsOn(two)]).toEqual([0, 1]);
});

test("cases 14 and 15: an approver demoted between click and run does not count, and the quorum is judged again", async () => {
	world.policy = [exampleRule({ ...WIDE, quorum: 2 })];
	const [name = ""] = targets(1);
	const eve = await world.person("eve", "operator");
	const approval = await world.propose(name);
	await world.decide(approval, eve);
	expect((await press(approval, 0, 1)).status).toBe("approved");
	await world.person("eve", "viewer");
	await runEverywhere([approval]);
	expect(await world.now(approval)).toMatchObject({
		status: "failed",
		outcome: expect.stringContaining("Only 1 of 2 approvals still count"),
	});
	expect(effectsOn(approval)).toBe(0);
});

test("case 17: what a forged button names is refused; the plan comes from the store alone", async () => {
	const [name = ""] = targets(1);
	const approval = await world.propose(name);
	for (const forged of ["A-0", "A-999999", "INC-1", `${approval.id} or 1=1`, "../A-1", ""])
		await expect(press({ ...approval, id: forged }, 0, 0)).rejects.toMatchObject({ code: "not_found" });
	const input = { approvalId: approval.id, verdict: "approve" as const, plan: { targets: ["everything"] } };
	await decideApproval(
		{
			store: world.test.store,
			jobs: { nudge: () => undefined },
			rules: policyRules(world.policy),
			holds: createEffectHolds([]),
			failpoint: noFailpoint,
		},
		exampleActor(await world.person("anna", "operator")),
		input,
	);
	await runEverywhere([approval]);
	expect(world.cloud.effects.at(-1)?.target).toBe(name);
});

test("case 23: of two changes of one target, approved and run at once on three replicas, the cooldown lets one through", async () => {
	for (const name of targets(4)) {
		world.policy = [exampleRule(WIDE)];
		const both = [await world.propose(name), await world.propose(name, { remediation: "set-size" })];
		for (const approval of both) await press(approval, 0, 0);
		// The policy of the run counts: at the press there was no cooldown that would have held the second.
		world.policy = [exampleRule({ ...WIDE, cooldownMinutes: 10 })];
		await runEverywhere(both);
		const ended = await Promise.all(both.map((approval) => world.now(approval)));
		expect(world.cloud.effects.filter(({ target }) => target === name)).toHaveLength(1);
		const refused = ended.filter(({ status }) => status === "failed");
		expect(refused).toHaveLength(1);
		expect(refused[0]?.outcome).toMatch(
			new RegExp(`^${name} was changed .* ago by A-\\d+, and the policy waits 10 min .* can't be overridden`),
		);
		await expect(world.propose(name)).rejects.toMatchObject({ code: "conflict" });
	}
});

test("case 24: of eight requests approved before, run at once on three replicas, the window lets three through", async () => {
	const names = targets(8);
	// A fresh environment of effects: what earlier tests changed must not fill the window.
	await world.test.query(
		"update smartcloudops.executions set intended_at = intended_at - interval '2 hours'",
	);
	world.policy = [exampleRule(WIDE)];
	const approvals: Approval[] = [];
	for (const name of names) approvals.push(await world.propose(name));
	for (const [index, approval] of approvals.entries()) await press(approval, index % 3, index % 3);
	world.policy = [exampleRule({ window: { minutes: 60, maximumTargets: 3 } })];
	await runEverywhere(approvals);
	const ended = await Promise.all(approvals.map((approval) => world.now(approval)));
	expect(approvals.reduce((sum, approval) => sum + effectsOn(approval), 0)).toBe(3);
	const refused = ended.filter(({ outcome }) => outcome?.includes("the policy allows 3"));
	expect(refused).toHaveLength(5);
	await expect(world.propose(targets(1)[0] ?? "")).rejects.toThrow(/the policy allows 3/);
});

test("case 24: of eight presses at once on three replicas the window lets three through, and the rest still wait", async () => {
	await world.test.query(
		"update smartcloudops.executions set intended_at = intended_at - interval '2 hours'",
	);
	world.policy = [exampleRule({ window: { minutes: 60, maximumTargets: 3 } })];
	const approvals: Approval[] = [];
	for (const name of targets(8)) approvals.push(await world.propose(name));
	// What an earlier test approved and never ran would count too, as it should.
	await world.test.query("update smartcloudops.approvals set status = 'cancelled' where status = 'approved'");
	const presses = await Promise.allSettled(
		approvals.map((approval, index) => press(approval, index % 3, index % 3)),
	);
	const reasons = presses.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
	expect(reasons.filter((reason) => !reason.includes("the policy allows 3"))).toEqual([]);
	const after = await Promise.all(approvals.map((approval) => world.now(approval)));
	expect(after.filter(({ status }) => status === "approved")).toHaveLength(3);
	expect(after.filter(({ status }) => status === "proposed")).toHaveLength(5);
});
