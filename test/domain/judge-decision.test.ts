import * as fc from "fast-check";
import { APPROVAL_STATUSES } from "../../src/domain/approval.ts";
import { decisionView, judgeDecision, standingText } from "../../src/domain/judge-decision.ts";
import { exampleApproval, exampleDecision, examplePerson, exampleRule } from "../fakes/example-approval.ts";

const anna = examplePerson("P1");
const ben = examplePerson("P2", "admin");
const NOW = Date.parse("2026-11-20T12:00:00Z");
const open = exampleApproval({ createdAtMs: NOW - 1000, expiresAtMs: NOW + 900_000 });
const hold = {
	reason: "Changes are frozen for production by Ann since {{time:1}}, until it is lifted (F-1).",
};
const approve = { person: anna, verdict: "approve" as const };
const deny = { person: anna, verdict: "deny" as const };
const weekend = exampleRule({
	allowedTimes: [{ days: ["sat", "sun"], from: "00:00", to: "00:00", timeZone: "UTC" }],
});

describe("an approval waits for what passes by itself, and a denial never does", () => {
	it.each([
		["case 30: while frozen", open, exampleRule(), hold, "held", hold.reason],
		[
			"while it is still being checked",
			{ ...open, preflight: { state: "pending" as const, checks: [] } },
			exampleRule(),
			undefined,
			"unchecked",
			"This request is still being checked; decide when the checks are done.",
		],
		[
			"outside of the allowed times",
			open,
			weekend,
			undefined,
			"out_of_hours",
			"The approval policy allows this only Sat, Sun 00:00–00:00 (UTC).",
		],
	] as const)("%s", (_words, approval, rule, held, why, reason) => {
		expect(judgeDecision(approval, rule, approve, NOW, { hold: held })).toEqual({
			kind: "refused",
			why,
			reason,
		});
		expect(judgeDecision(approval, rule, deny, NOW, { hold: held })).toEqual({ kind: "moved", to: "denied" });
	});

	it("and is counted once that is over", () => {
		const checked = { ...open, preflight: { state: "passed" as const, checks: [] } };
		expect(judgeDecision(checked, exampleRule(), approve, NOW)).toEqual({ kind: "moved", to: "approved" });
		const saturday = Date.parse("2026-11-21T12:00:00Z");
		const later = { ...open, expiresAtMs: saturday + 1 };
		expect(judgeDecision(later, weekend, approve, saturday)).toEqual({ kind: "moved", to: "approved" });
	});

	it("but who may not decide is told that, whatever holds it", () => {
		const guest = examplePerson("P9", "guest");
		expect(
			judgeDecision(open, exampleRule(), { person: guest, verdict: "approve" }, NOW, { hold }),
		).toMatchObject({
			why: "forbidden",
		});
	});

	it("and nothing that is held ever moves towards a run, by any sequence of presses", () => {
		const press = fc.record({
			person: fc.constantFrom(anna, ben),
			verdict: fc.constantFrom("approve" as const, "deny" as const),
		});
		fc.assert(
			fc.property(
				fc.constantFrom(...APPROVAL_STATUSES),
				fc.array(press, { maxLength: 6 }),
				fc.boolean(),
				(status, presses, frozen) => {
					let approval = { ...open, status };
					if (!frozen) approval = { ...approval, preflight: { state: "pending", checks: [] } };
					for (const one of presses) {
						const effect = judgeDecision(approval, exampleRule(), one, NOW, {
							hold: frozen ? hold : undefined,
						});
						expect(effect.kind === "moved" && effect.to !== "denied").toBe(false);
						if (effect.kind === "moved") approval = { ...approval, status: effect.to };
					}
				},
			),
		);
	});
});

describe("who comes too late", () => {
	const at = (status: (typeof APPROVAL_STATUSES)[number], parts = {}) =>
		exampleApproval({ status, decisions: [exampleDecision(ben)], ...parts });

	it.each([
		["approved", "This request is already approved. person P2 decided it at {{time:2000}}."],
		["executing", "This request is already being carried out. person P2 decided it at {{time:2000}}."],
		[
			"unknown",
			"This request has already been carried out, with an unknown outcome. person P2 decided it at {{time:2000}}.",
		],
	] as const)("to one that is %s is told by whom and when", (status, text) => {
		expect(standingText(at(status), "P1")).toBe(text);
		expect(standingText(at(status), "P2")).toBe(text.replace("person P2", "You"));
	});

	it("to one that was cancelled or expired is told why, not who approved before", () => {
		const end = { outcome: "Cancelled by ben; nothing was changed.", endedAtMs: 5000 };
		expect(standingText(at("cancelled", end))).toBe(
			"This request was cancelled at {{time:5000}}. Cancelled by ben; nothing was changed.",
		);
		expect(standingText(at("cancelled"))).toBe("This request is already cancelled.");
	});
});

describe("cooldown and blast radius stand in the way of a press, not only of the run", () => {
	const rule = exampleRule({ cooldownMinutes: 10 });
	const [target] = open.plan.targets;
	const effect = {
		approvalId: "A-77",
		environment: open.plan.environment,
		targetId: target?.id ?? "",
		targetName: target?.name ?? "",
		intendedAtMs: NOW,
	};

	it.each([
		["begun", effect, "was changed"],
		["approved and not begun", { ...effect, ahead: true as const }, "is about to be changed by A-77"],
	])("of a target whose change is %s", (_words, one, words) => {
		const around = { effects: [one] };
		expect(judgeDecision(open, rule, approve, NOW, around)).toMatchObject({
			kind: "refused",
			why: "held",
			reason: expect.stringContaining(words),
		});
		expect(judgeDecision(open, rule, deny, NOW, around)).toEqual({ kind: "moved", to: "denied" });
		expect(decisionView(open, rule, anna, NOW, around)).toEqual({
			mayDecide: { allowed: true },
			held: expect.stringContaining(words),
		});
	});

	it("and a request is not in its own way", () => {
		const around = { effects: [{ ...effect, approvalId: open.id }] };
		expect(judgeDecision(open, rule, approve, NOW, around)).toEqual({ kind: "moved", to: "approved" });
		expect(decisionView(open, rule, anna, NOW, around)).toEqual({ mayDecide: { allowed: true } });
	});
});
