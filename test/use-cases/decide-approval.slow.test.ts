import type { Person } from "../../src/domain/actor.ts";
import type { Approval } from "../../src/domain/approval.ts";
import { Weekday } from "../../src/domain/approval-policy.ts";
import { AppError } from "../../src/domain/errors.ts";
import { noFailpoint } from "../../src/ports/failpoint.ts";
import type { Store } from "../../src/ports/store.ts";
import { decideApproval } from "../../src/use-cases/decide-approval.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { type ExecutorWorld, executorWorld } from "../executor/executor-world.ts";
import { alteredStore, withoutAudit } from "../fakes/altered-store.ts";
import { exampleActor, exampleRule } from "../fakes/example-approval.ts";
import { policyRules } from "../fakes/policy-rules.ts";

let world: ExecutorWorld;
let anna: Person;
let ben: Person;
let next = 0;
const propose = () => world.propose(`d${++next}`);

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 60 }, (_, i) => `d${i + 1}`));
	anna = await world.person("anna", "operator");
	ben = await world.person("ben", "admin");
});
afterAll(() => world.test.close());
beforeEach(() => {
	world.policy = [exampleRule()];
});

const jobsOf = async (approval: Approval, name = "execute-approval") => {
	const rows = await world.test.query(
		"select id from smartcloudops_jobs.job where name = $1 and data->>'approvalId' = $2",
		[name, approval.id],
	);
	return rows.length;
};
/** How each of several presses went: the new status, or the code of the refusal. */
const outcomes = async (presses: readonly Promise<Approval>[]) =>
	(await Promise.allSettled(presses)).map((result) =>
		result.status === "fulfilled"
			? result.value.status
			: result.reason instanceof AppError
				? result.reason.code
				: "not an AppError",
	);

describe("one press", () => {
	it("of Approve is one decision, one audit record and one job, and is announced", async () => {
		const approval = await propose();
		const heard: string[] = [];
		const stop = world.test.store.subscribe(({ kind, id }) => heard.push(`${kind} ${id}`));
		const after = await world.decide(approval, anna);
		expect(after.status).toBe("approved");
		expect(after.decisions).toEqual([{ person: anna, verdict: "approve", atMs: expect.any(Number) }]);
		expect(await jobsOf(approval)).toBe(1);
		expect(await world.audited(approval)).toEqual(["approval.proposed", "approval.decided"]);
		while (!heard.includes(`approval ${approval.id}`)) await new Promise((done) => setTimeout(done, 5));
		stop();
	});

	it("of Deny ends the request, and nothing is queued to run", async () => {
		const approval = await propose();
		const after = await world.decide(approval, anna, "deny");
		expect(after).toMatchObject({ status: "denied", outcome: "Denied by anna; nothing was changed." });
		expect(after.endedAtMs).toBeGreaterThanOrEqual(approval.createdAtMs);
		expect(await jobsOf(approval)).toBe(0);
		expect(await jobsOf(approval, "publish-approval")).toBeGreaterThan(0);
	});

	it("keeps the reason that was given, in the decision and in the audit", async () => {
		const approval = await propose();
		await decideApproval(deps(), exampleActor(anna), {
			approvalId: approval.id,
			verdict: "deny",
			reason: "deploy runs",
		});
		expect((await world.now(approval)).decisions[0]?.reason).toBe("deploy runs");
		const { items } = await world.test.store.audit.list({ subject: `approval:${approval.id}` }, { limit: 1 });
		expect(items[0]?.data).toMatchObject({ reason: "deploy runs", planHash: approval.planHash });
	});

	it("on an unknown request says so", async () => {
		const unknown = decideApproval(deps(), exampleActor(anna), { approvalId: "A-99999", verdict: "approve" });
		await expect(unknown).rejects.toMatchObject({
			code: "not_found",
			message: "There is no request A-99999.",
		});
	});
});

const deps = (store: Store = world.test.store) => ({
	store,
	jobs: { nudge: () => undefined },
	rules: policyRules(world.policy),
	holds: createEffectHolds([]),
	failpoint: noFailpoint,
});

describe("presses that meet", () => {
	it("case 1: the same click four times is one decision and one job; the others are told who decided", async () => {
		const approval = await propose();
		const presses = Array.from({ length: 4 }, () => world.decide(approval, anna));
		const results = await outcomes(presses);
		expect(results.toSorted()).toEqual(["approved", "conflict", "conflict", "conflict"]);
		expect((await world.now(approval)).decisions).toHaveLength(1);
		expect(await jobsOf(approval)).toBe(1);
		const late = world.decide(approval, ben);
		await expect(late).rejects.toMatchObject({
			message: expect.stringMatching(
				/^Not counted: This request is already approved\. anna decided it at \{\{time:\d{13}\}\}\. Nothing changed\.$/,
			),
			extra: { state: "approved" },
		});
	});

	it("case 5: two approvers at once, quorum 1: one execution, both audited", async () => {
		for (let round = 0; round < 5; round += 1) {
			const approval = await propose();
			const results = await outcomes([world.decide(approval, anna), world.decide(approval, ben)]);
			expect(results.toSorted()).toEqual(["approved", "conflict"]);
			expect(await jobsOf(approval)).toBe(1);
			expect((await world.audited(approval)).toSorted()).toEqual([
				"approval.decided",
				"approval.decision_refused",
				"approval.proposed",
			]);
		}
	});

	it("case 6: two at once, quorum 2: approved exactly once, never none", async () => {
		world.policy = [exampleRule({ quorum: 2 })];
		for (let round = 0; round < 5; round += 1) {
			const approval = await propose();
			const results = await outcomes([world.decide(approval, anna), world.decide(approval, ben)]);
			expect(results.toSorted()).toEqual(["approved", "partly_approved"]);
			expect(await jobsOf(approval)).toBe(1);
			expect((await world.now(approval)).status).toBe("approved");
		}
	});

	it("case 7: approve and deny at once: one state, and the loser is told", async () => {
		for (let round = 0; round < 5; round += 1) {
			const approval = await propose();
			const results = await outcomes([world.decide(approval, anna), world.decide(approval, ben, "deny")]);
			const { status, decisions } = await world.now(approval);
			expect(results.toSorted()).toEqual([status, "conflict"].toSorted());
			expect(decisions).toHaveLength(1);
			expect(await jobsOf(approval)).toBe(status === "approved" ? 1 : 0);
		}
	});

	it("case 8: one person twice at once, quorum 2, counts once", async () => {
		world.policy = [exampleRule({ quorum: 2 })];
		const approval = await propose();
		const results = await outcomes([world.decide(approval, anna), world.decide(approval, anna)]);
		expect(results.toSorted()).toEqual(["conflict", "partly_approved"]);
		expect((await world.now(approval)).status).toBe("partly_approved");
	});

	it("case 13: move the clicked request and no other", async () => {
		const [first, second] = [await propose(), await propose()];
		await world.decide(second, anna);
		expect((await world.now(first)).status).toBe("proposed");
	});
});

describe("a press that does not count", () => {
	it("case 9: by the requester is refused, told and audited, through whichever account", async () => {
		const approval = await propose();
		await world.test.query("update smartcloudops.approvals set requester = $2 where number = $1", [
			Number(approval.id.slice(2)),
			JSON.stringify(exampleActor(anna)),
		]);
		const byKey = { kind: "api-key", keyId: "K1", person: anna } as const;
		for (const actor of [exampleActor(anna), byKey]) {
			const press = decideApproval(deps(), actor, { approvalId: approval.id, verdict: "approve" });
			await expect(press).rejects.toMatchObject({
				code: "forbidden",
				message: "Not counted: The person who asked can't approve it; somebody else must. Nothing changed.",
			});
		}
		expect(
			(await world.audited(approval)).filter((action) => action === "approval.decision_refused"),
		).toHaveLength(2);
		expect((await world.now(approval)).status).toBe("proposed");
	});

	it("case 11: after the deadline by the database's clock is refused, and the request expires", async () => {
		const approval = await propose();
		await world.test.query(
			"update smartcloudops.approvals set expires_at = clock_timestamp() - interval '1 millisecond' where number = $1",
			[Number(approval.id.slice(2))],
		);
		await expect(world.decide(approval, anna)).rejects.toMatchObject({
			code: "gone",
			extra: { state: "expired" },
		});
		expect((await world.now(approval)).status).toBe("expired");
		expect(await world.audited(approval)).toEqual([
			"approval.proposed",
			"approval.expired",
			"approval.decision_refused",
		]);
		await expect(world.decide(approval, ben)).rejects.toMatchObject({ code: "gone" });
		expect(await jobsOf(approval)).toBe(0);
	});

	it("case 14: by one who was demoted since the sign-in is refused by the role of now", async () => {
		const carl = await world.person("carl", "admin");
		const approval = await propose();
		await world.person("carl", "viewer");
		await expect(world.decide(approval, carl)).rejects.toMatchObject({ code: "forbidden" });
		expect((await world.audited(approval)).at(-1)).toBe("approval.decision_refused");
	});

	it("case 16: by somebody who is not known any more is refused, told and audited", async () => {
		const approval = await propose();
		const gone = { id: "P-99999", name: "gone", role: "admin" } as const;
		await expect(world.decide(approval, gone)).rejects.toMatchObject({ code: "forbidden" });
		expect((await world.audited(approval)).at(-1)).toBe("approval.decision_refused");
	});

	it.each(["viewer", "guest"] as const)("case 16: by a %s is refused, also a denial", async (role) => {
		const somebody = await world.person(`a ${role}`, role);
		const approval = await propose();
		const results = await outcomes([
			world.decide(approval, somebody),
			world.decide(approval, somebody, "deny"),
		]);
		expect(results).toEqual(["forbidden", "forbidden"]);
		expect((await world.now(approval)).status).toBe("proposed");
	});

	it.each([
		{ kind: "agent", name: "detection" },
		{ kind: "schedule", name: "daily" },
		{ kind: "system", name: "clock" },
	] as const)("case 28: by the product itself ($kind) is refused", async (actor) => {
		const approval = await propose();
		const press = decideApproval(deps(), actor, { approvalId: approval.id, verdict: "approve" });
		await expect(press).rejects.toMatchObject({ code: "forbidden" });
		expect((await world.now(approval)).decisions).toEqual([]);
	});

	it("without a policy is refused to an admin too", async () => {
		const approval = await propose();
		world.policy = [];
		await expect(world.decide(approval, ben)).rejects.toMatchObject({ code: "forbidden" });
	});
});

describe("a press that can't be recorded", () => {
	it.each(["approve", "deny"] as const)("in the audit changes nothing at all: %s", async (verdict) => {
		const approval = await propose();
		const store = withoutAudit(world.test.store);
		const press = decideApproval(deps(store), exampleActor(anna), { approvalId: approval.id, verdict });
		await expect(press).rejects.toThrow("the audit's disk is full");
		expect(await world.now(approval)).toEqual(approval);
		expect(await jobsOf(approval)).toBe(0);
		expect((await world.decide(approval, anna)).status).toBe("approved");
	});

	it("as a job changes nothing at all", async () => {
		const approval = await propose();
		const store = alteredStore(world.test.store, () => ({
			enqueue: () => Promise.reject(new Error("the queue is full")),
		}));
		const press = decideApproval(deps(store), exampleActor(anna), {
			approvalId: approval.id,
			verdict: "approve",
		});
		await expect(press).rejects.toThrow("the queue is full");
		expect(await world.now(approval)).toEqual(approval);
		expect(await world.audited(approval)).toEqual(["approval.proposed"]);
	});
});

describe("limits at the press", () => {
	it("two requests of one target: of two approvals at once one passes, the other is told and still waits", async () => {
		world.policy = [exampleRule({ cooldownMinutes: 10 })];
		const target = `d${++next}`;
		const both = [await world.propose(target), await world.propose(target, { remediation: "set-size" })];
		const results = await outcomes(both.map((approval) => world.decide(approval, anna)));
		expect(results.toSorted()).toEqual(["approved", "conflict"]);
		const held = both[results.indexOf("conflict")];
		const other = both[results.indexOf("approved")];
		if (!held || !other) throw new Error("one of them must be held");
		expect((await world.now(held)).status).toBe("proposed");
		await expect(world.decide(held, ben)).rejects.toMatchObject({
			message: expect.stringContaining(`${target} is about to be changed by ${other.id}, which is approved`),
		});
		expect((await world.decide(held, ben, "deny")).status).toBe("denied");
	});

	it("a request that would expire before it may be approved is not asked for, and says when it may", async () => {
		// Three or four days from now, whatever day it is.
		const day = Weekday.options[(new Date().getUTCDay() + 3) % 7] ?? "sat";
		const span = { days: [day], from: "08:00", to: "18:00", timeZone: "UTC" };
		world.policy = [exampleRule({ allowedTimes: [span] })];
		const approval = await propose();
		expect(approval).toMatchObject({ status: "cancelled" });
		expect(approval.outcome).toMatch(
			/^Nobody was asked: May be approved and run only ... 08:00–18:00 \(UTC\); next at \{\{time:\d{13}\}\}, after the request would have expired/,
		);
		world.policy = [exampleRule({ allowedTimes: [span], expiryMinutes: 8 * 1440 })];
		const waiting = await propose();
		expect(waiting.status).toBe("proposed");
		expect(waiting.plan.checks.at(-1)).toMatchObject({
			verdict: "info",
			text: expect.stringContaining("next at"),
		});
		await expect(world.decide(waiting, anna)).rejects.toMatchObject({ code: "conflict" });
		expect((await world.now(waiting)).status).toBe("proposed");
	});
});
