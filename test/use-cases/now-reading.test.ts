import type { Approval } from "../../src/domain/approval.ts";
import { clockText, replaceTimes } from "../../src/domain/time-text.ts";
import { type NowInputs, nowReading } from "../../src/use-cases/now-reading.ts";
import {
	anApproval,
	anIncident,
	aReading,
	MINUTE_MS,
	NOW_MS,
	olga,
	plan,
} from "../handlers/support/samples.ts";

const well = (count: number) => Array.from({ length: count }, (_, n) => aReading({ name: `watch-${n}` }));

function read(parts: Partial<NowInputs> = {}) {
	const reading = nowReading({
		nowMs: NOW_MS,
		open: [],
		pending: [],
		unknown: [],
		ended: [],
		resolved: [],
		watches: well(7),
		troubled: [],
		firstRun: { startedInSeconds: 3.8, demo: false, broken: false },
		...parts,
	});
	const shown = (text: string) => replaceTimes(text, (atMs) => clockText(atMs, NOW_MS, "UTC"));
	return { ...reading, sentence: shown(reading.sentence), lead: shown(reading.lead) };
}

/** An open incident with its requests, and those that wait. */
function withIncident(approvals: readonly Approval[] = [], incident = anIncident()): Partial<NowInputs> {
	const pending = approvals.filter(({ status }) => status === "proposed" || status === "partly_approved");
	return { open: [{ incident, approvals }], pending };
}

const approve = { person: olga, verdict: "approve", atMs: NOW_MS } as const;

describe("when nothing is open", () => {
	test("nothing needs you, and the last incident is named", () => {
		const resolved = [
			anIncident({ id: "INC-3", status: "resolved", resolvedAtMs: NOW_MS - 309 * MINUTE_MS }),
			anIncident({ id: "INC-2", status: "resolved", resolvedAtMs: NOW_MS - 9000 * MINUTE_MS }),
		];
		expect(read({ resolved })).toMatchObject({
			sentence: "Nothing needs you.",
			lead: "All 7 watches are inside their expected bands. The last incident, INC-3 of checkout, was resolved at Thu 21:38 and has held for 5 h 9 min.",
			watchesInside: 7,
			watchesTotal: 7,
			openIncidents: 0,
		});
		expect(read().lead).toBe("All 7 watches are inside their expected bands.");
		expect(read({ watches: well(1) }).lead).toBe("The one watch is inside its expected band.");
	});

	test("watches that still learn are said", () => {
		const young = aReading({ name: "young", state: "learning", progress: 0.4 });
		expect(read({ watches: [...well(6), young] })).toMatchObject({
			sentence: "Nothing needs you.",
			lead: "6 of 7 watches show nothing abnormal. young still learns.",
		});
		expect(read({ watches: [...well(5), young, { ...young }] }).lead).toContain("Two watches still learn.");
	});

	test("while all learn, nothing is called abnormal, and the wait for the first is said", () => {
		const learning = (samples: number) =>
			aReading({ name: `l-${samples}`, state: "learning", progress: samples / 45, samples });
		expect(read({ watches: [learning(18), learning(17)] })).toMatchObject({
			sentence: "Learning what normal looks like.",
			lead: "The first watch can be scored in about 54 s. Until then nothing is called abnormal.",
		});
		const unseen = aReading({ state: "learning", progress: 0, samples: 0, samplesNeeded: 0 });
		expect(read({ watches: [unseen] }).lead).toBe(
			"The first samples have not come yet. Until then nothing is called abnormal.",
		);
	});

	test("a watch that can't be scored is not quiet", () => {
		const failed = aReading({
			name: "host-disk",
			state: "failed",
			problem: "The metric node_disk is not there.",
		});
		expect(read({ watches: [...well(6), failed] })).toMatchObject({
			sentence: "host-disk can't be scored.",
			lead: "The metric node_disk is not there. 6 of 7 watches show nothing abnormal.",
		});
	});

	test("old scores are not taken for health", () => {
		const stale = aReading({ name: "host-cpu", lastScoredAtMs: NOW_MS - 16 * MINUTE_MS });
		expect(read({ watches: [...well(6), stale] })).toMatchObject({
			sentence: "Nothing new is known since 02:31.",
			lead: "host-cpu has not been scored since. 6 of 7 watches show nothing abnormal.",
			watchesInside: 6,
		});
	});

	test("no watches at all is said", () => {
		expect(read({ watches: [] }).sentence).toBe("Nothing is watched yet.");
	});
});

describe("what needs somebody most", () => {
	test("a decision, with its end, what is wrong and how many approvals are missing", () => {
		const watches = [
			...well(4),
			aReading({ severity: "high" }),
			aReading({ severity: "low" }),
			aReading({ severity: "low" }),
		];
		const others = ["A-2", "A-3"].map((id) =>
			anApproval({ id, incidentId: undefined, expiresAtMs: NOW_MS + 20 * MINUTE_MS }),
		);
		const inputs = withIncident([anApproval()]);
		expect(read({ ...inputs, watches, pending: [...others, anApproval()] })).toMatchObject({
			sentence: "checkout needs a decision before 02:58.",
			lead: "Memory is over three times its usual level and rising. Restart checkout waits for one approval. Two other decisions wait. 4 of 7 watches show nothing abnormal.",
			incident: { id: "INC-1" },
			waiting: [{ id: "A-1" }, { id: "A-2" }, { id: "A-3" }],
		});
	});

	test("a second approval is one more", () => {
		const rule = { ...anApproval().rule, quorum: 3 };
		const approval = anApproval({ status: "partly_approved", rule, decisions: [approve, approve] });
		expect(read(withIncident([approval])).lead).toContain("Restart checkout waits for two more approvals.");
	});

	test("a request without an incident needs a decision too", () => {
		expect(read({ pending: [anApproval({ incidentId: undefined })] }).sentence).toBe(
			"checkout needs a decision before 02:58.",
		);
	});

	test("a request whose time is over is not waited for", () => {
		const late = anApproval({ expiresAtMs: NOW_MS - 1 });
		const reading = read(withIncident([late]));
		expect(reading.waiting).toEqual([]);
		expect(reading.sentence).toBe("checkout is abnormal.");
	});

	test("an incident without a request says so", () => {
		expect(read(withIncident())).toMatchObject({
			sentence: "checkout is abnormal.",
			lead: "Memory is over three times its usual level and rising. No remediation waits for a decision. All 7 watches are inside their expected bands.",
		});
	});

	test.each([
		["approved", "Restart checkout is running."],
		["executing", "Restart checkout is running."],
		["verifying", "Restart checkout ran; its effect is being checked."],
		["succeeded", "Restart checkout helped; checkout is coming back."],
		["failed", "checkout needs you: Restart checkout failed."],
		["rolled_back", "checkout needs you: Restart checkout was rolled back."],
		["rollback_failed", "checkout needs you: Restart checkout could not be rolled back."],
		["unknown", "Restart checkout has an unknown outcome."],
		["denied", "checkout is abnormal."],
		["expired", "checkout is abnormal."],
		["cancelled", "checkout is abnormal."],
	] as const)("a request that is %s", (status, sentence) => {
		expect(read(withIncident([anApproval({ status })])).sentence).toBe(sentence);
	});

	test("what is being checked is said", () => {
		expect(read(withIncident([anApproval({ status: "verifying" })])).lead).toBe(
			"It helps if memory is inside 190–260\u00a0MB for 10 s within 1 min. Nothing needs you now. All 7 watches are inside their expected bands.",
		);
	});

	test("why it failed is said", () => {
		const failed = anApproval({ status: "failed", outcome: "memory is still 804 MB after 1 min" });
		expect(read(withIncident([failed])).lead).toContain("memory is still 804 MB after 1 min.");
	});

	test("an unknown outcome says that nothing is sent again", () => {
		expect(read(withIncident([anApproval({ status: "unknown" })])).lead).toContain(
			"It is not known whether A-1 was done. It was sent at most once and will not be sent again. Look at the target, then say what happened.",
		);
	});

	test("a request of unknown outcome leads, whether it has an incident or that is over", () => {
		const lost = anApproval({
			id: "A-7",
			status: "unknown",
			createdAtMs: NOW_MS - 9000 * MINUTE_MS,
			incidentId: "INC-98",
		});
		const older = { ...lost, id: "A-6", createdAtMs: lost.createdAtMs - 1, incidentId: "INC-99" };
		const waits = withIncident([anApproval()]);
		const alone = read({
			...waits,
			unknown: [lost, older],
			firstRun: { startedInSeconds: 1, demo: true, broken: true },
		});
		expect(alone.sentence).toBe("Restart checkout has an unknown outcome.");
		expect(alone.lead).toContain("It is not known whether A-6 was done.");
		expect(alone.lead).toContain("One other request has an unknown outcome. One other decision waits.");
		expect(alone).toMatchObject({ unknown: [{ id: "A-6" }, { id: "A-7" }] });
		expect(alone.firstRun).toBeUndefined();
		expect(alone.incident).toBeUndefined();
		const ofIncident = read({ ...withIncident(), unknown: [{ ...lost, incidentId: "INC-1" }] });
		expect(ofIncident).toMatchObject({ incident: { id: "INC-1" }, unknown: [{ id: "A-7" }] });
	});

	test("a decision on several targets is named by what is to be done", () => {
		const [target] = plan.targets;
		const targets = target ? [target, { ...target, name: "batch-1" }] : [];
		const many = anApproval({ plan: { ...plan, title: "Stop 2 instances", targets } });
		const { sentence } = read({ pending: [{ ...many, incidentId: "INC-98" }] });
		expect(sentence).toMatch(/^Stop 2 instances needs a decision before /);
	});

	test("what was done without a check is not said to have helped", () => {
		const { verification: _verification, ...unmeasured } = plan;
		const done = anApproval({ status: "succeeded", plan: { ...unmeasured, verification: undefined } });
		expect(read(withIncident([done]))).toMatchObject({
			sentence: "checkout is abnormal.",
			lead: expect.stringContaining("Restart checkout was done; whether it helped was not checked."),
		});
		expect(read({ ended: [{ ...done, endedAtMs: NOW_MS - 1 }] }).recent).toMatchObject([
			{ state: "info", title: "Restart checkout was done, not checked" },
		]);
	});

	test("a denial says that nothing was changed", () => {
		expect(read(withIncident([anApproval({ status: "denied" })])).lead).toContain(
			"Restart checkout was denied; nothing was changed.",
		);
	});

	test("blindness is said in its own words", () => {
		const blind = anIncident({
			kind: "blind",
			title: "checkout: metrics stopped coming",
			explanation: "Nothing can be said about checkout.",
		});
		expect(read(withIncident([], blind))).toMatchObject({
			sentence: "checkout can't be seen.",
			lead: "Nothing can be said about checkout. All 7 watches are inside their expected bands.",
		});
	});

	test("an unknown outcome goes before a decision, that before a failure, that before what runs", () => {
		const of = (id: string, status: Approval["status"]) => ({
			incident: anIncident({ id, target: id }),
			approvals: [anApproval({ id: `A-${id}`, incidentId: id, status })],
		});
		const all = [
			of("runs", "executing"),
			of("failed", "failed"),
			of("decide", "proposed"),
			of("unknown", "unknown"),
		];
		const pending = all.flatMap(({ approvals }) => approvals.filter(({ status }) => status === "proposed"));
		const order: (string | undefined)[] = [];
		for (let open = all; open.length > 0; ) {
			const { incident } = read({
				open,
				pending: pending.filter((p) => open.some((o) => o.incident.id === p.incidentId)),
			});
			order.push(incident?.id);
			open = open.filter((item) => item.incident.id !== incident?.id);
		}
		expect(order).toEqual(["unknown", "decide", "failed", "runs"]);
	});

	test("of equal needs the worst goes first, then the oldest", () => {
		const open = [
			anIncident({ id: "INC-1", severity: "medium", openedAtMs: NOW_MS - 3 }),
			anIncident({ id: "INC-2", severity: "critical", openedAtMs: NOW_MS - 1 }),
			anIncident({ id: "INC-3", severity: "critical", openedAtMs: NOW_MS - 2 }),
		].map((incident) => ({ incident, approvals: [] }));
		const reading = read({ open });
		expect(reading.incident?.id).toBe("INC-3");
		expect(reading.lead).toContain("Two other incidents are open.");
	});
});

describe("what happened lately", () => {
	test("requests and recoveries of the last day, newest first, each once, at most five", () => {
		const ended = [
			anApproval({
				id: "A-1",
				status: "succeeded",
				outcome: "latency is back at 240 ms",
				endedAtMs: NOW_MS - 95 * MINUTE_MS,
			}),
			anApproval({
				id: "A-2",
				incidentId: "INC-9",
				status: "rolled_back",
				endedAtMs: NOW_MS - 100 * MINUTE_MS,
			}),
			anApproval({
				id: "A-0",
				incidentId: "INC-8",
				status: "denied",
				endedAtMs: NOW_MS - 25 * 60 * MINUTE_MS,
			}),
		];
		const resolved = [
			anIncident({
				id: "INC-1",
				status: "resolved",
				outcome: "remediated",
				resolvedAtMs: NOW_MS - 94 * MINUTE_MS,
			}),
			anIncident({
				id: "INC-4",
				status: "resolved",
				outcome: "recovered",
				resolvedAtMs: NOW_MS - 10 * MINUTE_MS,
			}),
		];
		const after = { approvalId: "A-6", title: "Restart checkout" };
		const changed = anIncident({
			status: "resolved",
			outcome: "recovered",
			resolvedAtMs: NOW_MS - 10 * MINUTE_MS,
			timeline: [{ atMs: NOW_MS - 10 * MINUTE_MS, kind: "ended", text: "", after }],
		});
		expect(read({ resolved: [changed] }).recent[0]?.title).toBe(
			"checkout came back after Restart checkout (A-6)",
		);
		expect(read({ ended, resolved }).recent).toEqual([
			{
				incidentId: "INC-4",
				state: "resolved",
				title: "checkout recovered by itself",
				note: "Memory is over three times its usual level and rising",
				atMs: NOW_MS - 10 * MINUTE_MS,
			},
			{
				incidentId: "INC-1",
				approvalId: "A-1",
				state: "resolved",
				title: "Restart checkout helped",
				note: "latency is back at 240 ms",
				atMs: NOW_MS - 95 * MINUTE_MS,
			},
			expect.objectContaining({
				approvalId: "A-2",
				state: "rolled_back",
				title: "Restart checkout was rolled back",
			}),
		]);
		const many = Array.from({ length: 9 }, (_, n) =>
			anApproval({ id: `A-${n}`, status: "expired", endedAtMs: NOW_MS - n }),
		);
		expect(read({ ended: many }).recent).toHaveLength(5);
	});
});

describe("the first run", () => {
	const demo = { startedInSeconds: 3.8, demo: true, broken: false };
	const learning = aReading({ name: "slow", state: "learning", progress: 0.4, samples: 18 });

	test("while learning it says how far, by the last watch, and can't be broken yet", () => {
		expect(read({ firstRun: demo, watches: [...well(1), learning] }).firstRun).toEqual({
			startedInSeconds: 3.8,
			learningProgress: 0.4,
			readyInSeconds: 54,
			breakable: false,
			broken: false,
			verified: false,
		});
	});

	test("once all is learnt it can be broken, whatever watches failed", () => {
		const failed = aReading({ name: "failed", state: "failed", progress: 0 });
		expect(read({ firstRun: demo, watches: [...well(2), failed] }).firstRun).toMatchObject({
			learningProgress: 1,
			breakable: true,
		});
	});

	test("it stays ten minutes after the first verified change, then goes for good", () => {
		expect(read({ firstRun: demo, firstVerifiedAtMs: NOW_MS - 9 * MINUTE_MS }).firstRun?.verified).toBe(true);
		expect(read({ firstRun: demo, firstVerifiedAtMs: NOW_MS - 11 * MINUTE_MS }).firstRun).toBeUndefined();
	});

	test("without a sample service it ends with learning", () => {
		expect(read({ watches: [learning] }).firstRun?.breakable).toBe(false);
		expect(read().firstRun).toBeUndefined();
	});
});

test("sentences hold to the house: no exclamation, one full stop at the end, times as tokens", () => {
	const raw = nowReading({
		nowMs: NOW_MS,
		ended: [],
		resolved: [],
		watches: well(2),
		troubled: [],
		firstRun: { startedInSeconds: 1, demo: false, broken: false },
		open: [{ incident: anIncident(), approvals: [anApproval({ plan })] }],
		pending: [anApproval()],
		unknown: [],
	});
	expect(raw.sentence).toBe(`checkout needs a decision before {{time:${NOW_MS + 11 * MINUTE_MS}}}.`);
	expect(raw.lead).not.toMatch(/!|\.\.|undefined|NaN/);
});
