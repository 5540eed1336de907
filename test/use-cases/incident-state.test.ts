import { APPROVAL_STATUSES, type ApprovalStatus } from "../../src/domain/approval.ts";
import { LoopStep, MessageState } from "../../src/domain/chat-message.ts";
import type { Execution } from "../../src/domain/execution.ts";
import type { TimelineEntry } from "../../src/domain/incident.ts";
import { incidentState, loopOf, requestState } from "../../src/use-cases/incident-state.ts";
import {
	exampleApproval,
	exampleDecision,
	examplePerson,
	examplePlan,
	exampleRule,
} from "../fakes/example-approval.ts";
import { exampleIncident } from "../fakes/example-watch.ts";

const called: Execution = {
	id: "X-1",
	approvalId: "A-1",
	status: "called",
	intendedAtMs: 5000,
	finishedAtMs: 6000,
};
const seen: TimelineEntry = { atMs: 1000, kind: "seen", text: "memory left its band" };
const explained: TimelineEntry = { atMs: 2000, kind: "explained", text: "memory moved first" };
const incident = exampleIncident({ timeline: [seen, explained] });
const at = (status: ApprovalStatus) =>
	exampleApproval({
		status,
		createdAtMs: 3000,
		...(status === "proposed" ? {} : { decisions: [{ ...exampleDecision(examplePerson()), atMs: 4000 }] }),
		...(status === "expired" || status === "cancelled" ? { decisions: [] } : {}),
		endedAtMs: 9000,
	});
/** The rail as a line: ✓ done, > now, . ahead, and the word of an end in capitals. */
const rail = (status: ApprovalStatus | undefined, execution?: Execution, of = incident) => {
	const request = status && { approval: at(status), ...(execution ? { execution } : {}) };
	const marks = { done: "✓", now: ">", ahead: ".", ended: "!", failed: "x", back: "<", unknown: "?" };
	return loopOf(of, request)
		.map((step) => `${marks[LoopStep.parse(step).state]}${step.name}`)
		.join(" ");
};

describe("the loop rail", () => {
	it.each<[ApprovalStatus | undefined, Execution | undefined, string]>([
		[undefined, undefined, "✓Seen ✓Explained >Proposed .Approved .Ran .Verified"],
		["proposed", undefined, "✓Seen ✓Explained ✓Proposed >Approved .Ran .Verified"],
		["partly_approved", undefined, "✓Seen ✓Explained ✓Proposed >Approved .Ran .Verified"],
		["approved", undefined, "✓Seen ✓Explained ✓Proposed ✓Approved >Ran .Verified"],
		["executing", { ...called, status: "intended" }, "✓Seen ✓Explained ✓Proposed ✓Approved >Ran .Verified"],
		["verifying", called, "✓Seen ✓Explained ✓Proposed ✓Approved ✓Ran >Verified"],
		["succeeded", called, "✓Seen ✓Explained ✓Proposed ✓Approved ✓Ran !Verified"],
		["failed", called, "✓Seen ✓Explained ✓Proposed ✓Approved ✓Ran xFailed"],
		["failed", undefined, "✓Seen ✓Explained ✓Proposed ✓Approved xFailed .Verified"],
		["rolled_back", called, "✓Seen ✓Explained ✓Proposed ✓Approved ✓Ran <Back"],
		["rollback_failed", called, "✓Seen ✓Explained ✓Proposed ✓Approved ✓Ran xFailed"],
		["unknown", { ...called, status: "unknown" }, "✓Seen ✓Explained ✓Proposed ✓Approved ?Unknown .Verified"],
		["denied", undefined, "✓Seen ✓Explained ✓Proposed .Denied .Ran .Verified"],
		["expired", undefined, "✓Seen ✓Explained ✓Proposed .Expired .Ran .Verified"],
	])("of a request that is %s", (status, execution, line) => {
		expect(rail(status, execution)).toBe(line);
	});

	it("ends as not checked where nothing was measured, and nothing says that it was verified", () => {
		const plan = examplePlan({ verification: undefined, guards: [] });
		const approval = { ...at("succeeded"), plan };
		expect(loopOf(incident, { approval, execution: called }).at(-1)).toMatchObject({
			name: "Not checked",
			state: "ahead",
		});
		expect(requestState(approval)).toEqual({ kind: "info", text: "Done, not checked" });
	});

	it("of an incident that came back by itself points at nothing", () => {
		const over = exampleIncident({ status: "resolved", outcome: "recovered", timeline: [seen] });
		expect(rail(undefined, undefined, over)).toBe("✓Seen .Explained .Proposed .Approved .Ran .Verified");
	});

	it("carries the times, and how many have approved", () => {
		const notes = loopOf(incident, { approval: at("proposed") }).map((step) => step.note);
		expect(notes).toEqual([
			"{{time:1000}}",
			"{{time:2000}}",
			"{{time:3000}}",
			"0 of 1",
			undefined,
			undefined,
		]);
	});

	it("ends at Explained where nothing will be proposed, and goes on once something was", () => {
		const line = (of: typeof incident, status?: ApprovalStatus) =>
			loopOf(of, status && { approval: at(status) }, false)
				.map(({ name, state }) => `${name} ${state}`)
				.join(", ");
		expect(line(incident)).toBe("Seen done, Explained done");
		expect(line({ ...incident, status: "resolved" })).toBe("Seen done, Explained done");
		expect(line(exampleIncident({ timeline: [seen] }))).toBe("Seen done, Explained now");
		expect(line(exampleIncident({ kind: "blind", timeline: [seen] }))).toBe("Seen done");
		expect(line(incident, "proposed")).toContain("Proposed done, Approved now");
	});

	it("of a request without an incident begins with the proposal", () => {
		expect(loopOf(undefined, { approval: at("proposed") }).map((step) => step.name)).toEqual([
			"Proposed",
			"Approved",
			"Ran",
			"Verified",
		]);
	});
});

describe("the state of a card", () => {
	it("has a kind and words for every state of a request", () => {
		for (const status of APPROVAL_STATUSES) {
			const { kind, text } = requestState(at(status));
			expect(MessageState.options).toContain(kind);
			expect(text).toMatch(/^[A-Z][a-z0-9 ,]+$/);
		}
	});

	it("counts the approvals that are there", () => {
		const approval = exampleApproval({
			status: "partly_approved",
			rule: exampleRule({ quorum: 2 }),
			decisions: [exampleDecision(examplePerson())],
		});
		expect(requestState(approval)).toEqual({ kind: "waiting", text: "Waiting for approval, 1 of 2" });
	});

	it("names the step of an incident without a request", () => {
		expect(incidentState(exampleIncident({ timeline: [seen] }), undefined).kind).toBe("investigating");
		expect(incidentState(incident, undefined)).toEqual({ kind: "anomaly", text: "Anomaly" });
	});

	it.each<[ApprovalStatus | undefined, Execution | undefined, string]>([
		[undefined, undefined, "Recovered by itself"],
		["denied", undefined, "Recovered by itself"],
		["unknown", { ...called, status: "unknown" }, "Resolved"],
		["failed", { ...called, status: "failed" }, "Recovered by itself"],
		["failed", called, "Resolved"],
	])("of an incident that recovered with a request that is %s (%#)", (status, execution, text) => {
		const over = exampleIncident({ status: "resolved", outcome: "recovered" });
		const request = status && { approval: at(status), ...(execution ? { execution } : {}) };
		expect(incidentState(over, request)).toEqual({ kind: "resolved", text });
	});

	it("of an incident that came back after a change that was asked for by hand is not by itself", () => {
		const after = { approvalId: "A-6", title: "Restart checkout" };
		const over = exampleIncident({
			status: "resolved",
			outcome: "recovered",
			timeline: [seen, { atMs: 9, kind: "ended", text: "Came back after it", after }],
		});
		expect(incidentState(over, undefined)).toEqual({ kind: "resolved", text: "Resolved" });
	});
});
