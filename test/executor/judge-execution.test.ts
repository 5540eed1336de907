import * as fc from "fast-check";
import type { Person, Role } from "../../src/domain/actor.ts";
import { AppError } from "../../src/domain/errors.ts";
import { judgeExecution, type PlannedAgain } from "../../src/executor/judge-execution.ts";
import {
	exampleActor,
	exampleApproval,
	exampleDecision,
	examplePerson,
	exampleRule,
} from "../fakes/example-approval.ts";

const anna = examplePerson("P-1");
const ben = examplePerson("P-2", "admin");
const approval = exampleApproval({ status: "approved", decisions: [exampleDecision(anna)] });
const made: PlannedAgain = { kind: "made", planHash: approval.planHash };
const people = (...list: readonly Person[]) => new Map(list.map((person) => [person.id, person]));
const good = {
	approval,
	rule: exampleRule(),
	people: people(anna),
	planned: made,
	recent: [],
	hold: undefined,
	nowMs: 5000,
};

describe("what is judged again at the moment of execution", () => {
	it("runs where deadline, quorum and plan all hold", () => {
		expect(judgeExecution(good)).toEqual({ kind: "run" });
	});

	it.each([
		[-1, "run"],
		[0, "end"],
		[1, "end"],
	])("case 11: %p ms after the deadline: %s", (lateMs, kind) => {
		expect(judgeExecution({ ...good, nowMs: approval.expiresAtMs + lateMs }).kind).toBe(kind);
	});

	it("says how late it was", () => {
		expect(judgeExecution({ ...good, nowMs: approval.expiresAtMs + 125_000 })).toEqual({
			kind: "end",
			to: "expired",
			reason: "It was approved but could not run before it expired (2 min 5 s late); nothing was changed.",
		});
	});

	it("case 14: an approver demoted between click and run counts for nothing", () => {
		expect(judgeExecution({ ...good, people: people({ ...anna, role: "viewer" }) })).toEqual({
			kind: "end",
			to: "failed",
			reason: "Only 0 of 1 approvals still count with the roles and policy of now; nothing was changed.",
		});
	});

	it("case 15: quorum 2 is judged again: one demoted of two is not enough", () => {
		const both = { ...approval, decisions: [exampleDecision(anna), exampleDecision(ben)] };
		const rule = exampleRule({ quorum: 2 });
		const input = { ...good, approval: both, rule };
		expect(judgeExecution({ ...input, people: people(anna, ben) })).toEqual({ kind: "run" });
		expect(judgeExecution({ ...input, people: people(anna, { ...ben, role: "guest" }) }).kind).toBe("end");
		expect(judgeExecution({ ...input, people: people(anna) })).toMatchObject({
			reason: "Only 1 of 2 approvals still count with the roles and policy of now; nothing was changed.",
		});
	});

	it("uses the policy of now, not the one of the request", () => {
		expect(judgeExecution({ ...good, rule: undefined }).kind).toBe("end");
		expect(judgeExecution({ ...good, rule: exampleRule({ quorum: 2 }) }).kind).toBe("end");
		expect(judgeExecution({ ...good, rule: exampleRule({ approveRoles: [] }) }).kind).toBe("end");
		expect(judgeExecution({ ...good, rule: exampleRule({ quorum: 0 }), people: people() }).kind).toBe("end");
		const own = { ...approval, requester: exampleActor(anna) };
		expect(judgeExecution({ ...good, approval: own }).kind).toBe("end");
	});

	it("case 18: another plan than the approved one is refused", () => {
		const planned: PlannedAgain = { kind: "made", planHash: "another" };
		expect(judgeExecution({ ...good, planned })).toMatchObject({ kind: "end", to: "failed" });
	});

	it("gives the reason why a plan can't be made any more", () => {
		const planned: PlannedAgain = { kind: "refused", reason: "checkout is not running." };
		expect(judgeExecution({ ...good, planned })).toEqual({
			kind: "end",
			to: "failed",
			reason: "checkout is not running. Nothing was changed.",
		});
	});

	it("waits where the world can't be read, but not beyond the deadline, and not for people who may not", () => {
		const planned: PlannedAgain = { kind: "unreadable", error: new AppError("unavailable", "No answer.") };
		expect(judgeExecution({ ...good, planned }).kind).toBe("wait");
		expect(judgeExecution({ ...good, planned, nowMs: approval.expiresAtMs })).toMatchObject({
			to: "expired",
		});
		expect(judgeExecution({ ...good, planned, people: people() })).toMatchObject({ to: "failed" });
	});

	it("runs only with a quorum of distinct allowed people who are not the requester, whatever came before", () => {
		const anyPerson = fc
			.record({
				id: fc.constantFrom("P-1", "P-2", "P-3"),
				role: fc.constantFrom<Role>("admin", "operator", "viewer"),
			})
			.map(({ id, role }) => examplePerson(id, role));
		let runs = 0;
		fc.assert(
			fc.property(
				fc.array(anyPerson, { maxLength: 5 }),
				fc.array(anyPerson, { maxLength: 3 }),
				fc.integer({ min: 0, max: 3 }),
				anyPerson,
				fc.boolean(),
				(approvers, current, quorum, requester, selfApproval) => {
					const input = {
						...good,
						approval: {
							...approval,
							requester: exampleActor(requester),
							decisions: approvers.map((person) => exampleDecision(person)),
						},
						rule: exampleRule({ quorum, selfApproval }),
						people: people(...current),
					};
					const counted = new Set(
						approvers
							.map(({ id }) => input.people.get(id))
							.filter((person) => person && person.role !== "viewer")
							.filter((person) => selfApproval || person?.id !== requester.id)
							.map((person) => person?.id),
					);
					const { kind } = judgeExecution(input);
					if (kind === "run") runs += 1;
					expect(kind === "run").toBe(counted.size >= Math.max(1, quorum));
				},
			),
			{ numRuns: 1000 },
		);
		expect(runs).toBeGreaterThan(50);
	});
});
