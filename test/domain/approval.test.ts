import * as fc from "fast-check";
import type { Role } from "../../src/domain/actor.ts";
import {
	APPROVAL_STATUSES,
	type Approval,
	type ApprovalStatus,
	canMove,
	countedApprovers,
	isEnded,
	isPending,
	isUnchecked,
	statusText,
} from "../../src/domain/approval.ts";
import type { ApprovalPolicyRule } from "../../src/domain/approval-policy.ts";
import { type DecisionEffect, judgeDecision } from "../../src/domain/judge-decision.ts";
import {
	exampleActor,
	exampleApproval,
	exampleDecision,
	examplePerson,
	examplePlan,
	exampleRule,
} from "../fakes/example-approval.ts";

const anna = examplePerson("P1");
const ben = examplePerson("P2", "admin");
const NOW = 10_000;

const ENDS: readonly ApprovalStatus[] = [
	"succeeded",
	"failed",
	"rolled_back",
	"rollback_failed",
	"denied",
	"expired",
	"cancelled",
];

/** The request after the effect of a press was committed. */
function after(
	approval: Approval,
	press: { person: typeof anna; verdict: "approve" | "deny" },
	effect: DecisionEffect,
) {
	if (effect.kind === "refused") return approval;
	return { ...approval, status: effect.to, decisions: [...approval.decisions, { ...press, atMs: NOW }] };
}

/** Presses one after another, as the store's row lock orders them. */
function pressAll(
	start: Approval,
	rule: ApprovalPolicyRule | undefined,
	presses: readonly { person: typeof anna; verdict: "approve" | "deny" }[],
	nowMs = NOW,
) {
	const effects: DecisionEffect[] = [];
	let approval = start;
	for (const press of presses) {
		const effect = judgeDecision(approval, rule, press, nowMs);
		effects.push(effect);
		approval = after(approval, press, effect);
	}
	return { approval, effects };
}

const approve = (person: typeof anna) => ({ person, verdict: "approve" as const });
const deny = (person: typeof anna) => ({ person, verdict: "deny" as const });
const whys = (effects: readonly DecisionEffect[]) =>
	effects.map((effect) => (effect.kind === "moved" ? effect.to : effect.why));

const anyRole = fc.constantFrom<Role>("admin", "operator", "viewer", "guest");
const anyPerson = fc
	.record({ id: fc.constantFrom("P1", "P2", "P3", "P4"), role: anyRole })
	.map(({ id, role }) => examplePerson(id, role));
const anyPress = fc.record({
	person: anyPerson,
	verdict: fc.constantFrom("approve" as const, "deny" as const),
});
const anyRule = fc.option(
	fc.record({
		quorum: fc.integer({ min: 0, max: 4 }),
		selfApproval: fc.boolean(),
		approveRoles: fc.subarray<Role>(["admin", "operator", "viewer"]),
	}),
);

describe("the states of a request", () => {
	it("have no way out of an end, by any sequence of moves", () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...APPROVAL_STATUSES), { maxLength: 30 }), (wishes) => {
				const path: ApprovalStatus[] = ["proposed"];
				for (const wish of wishes) {
					const from = path.at(-1) ?? "proposed";
					path.push(canMove(from, wish) ? wish : from);
				}
				const firstEnd = path.find((state) => ENDS.includes(state));
				expect(firstEnd ?? path.at(-1)).toBe(path.at(-1));
			}),
		);
		const waysOut = ENDS.flatMap((end) => APPROVAL_STATUSES.filter((to) => canMove(end, to)));
		expect(waysOut).toEqual([]);
	});

	it("lead from every state that is no end to an end", () => {
		for (const from of APPROVAL_STATUSES) {
			const reached = new Set<ApprovalStatus>([from]);
			for (const state of reached)
				for (const to of APPROVAL_STATUSES) if (canMove(state, to)) reached.add(to);
			expect([...reached].some((state) => ENDS.includes(state))).toBe(true);
		}
	});

	it("let a change run only after approval, and never after a denial, an expiry or a cancellation", () => {
		for (const from of APPROVAL_STATUSES) expect(canMove(from, "executing")).toBe(from === "approved");
	});

	it("leave an unknown outcome to a human, who can only say how it ended", () => {
		const ways = APPROVAL_STATUSES.filter((to) => canMove("unknown", to));
		expect(ways).toEqual(["succeeded", "failed"]);
	});

	it("count as ended exactly where nothing more happens by itself", () => {
		expect(APPROVAL_STATUSES.filter(isEnded)).toEqual([...ENDS, "unknown"]);
		expect(APPROVAL_STATUSES.filter(isPending)).toEqual(["proposed", "partly_approved"]);
	});

	it("have words without underscores", () => {
		for (const status of APPROVAL_STATUSES) expect(statusText(status)).toMatch(/^[a-z ]+$/);
	});
});

describe("a press", () => {
	it("never moves a request that is decided, running or ended, nor one whose time is over", () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...APPROVAL_STATUSES),
				anyPress,
				anyRule,
				fc.array(anyPerson, { maxLength: 3 }),
				fc.integer({ min: -5, max: 5 }),
				(status, press, rule, before, lateMs) => {
					const approval = exampleApproval({
						status,
						decisions: before.map((person) => exampleDecision(person)),
					});
					const nowMs = approval.expiresAtMs + lateMs;
					const effect = judgeDecision(approval, rule ? exampleRule(rule) : undefined, press, nowMs);
					expect(effect.kind === "moved" && (!isPending(status) || lateMs >= 0)).toBe(false);
					expect(effect.kind === "moved" ? "No reason." : effect.reason).toMatch(/^[A-Z].*\.$/);
				},
			),
		);
	});

	it("by anybody in any order approves only with a quorum of distinct allowed people, never the requester", () => {
		let approvals = 0;
		fc.assert(
			fc.property(anyRule, anyPerson, fc.array(anyPress, { maxLength: 12 }), (parts, requester, presses) => {
				const rule = parts ? exampleRule(parts) : undefined;
				const start = exampleApproval({ requester: exampleActor(requester) });
				const { approval } = pressAll(start, rule, presses);
				const allowed = new Set(
					presses
						.filter(
							({ person, verdict }) => verdict === "approve" && rule?.approveRoles.includes(person.role),
						)
						.map(({ person }) => person.id)
						.filter((id) => rule?.selfApproval || id !== requester.id),
				);
				const enough = rule !== undefined && allowed.size >= Math.max(1, rule.quorum);
				if (approval.status === "approved") approvals += 1;
				expect(approval.status === "approved" && !enough).toBe(false);
				const yes = approval.decisions.filter(({ verdict }) => verdict === "approve");
				expect(new Set(yes.map(({ person }) => person.id)).size).toBe(yes.length);
			}),
			{ numRuns: 1000 },
		);
		expect(approvals).toBeGreaterThan(50);
	});

	it("case 1: four times the same click is one decision, and the later ones are told who decided", () => {
		const { approval, effects } = pressAll(exampleApproval(), exampleRule(), Array(4).fill(approve(anna)));
		expect(whys(effects)).toEqual(["approved", "already_decided", "already_decided", "already_decided"]);
		expect(approval.decisions).toHaveLength(1);
		expect(effects[3]).toMatchObject({
			reason: `This request is already approved. You decided it at {{time:${NOW}}}.`,
		});
	});

	it.each([
		["succeeded", "This request has already succeeded."],
		["failed", "This request has already failed."],
		["executing", "This request is already being carried out."],
		["verifying", "This request has already been carried out and is being checked."],
		["rolled_back", "This request is already rolled back."],
		["rollback_failed", "This request has already failed, and so has its rollback."],
		["cancelled", "This request is already cancelled."],
		["unknown", "This request has already been carried out, with an unknown outcome."],
	] as const)("tells whoever comes when it is %s so in a sentence", (status, reason) => {
		const { effects } = pressAll({ ...exampleApproval(), status }, exampleRule(), [approve(anna)]);
		expect(effects).toMatchObject([{ why: "already_decided", reason }]);
	});

	it("case 5: two approvers, quorum 1: one approval, the other is told", () => {
		const { effects } = pressAll(exampleApproval(), exampleRule(), [approve(anna), approve(ben)]);
		expect(whys(effects)).toEqual(["approved", "already_decided"]);
	});

	it("case 6: two approvers, quorum 2: approved exactly once, never none", () => {
		for (const order of [
			[anna, ben],
			[ben, anna],
		]) {
			const { approval, effects } = pressAll(
				exampleApproval(),
				exampleRule({ quorum: 2 }),
				order.map(approve),
			);
			expect(whys(effects)).toEqual(["partly_approved", "approved"]);
			expect(approval.decisions).toHaveLength(2);
		}
	});

	it("case 7: approve and deny: the first decides, the loser is told by whom", () => {
		const yesFirst = pressAll(exampleApproval(), exampleRule(), [approve(anna), deny(ben)]);
		expect(yesFirst.approval.status).toBe("approved");
		const noFirst = pressAll(exampleApproval(), exampleRule(), [deny(ben), approve(anna)]);
		expect(noFirst.approval.status).toBe("denied");
		expect(noFirst.effects[1]).toMatchObject({
			why: "already_decided",
			reason: `This request is already denied. person P2 decided it at {{time:${NOW}}}.`,
		});
	});

	it("case 7: a denial ends a request that one of two has approved", () => {
		const { approval } = pressAll(exampleApproval(), exampleRule({ quorum: 2 }), [approve(anna), deny(ben)]);
		expect(approval.status).toBe("denied");
	});

	it("case 8: one person twice, or through two accounts, counts once", () => {
		const throughChat = { ...anna, name: "anna in chat" };
		const rule = exampleRule({ quorum: 2 });
		const { approval, effects } = pressAll(exampleApproval(), rule, [approve(anna), approve(throughChat)]);
		expect(whys(effects)).toEqual(["partly_approved", "repeated"]);
		expect(approval.status).toBe("partly_approved");
	});

	it("case 9: the requester can't approve, through whichever account, unless the rule allows it", () => {
		const asked = exampleApproval({ requester: exampleActor(anna) });
		const linked = { ...anna, name: "the same human elsewhere" };
		expect(whys(pressAll(asked, exampleRule(), [approve(anna)]).effects)).toEqual(["forbidden"]);
		expect(whys(pressAll(asked, exampleRule(), [approve(linked)]).effects)).toEqual(["forbidden"]);
		expect(whys(pressAll(asked, exampleRule({ selfApproval: true }), [approve(anna)]).effects)).toEqual([
			"approved",
		]);
	});

	it("case 9: an API key acts as its owner", () => {
		const asked = exampleApproval({ requester: { kind: "api-key", keyId: "K1", person: anna } });
		expect(whys(pressAll(asked, exampleRule(), [approve(anna)]).effects)).toEqual(["forbidden"]);
	});

	it.each([
		[-1, "approved"],
		[0, "expired"],
		[1, "expired"],
	])("case 11: %p ms after the deadline is %p", (lateMs, outcome) => {
		const approval = exampleApproval();
		const { effects } = pressAll(approval, exampleRule(), [approve(anna)], approval.expiresAtMs + lateMs);
		expect(whys(effects)).toEqual([outcome]);
	});

	it("case 11: a clock set back does not bring an expired request back", () => {
		const { effects } = pressAll(exampleApproval({ status: "expired" }), exampleRule(), [approve(anna)], 0);
		expect(whys(effects)).toEqual(["expired"]);
	});

	it.each(["viewer", "guest"] as const)("case 16: a %s is refused, for approving and for denying", (role) => {
		const somebody = examplePerson("P3", role, "Admin");
		const { effects } = pressAll(exampleApproval(), exampleRule(), [approve(somebody), deny(somebody)]);
		expect(whys(effects)).toEqual(["forbidden", "forbidden"]);
	});

	it("counts people, not decisions, whatever the store holds", () => {
		const twice = exampleApproval({ decisions: [exampleDecision(anna), exampleDecision(anna)] });
		expect(whys(pressAll(twice, exampleRule({ quorum: 3 }), [approve(ben)]).effects)).toEqual([
			"partly_approved",
		]);
	});

	it("counts a rule that asks for less than one person as asking for one", () => {
		const rule = exampleRule({ quorum: 0 });
		expect(whys(pressAll(exampleApproval(), rule, [approve(anna)]).effects)).toEqual(["approved"]);
		const broken = exampleRule({ quorum: Number.NaN });
		expect(whys(pressAll(exampleApproval(), broken, [approve(anna)]).effects)).toEqual(["partly_approved"]);
	});
});

describe("the approvers that count at execution", () => {
	const approved = exampleApproval({
		status: "approved",
		decisions: [
			exampleDecision(anna),
			exampleDecision(ben),
			exampleDecision(anna),
			exampleDecision(ben, "deny"),
		],
	});
	const everybody = (person: typeof anna) => person;

	it("are distinct people who approved", () => {
		expect(countedApprovers(approved, exampleRule(), everybody).map(({ id }) => id)).toEqual(["P1", "P2"]);
	});

	it("case 14: do not hold one who was demoted between click and run", () => {
		const demoted = (person: typeof anna) =>
			person.id === "P1" ? { ...person, role: "viewer" as const } : person;
		expect(countedApprovers(approved, exampleRule(), demoted).map(({ id }) => id)).toEqual(["P2"]);
	});

	it("case 15: do not hold one who is gone, whatever the role was at the click", () => {
		const gone = (person: typeof anna) => (person.id === "P2" ? undefined : person);
		expect(countedApprovers(approved, exampleRule(), gone).map(({ id }) => id)).toEqual(["P1"]);
	});

	it("case 9: never hold the requester where the rule of now forbids it", () => {
		const own = { ...approved, requester: exampleActor(anna) };
		expect(countedApprovers(own, exampleRule(), everybody).map(({ id }) => id)).toEqual(["P2"]);
	});

	it("are nobody without a rule", () => {
		expect(countedApprovers(approved, undefined, everybody)).toEqual([]);
	});
});

describe("a change that was done", () => {
	const unchecked = (parts: Parameters<typeof examplePlan>[0]) =>
		isUnchecked(exampleApproval({ status: "succeeded", plan: examplePlan(parts) }));

	it("is not checked where nothing could tell that it helped", () => {
		expect(unchecked({ verification: undefined })).toBe(true);
	});

	it("is checked by a metric, or by the targets' own report", () => {
		expect(unchecked({})).toBe(false);
		expect(unchecked({ verification: undefined, doneIf: "something was freed" })).toBe(false);
	});
});
