import { APPROVAL_STATUSES, type ApprovalStatus } from "../../src/domain/approval.ts";
import { judgeEnd, resolve } from "../../src/use-cases/end-incident.ts";
import { exampleAlert } from "../fakes/example-alert.ts";
import { exampleApproval, examplePlan, exampleVerification } from "../fakes/example-approval.ts";
import { exampleAnomaly, exampleIncident } from "../fakes/example-watch.ts";

const closed = exampleAnomaly({ closedAtMs: 100_000 });

describe("an incident", () => {
	it("is not over while a finding is open", () => {
		expect(judgeEnd([closed, exampleAnomaly({ id: "AN-2" })], [])).toEqual({
			ended: false,
			reason: "1 finding is still open",
		});
	});

	it("is not over while an alert fires", () => {
		const [firing, over] = [exampleAlert(), exampleAlert({ resolvedAtMs: 1_700_000_100_000 })];
		expect(judgeEnd([closed], [], [firing, over])).toEqual({ ended: false, reason: "1 alert still fires" });
		expect(judgeEnd([], [], [firing, firing])).toEqual({ ended: false, reason: "2 alerts still fire" });
		expect(judgeEnd([], [], [over])).toEqual({ ended: true, outcome: "recovered" });
	});

	it("is not over while something is approved or running for it", () => {
		const waits = (status: ApprovalStatus) => !judgeEnd([closed], [exampleApproval({ status })]).ended;
		expect(APPROVAL_STATUSES.filter(waits)).toEqual(["approved", "executing", "verifying"]);
	});

	it("is over by a remediation if one was verified, else by itself", () => {
		expect(judgeEnd([closed], [])).toEqual({ ended: true, outcome: "recovered" });
		const failed = exampleApproval({ status: "failed" });
		expect(judgeEnd([closed], [failed])).toEqual({ ended: true, outcome: "recovered" });
		const succeeded = exampleApproval({ status: "succeeded", endedAtMs: 105_000 });
		expect(judgeEnd([closed], [failed, succeeded])).toEqual({ ended: true, outcome: "remediated" });
	});

	it("is not over by a remediation that another metric verified, or that ended long before", () => {
		const other = exampleApproval({
			status: "succeeded",
			endedAtMs: 105_000,
			plan: examplePlan({ verification: exampleVerification({ watch: "up" }) }),
		});
		expect(judgeEnd([closed], [other])).toEqual({ ended: true, outcome: "recovered" });
		const longAgo = exampleApproval({ status: "succeeded", endedAtMs: 105_000 });
		const later = { ...closed, closedAtMs: 3_600_000 };
		expect(judgeEnd([later], [longAgo])).toEqual({ ended: true, outcome: "recovered" });
	});

	it("that ends gets its outcome and a last entry", () => {
		const incident = exampleIncident();
		expect(resolve(incident, "remediated", 5)).toEqual({
			...incident,
			status: "resolved",
			outcome: "remediated",
			resolvedAtMs: 5,
			timeline: [
				...incident.timeline,
				{ atMs: 5, kind: "ended", text: "Back to normal after the remediation" },
			],
		});
	});
});
