import { APPROVAL_STATUSES, type ApprovalStatus, isPending } from "../../src/domain/approval.ts";
import { ChatMessage } from "../../src/domain/chat-message.ts";
import type { Execution } from "../../src/domain/execution.ts";
import { approvalMessage } from "../../src/use-cases/approval-message.ts";
import { incidentMessage } from "../../src/use-cases/incident-message.ts";
import { exampleAlert } from "../fakes/example-alert.ts";
import {
	exampleApproval,
	exampleDecision,
	examplePerson,
	examplePlan,
	exampleRule,
} from "../fakes/example-approval.ts";
import { exampleAnomaly, exampleIncident, exampleWatch } from "../fakes/example-watch.ts";

const MB = 1024 ** 2;
const input = {
	incident: exampleIncident(),
	anomalies: [exampleAnomaly()],
	watches: [exampleWatch()],
	queries: [{ id: "q1", query: "up", purpose: "watch checkout-memory", span: "now" }],
	nowMs: 716_000,
};
const called: Execution = {
	id: "X-1",
	approvalId: "A-1",
	status: "called",
	intendedAtMs: 100_000,
	finishedAtMs: 102_000,
	result: "Restarted checkout in 1.2 s: process 100 → 101",
	before: { value: 804 * MB, samples: [] },
	verification: {
		verdict: "helped",
		reason: "memory is back at 231 MB",
		insideForSeconds: 10,
		lastValue: 231 * MB,
		checkedAtMs: 120_000,
	},
};
const decided = (status: ApprovalStatus, outcome?: string) =>
	exampleApproval({
		status,
		incidentId: "INC-1",
		decisions: status === "proposed" ? [] : [exampleDecision(examplePerson())],
		...(outcome ? { outcome, endedAtMs: 130_000 } : {}),
	});
const plain = (text: unknown) => JSON.stringify(text).replaceAll("\u00a0", " ");

describe("the message of an incident", () => {
	it("fits the shape of messages in every state of its request", () => {
		for (const status of APPROVAL_STATUSES)
			for (const execution of [undefined, called]) {
				const request = { approval: decided(status), ...(execution ? { execution } : {}) };
				const message = incidentMessage({ ...input, request });
				expect(ChatMessage.parse(message)).toEqual(message);
				expect(message.facts.length).toBeLessThanOrEqual(4);
				expect(message.buttons.length).toBeLessThanOrEqual(3);
				expect(message.title?.length).toBeLessThanOrEqual(90);
				expect(plain(message)).not.toMatch(/NaN|undefined|!/);
			}
	});

	it("gives every number its expectation and its query", () => {
		const { facts } = incidentMessage(input);
		expect(JSON.parse(plain(facts))).toEqual([
			{ label: "Memory now", value: "804 MB", note: "expected 190–260 MB", queryId: "q1" },
			{ label: "Abnormal for", value: "11 min", note: "since {{time:56000}}" },
			{ label: "Highest", value: "804 MB", note: "since it became abnormal", queryId: "q1" },
		]);
	});

	it("of a value inside its band says how long it is abnormal, and its extreme with the newest value", () => {
		const watch = exampleWatch({ metric: "big", unit: "count" });
		const lead = { band: { low: 8.98, high: 10.9 }, value: 9.84, peak: 10.3 };
		const facts = (parts: Parameters<typeof exampleAnomaly>[0]) =>
			incidentMessage({ ...input, watches: [watch], anomalies: [exampleAnomaly({ ...lead, ...parts })] })
				.facts;
		expect(facts({})).toEqual([
			{ label: "Big now", value: "9.84", note: "expected 8.98–10.9", queryId: "q1" },
			{ label: "Abnormal for", value: "11 min", note: "since {{time:56000}}" },
			{ label: "Highest", value: "10.3", note: "since it became abnormal", queryId: "q1" },
		]);
		expect(facts({ value: 9.2 })[2]).toMatchObject({ label: "Lowest", value: "9.2" });
		expect(facts({ peak: 7 })[2]).toMatchObject({ label: "Lowest", value: "7" });
	});

	it("after the change shows before and after", () => {
		const approval = decided("succeeded", "Verified: memory is back at 231 MB.");
		const { facts, text } = incidentMessage({ ...input, request: { approval, execution: called } });
		expect(facts.map((fact) => `${fact.label} ${fact.value.replace("\u00a0", " ")}`)).toEqual([
			"Before 804 MB",
			"After 231 MB",
			"Abnormal for 11 min",
		]);
		expect(text).toContain("Verified: memory is back at 231 MB.");
	});

	it("does not call a value from before the change the one after it", () => {
		const { verification: _none, ...unchecked } = called;
		const approval = decided("verifying");
		const stale = exampleAnomaly({ lastSeenAtMs: 101_000 });
		const labels = (anomalies: readonly ReturnType<typeof exampleAnomaly>[]) =>
			incidentMessage({ ...input, anomalies, request: { approval, execution: unchecked } }).facts.map(
				(fact) => fact.label,
			);
		expect(labels([stale])).toEqual(["Before", "Abnormal for"]);
		expect(labels([exampleAnomaly({ lastSeenAtMs: 104_000 })])).toEqual(["Before", "After", "Abnormal for"]);
	});

	it("counts how long the metric must hold while it is checked", () => {
		const checking = {
			...called,
			verification: { ...called.verification, insideForSeconds: 4 },
		} as Execution;
		const { text } = incidentMessage({
			...input,
			request: { approval: decided("verifying"), execution: checking },
		});
		expect(plain(text)).toContain("Checking: memory must be at most 260 MB for 10 s, so far 4 s.");
	});

	it.each<[ApprovalStatus, Execution | undefined, Parameters<typeof exampleIncident>[0], string]>([
		["proposed", undefined, {}, "checkout: memory is over three times its usual level and rising"],
		["failed", undefined, {}, "checkout: not run, nothing was changed"],
		["failed", called, {}, "checkout: a restart did not help"],
		[
			"succeeded",
			called,
			{ status: "resolved", outcome: "remediated" },
			"checkout: memory is back inside its band after a restart",
		],
		[
			"denied",
			undefined,
			{ status: "resolved", outcome: "recovered" },
			"checkout: memory is back inside its band by itself",
		],
		[
			"unknown",
			{ ...called, status: "unknown" },
			{ status: "resolved", outcome: "recovered" },
			"checkout: memory is back inside its band",
		],
		[
			"denied",
			undefined,
			{
				status: "resolved",
				outcome: "recovered",
				timeline: [
					{
						atMs: 9,
						kind: "ended",
						text: "Came back after Restart checkout (A-6)",
						after: { approvalId: "A-6", title: "Restart checkout" },
					},
				],
			},
			"checkout: memory is back inside its band after Restart checkout (A-6)",
		],
	])("of a request that is %s says so in its title (%#)", (status, execution, parts, title) => {
		const request = { approval: decided(status), ...(execution ? { execution } : {}) };
		expect(incidentMessage({ ...input, incident: exampleIncident(parts), request }).title).toBe(title);
	});

	it("is back to normal, and not inside its band, where it never left that", () => {
		const { title } = incidentMessage({
			...input,
			incident: exampleIncident({ status: "resolved", outcome: "recovered" }),
			anomalies: [exampleAnomaly({ value: 240 * MB, peak: 242 * MB, closedAtMs: 700_000 })],
		});
		expect(title).toBe("checkout: memory is back to normal by itself");
	});

	it("does not say that a change did not help where no sample shows it", () => {
		const unseen = {
			...called,
			verification: {
				verdict: "not_helped",
				reason: "no samples",
				insideForSeconds: 0,
				notShown: true,
				checkedAtMs: 1,
			},
		} as Execution;
		const { title } = incidentMessage({
			...input,
			request: { approval: decided("failed"), execution: unseen },
		});
		expect(title).toBe("checkout: a restart is not shown to have helped");
	});

	it("tells why people decided as they did, after what came of it", () => {
		const anna = { ...exampleDecision(examplePerson("P1", "operator", "anna"), "deny"), reason: "419 comes" };
		const approval = { ...decided("denied", "Denied by anna; nothing was changed."), decisions: [anna] };
		const { text } = incidentMessage({ ...input, request: { approval } });
		expect(text?.split("\n").slice(-2)).toEqual([
			"Denied by anna; nothing was changed.",
			"anna on why they denied: 419 comes",
		]);
	});

	it("names who approved once it is over", () => {
		const people = ["anna", "ben"].map((name) => exampleDecision(examplePerson(name, "operator", name)));
		const approval = { ...decided("succeeded", "Verified."), decisions: people };
		const incident = exampleIncident({ status: "resolved", outcome: "remediated" });
		const { text } = incidentMessage({ ...input, incident, request: { approval, execution: called } });
		expect(text).toMatch(/\nVerified\.\nApproved by anna and ben\.$/);
		const alone = approvalMessage({ approval, execution: called }, 130_000).text;
		expect(alone).toBe("Verified.\nApproved by anna and ben.");
	});

	it("of alerts alone promises no proposal, and speaks of them in the past once they are over", () => {
		const seen = { atMs: 60_000, kind: "seen", text: "The alert A1 fires" } as const;
		const incident = exampleIncident({ timeline: [seen, { ...seen, kind: "explained" }], title: "web: a" });
		const firing = [exampleAlert({ name: "A1", startsAtMs: 60_000, annotations: {} })];
		const parts = { ...input, anomalies: [], queries: [] };
		const open = incidentMessage({ ...parts, incident, alerts: firing });
		expect(open.text).toBe("The alert A1 has been firing since {{time:60000}}.");
		expect(open.loop.map(({ name, state }) => `${name} ${state}`)).toEqual(["Seen done", "Explained done"]);
		const over = ["A1", "A2"].map((name) =>
			exampleAlert({ id: name, name, startsAtMs: 60_000, resolvedAtMs: 90_000 }),
		);
		const card = incidentMessage({
			...parts,
			incident: { ...incident, status: "resolved", outcome: "recovered", resolvedAtMs: 98_000 },
			alerts: over,
		});
		expect(card.title).toBe("checkout: A1 and A2 are resolved");
		expect(card.text).toBe("The alerts A1 and A2 fired from {{time:60000}} to {{time:90000}}.");
		expect(card.facts[1]).toMatchObject({ label: "It lasted", value: "38 s" });
	});

	it("of a watch that names no remediation ends its loop at Explained", () => {
		const { remediation: _none, ...watch } = exampleWatch();
		const last = (watches: readonly ReturnType<typeof exampleWatch>[]) =>
			incidentMessage({ ...input, watches }).loop.at(-1)?.name;
		expect([last([watch]), last([exampleWatch()])]).toEqual(["Explained", "Verified"]);
	});

	it("of a blind incident has no numbers, and ends when values come again", () => {
		const blind = exampleIncident({ kind: "blind", title: "checkout: metrics stopped coming" });
		const open = incidentMessage({ ...input, incident: blind, anomalies: [], queries: [] });
		expect(open).toMatchObject({ facts: [], state: { kind: "blind", text: "No data" } });
		const over = { ...blind, status: "resolved", outcome: "recovered" } as const;
		expect(incidentMessage({ ...input, incident: over, anomalies: [], queries: [] })).toMatchObject({
			title: "checkout: values come again",
			state: { kind: "resolved", text: "Resolved" },
		});
	});
});

describe("the buttons", () => {
	it("carry an approval id and nothing else, and are there while people can decide", () => {
		for (const status of APPROVAL_STATUSES) {
			const { buttons } = incidentMessage({ ...input, request: { approval: decided(status) } });
			const decide = buttons.filter((button) => button.action === "approve" || button.action === "deny");
			expect(decide.length).toBe(isPending(status) ? 2 : 0);
			for (const button of decide)
				expect(Object.keys(button).toSorted()).toEqual(["action", "approvalId", "label"]);
		}
	});

	it("are verb and object, and asking again keeps the name of the target as it is", () => {
		const approval = exampleApproval({
			status: "expired",
			plan: examplePlan({ title: "Restart Checkout-API" }),
		});
		const { buttons } = incidentMessage({ ...input, request: { approval } });
		expect(buttons).toEqual([{ action: "say", label: "Ask again", text: "restart Checkout-API" }]);
		const open = incidentMessage({ ...input, request: { approval: exampleApproval() } }).buttons;
		expect(open.map((button) => button.label)).toEqual(["Approve restart", "Deny"]);
	});

	it("do not ask again once the incident is over", () => {
		const incident = exampleIncident({ status: "resolved", outcome: "recovered" });
		expect(
			incidentMessage({ ...input, incident, request: { approval: decided("expired") } }).buttons,
		).toEqual([]);
	});
});

describe("the plan on a card", () => {
	it("says who must decide, and where one may decide on an own request", () => {
		const note = (parts: Parameters<typeof exampleRule>[0], environment = "local") =>
			approvalMessage(
				{ approval: exampleApproval({ rule: exampleRule(parts), plan: examplePlan({ environment }) }) },
				2000,
			).plan?.note;
		expect(note({})).toBe("Needs 1 admin or operator, not the one who asked.");
		expect(note({ quorum: 2, approveRoles: ["admin"] })).toBe("Needs 2 admins, not the one who asked.");
		expect(note({ selfApproval: true })).toBe(
			"You may approve your own request here: the environment is local.",
		);
		expect(note({ selfApproval: true }, "staging")).toContain("the environment is staging");
	});

	it("names the check, its times, its hash and its expiry while it is open", () => {
		const message = approvalMessage({ approval: exampleApproval() }, 2000);
		expect(JSON.parse(plain(message.plan))).toMatchObject({
			takes: "about 2 s",
			helpedIf: "memory is at most 260 MB for 10 s within 1 min",
			approved: 0,
			quorum: 1,
			expiresAtMs: 901_000,
		});
		expect(message.footer).toEqual(["Expires {{time:901000}}", "plan 0123 4567", "without a language model"]);
		const denied = decided("denied", "Denied by person P1; nothing was changed.");
		const ended = approvalMessage({ approval: denied }, 131_000);
		expect(ended.plan?.expiresAtMs).toBeUndefined();
		expect(ended.text).toBe("Denied by person P1; nothing was changed.");
	});
});
