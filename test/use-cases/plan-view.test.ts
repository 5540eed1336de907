import type { Approval } from "../../src/domain/approval.ts";
import { ChatMessage } from "../../src/domain/chat-message.ts";
import type { Execution } from "../../src/domain/execution.ts";
import type { GuardSpec } from "../../src/domain/plan.ts";
import { drawUpApprovalChart, readApprovalChart } from "../../src/use-cases/approval-chart.ts";
import { approvalMessage } from "../../src/use-cases/approval-message.ts";
import { requestState } from "../../src/use-cases/incident-state.ts";
import { listProblem, planView } from "../../src/use-cases/plan-view.ts";
import { exampleApproval, examplePlan, exampleVerification } from "../fakes/example-approval.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { PREFLIGHT_MESSAGES, rebootPlan } from "../fixtures/preflight-messages.ts";

const MB = 1024 ** 2;
const plain = (value: unknown) => JSON.stringify(value).replaceAll("\u00a0", " ");
const guard: GuardSpec = {
	metric: "error rate",
	query: "errors",
	labels: {},
	unit: "percent",
	band: { low: Number.MIN_SAFE_INTEGER, high: 2 },
	forSeconds: 15,
};
const pending = (parts: Partial<Approval> = {}) =>
	exampleApproval({ preflight: { state: "pending", checks: [] }, ...parts });

describe("the plan on a card", () => {
	it("says what is watched meanwhile, and for how long where nothing has to come back", () => {
		const helped = (parts: Parameters<typeof examplePlan>[0]) =>
			planView(exampleApproval({ plan: examplePlan(parts) })).helpedIf.replaceAll("\u00a0", " ");
		expect(helped({ guards: [guard] })).toBe(
			"memory is at most 260 MB for 10 s within 1 min; watched meanwhile: error rate at most 2 %",
		);
		expect(helped({ guards: [guard], verification: undefined })).toBe(
			"its process runs again; it has no metrics to check; watched meanwhile for 1 min: error rate at most 2 %",
		);
		const doneIf = "something was freed by its own report";
		expect(helped({ doneIf, verification: undefined })).toBe(`${doneIf}; it has no metrics to check`);
		const within = { ...guard, metric: "healthy targets", band: { low: 2, high: 4 } };
		expect(helped({ guards: [within, guard, guard, guard, guard] })).toContain(
			"healthy targets within 2–4 %, error rate at most 2 %, error rate at most 2 %, and 2 more",
		);
	});

	it("says where it is, what undoing means, and what was checked by whom", () => {
		const approval = exampleApproval({
			plan: examplePlan({ region: "eu-west-1", account: "123456789012", reversal: "irreversible" }),
			preflight: { state: "passed", checks: [{ verdict: "pass", text: "AWS allows it" }] },
		});
		const view = planView(approval);
		expect(view).toMatchObject({
			where: "eu-west-1, account 123456789012",
			undoing: "can't be undone",
			checks: [{ text: "Running as process 100" }, { text: "AWS allows it" }],
		});
		expect(planView(exampleApproval()).where).toBeUndefined();
	});

	it("case 25: names five targets of many with the ids, their count, and where all of them are", () => {
		const view = planView(exampleApproval({ plan: rebootPlan(42) }));
		expect(view.targets).toMatchObject({ count: 42, path: "/approvals/A-1" });
		expect(view.targets?.shown).toHaveLength(5);
		expect(view.targets?.shown[0]).toMatch(/^worker-1 \(i-[0-9a-f]{17}\)$/);
		expect(planView(exampleApproval()).targets).toEqual({
			count: 1,
			shown: ["checkout"],
			path: "/approvals/A-1",
		});
	});

	it("case 25: may be approved where the list is whole, or an address leads to all of it", () => {
		expect(listProblem(5, undefined)).toBeUndefined();
		expect(listProblem(42, "https://ops.example.com")).toBeUndefined();
		expect(listProblem(42, undefined)).toBe(
			"The list of 42 targets is too long for this card, and no public address leads to all of it. Approve it in the console, which shows it whole.",
		);
	});
});

describe("a request that AWS is to be asked about", () => {
	it("has no buttons until it was, and says what it waits for", () => {
		const message = approvalMessage({ approval: pending() }, 2000);
		expect(message).toMatchObject({
			state: { kind: "investigating", text: "Checking with AWS" },
			text: "AWS is asked whether it would allow this.",
			buttons: [],
		});
	});

	it("says after 10 s that the executor does not answer", () => {
		expect(requestState(pending(), 10_999).text).toBe("Checking with AWS");
		const late = approvalMessage({ approval: pending() }, 15_000);
		expect(late).toMatchObject({ state: { kind: "blind", text: "AWS could not be asked yet" }, buttons: [] });
		expect(late.text).toBe(
			"The executor has not answered for 14 s. It asks AWS before anybody can decide; see that it runs. The request goes on by itself.",
		);
	});

	it("can be decided once it passed", () => {
		const passed = pending({ preflight: { state: "passed", checks: [] } });
		expect(approvalMessage({ approval: passed }, 15_000).buttons.map(({ label }) => label)).toEqual([
			"Approve restart",
			"Deny",
		]);
	});

	it("that was denied by AWS can only be asked for again, and says what to add", () => {
		const message = PREFLIGHT_MESSAGES["preflight-permission"];
		expect(message).toMatchObject({
			state: { kind: "cancelled", text: "Stopped by a check" },
			buttons: [{ action: "say", label: "Ask again", text: "propose reboot-instance instance=worker-1" }],
		});
		expect(message.text).toContain(
			"Add the statement below to the policy of the executor's role, then ask again.",
		);
		expect(JSON.parse(message.plan?.statement ?? "")).toMatchObject({ Action: ["ec2:RebootInstances"] });
		expect(message.loop.map(({ name }) => name)).toEqual(["Proposed", "Not asked", "Ran", "Verified"]);
	});

	it("that its own plan rules out says so, and that a person took it back does not", () => {
		expect(PREFLIGHT_MESSAGES["preflight-maximum"]).toMatchObject({
			state: { text: "Stopped by a check" },
			buttons: [{ action: "say", label: "Ask again" }],
		});
		expect(requestState(exampleApproval({ status: "cancelled" }), 2000).text).toBe("Cancelled");
	});
});

const startMs = 1_000_000;
const called: Execution = {
	id: "X-1",
	approvalId: "A-1",
	status: "called",
	intendedAtMs: startMs,
	finishedAtMs: startMs + 2000,
	before: {
		value: 800 * MB,
		samples: Array.from({ length: 12 }, (_, i) => ({ t: startMs - 2000 * (11 - i), v: (780 + 2 * i) * MB })),
	},
};

describe("the card after a change", () => {
	it("has before and after, what doing nothing would have led to, and the guard that got worse", () => {
		const approval = exampleApproval({
			status: "rolled_back",
			plan: examplePlan({ title: "Scale web 4 → 6", guards: [guard] }),
			outcome: "It made things worse and was taken back: set back to 4.",
			endedAtMs: startMs + 60_000,
		});
		const execution: Execution = {
			...called,
			verification: {
				verdict: "worse",
				reason: "error rate has been 5 % for 15 s since the change",
				insideForSeconds: 0,
				lastValue: 500 * MB,
				checkedAtMs: startMs + 60_000,
				doNothing: { value: 900 * MB, compared: "better" },
				guards: [
					{ metric: "error rate", state: "worse", reason: "it is 5 %", outsideForSeconds: 15, lastValue: 5 },
				],
			},
		};
		const message = approvalMessage({ approval, execution }, startMs + 61_000);
		expect(ChatMessage.parse(message)).toEqual(message);
		expect(JSON.parse(plain(message.facts))).toEqual([
			{ label: "Before", value: "800 MB", note: `at {{time:${startMs}}}` },
			{ label: "After", value: "500 MB", note: "expected at most 260 MB" },
			{ label: "If nothing had been done", value: "900 MB", note: "the change made it better" },
			{ label: "Error rate", value: "5 %", note: "allowed at most 2 %" },
		]);
		expect(message.title).toBe("Scale web 4 → 6: made it worse");
		expect(message.text).toContain("was taken back: set back to 4.");
	});

	it.each([
		["not_helped", "rolled_back", "Restart checkout: did not help"],
		["worse", "rollback_failed", "Restart checkout: could not be taken back"],
		["not_helped", "failed", "Restart checkout"],
	] as const)("that was judged %s and is %s has the title %s", (verdict, status, title) => {
		const verification = { verdict, reason: "", insideForSeconds: 0, checkedAtMs: 1 };
		const approval = exampleApproval({ status, outcome: "So it went.", endedAtMs: 2 });
		expect(approvalMessage({ approval, execution: { ...called, verification } }, 3).title).toBe(title);
	});

	it("has a chart with the band, the change, its undoing and the forecast of doing nothing", async () => {
		const approval = exampleApproval({
			status: "rolled_back",
			plan: examplePlan({ doneLabel: "4 → 6" }),
			outcome: "Taken back.",
			endedAtMs: startMs + 60_000,
		});
		const metrics = fakeMetrics();
		metrics.show({ labels: { job: "checkout" }, at: () => 800 * MB });
		const chart = await readApprovalChart(metrics, { approval, execution: called }, startMs + 90_000);
		expect(chart).toMatchObject({
			title: "Memory of checkout",
			unit: "bytes",
			endMs: startMs + 90_000,
			actions: [
				{ t: startMs, label: `4 → 6 {{time:${startMs}}}` },
				{ t: startMs + 60_000, label: `taken back {{time:${startMs + 60_000}}}` },
			],
			forecast: { label: "if nothing had been done" },
		});
		expect(chart?.lines[0]?.points.length).toBeGreaterThan(20);
		expect(chart?.forecast?.points.at(-1)?.v).toBeGreaterThan(820 * MB);
		expect(plain(chart?.alt)).toContain("800 MB before the change at");
		expect(plain(chart)).not.toMatch(/NaN|undefined/);
	});

	it("has a chart with the checked span where it helped, also with open bands and no samples", () => {
		const spec = exampleVerification({
			band: { low: 40, high: Number.MAX_SAFE_INTEGER },
			unit: "per_second",
		});
		const approval = exampleApproval({ status: "succeeded", endedAtMs: startMs + 20_000 });
		const read = { samples: [], stepMs: 2000, startMs: startMs - 60_000, endMs: startMs + 60_000 };
		const chart = drawUpApprovalChart({ approval, execution: called }, spec, called, read);
		expect(chart.checked).toMatchObject({ startMs: startMs + 2000, endMs: startMs + 20_000 });
		expect(chart.band?.points[0]).toMatchObject({ low: 40, high: 44 });
		expect(chart.alt).toBe("Memory of checkout. No samples in this span.");
	});

	it("has its chart also where it is for an incident", async () => {
		const approval = exampleApproval({
			status: "succeeded",
			incidentId: "INC-1",
			endedAtMs: startMs + 20_000,
		});
		const metrics = fakeMetrics();
		metrics.show({ labels: { job: "checkout" }, at: () => 240 * MB });
		const chart = await readApprovalChart(metrics, { approval, execution: called }, startMs + 30_000);
		expect(chart?.lines[0]?.points.length).toBeGreaterThan(20);
	});

	it("has no chart before the call, or without a metric", async () => {
		const metrics = fakeMetrics();
		const approval = exampleApproval();
		expect(await readApprovalChart(metrics, { approval }, startMs)).toBeUndefined();
		const blind = exampleApproval({ plan: examplePlan({ verification: undefined }) });
		expect(await readApprovalChart(metrics, { approval: blind, execution: called }, startMs)).toBeUndefined();
	});
});
