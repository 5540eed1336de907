import type { ApprovalStatus } from "../../src/domain/approval.ts";
import { ChatMessage } from "../../src/domain/chat-message.ts";
import { DigestSection } from "../../src/domain/digest.ts";
import type { Incident } from "../../src/domain/incident.ts";
import type { WatchStatus } from "../../src/domain/watch.ts";
import type { WatchReading } from "../../src/ports/watch-board.ts";
import { type DigestInput, digestMessage } from "../../src/use-cases/digest-message.ts";
import { exampleApproval, examplePlan } from "../fakes/example-approval.ts";
import { exampleIncident, exampleWatch } from "../fakes/example-watch.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const until = 124 * HOUR;
const since = `{{time:${100 * HOUR}}}`;
const watch = (name: string, parts: Partial<WatchStatus> = {}): WatchReading => ({
	watch: exampleWatch({ name }),
	status: {
		name,
		state: "ready",
		progress: 1,
		samples: 90,
		samplesNeeded: 60,
		seriesCount: 1,
		lastScoredAtMs: until,
		...parts,
	},
	series: [],
});
const base: DigestInput = {
	name: "daily",
	content: DigestSection.options,
	periodHours: 24,
	untilMs: until,
	nowMs: until,
	beganMs: 0,
	incidents: [],
	approvals: [],
	watches: [watch("a"), watch("b")],
};
const over = (id: string, at = 120, parts: Partial<Incident> = {}) =>
	exampleIncident({
		id,
		status: "resolved",
		outcome: "recovered",
		openedAtMs: at * HOUR,
		resolvedAtMs: at * HOUR + 11 * MINUTE,
		timeline: [{ atMs: at * HOUR - 40_000, kind: "seen", text: "memory left its band" }],
		...parts,
	});
const open = exampleIncident({ id: "INC-9", openedAtMs: 122 * HOUR, timeline: [] });
const request = (status: ApprovalStatus, incidentId = "INC-1", at = 120) =>
	exampleApproval({ status, incidentId, createdAtMs: at * HOUR });
const message = (parts: Partial<DigestInput>) => {
	const made = digestMessage({ ...base, ...parts });
	expect(ChatMessage.parse(made)).toEqual(made);
	expect(JSON.stringify(made)).not.toMatch(/NaN|undefined|!/);
	return made;
};

describe("a digest", () => {
	it("names what was asked for by hand where an incident came back after it", () => {
		const after = { approvalId: "A-6", title: "Restart checkout" };
		const changed = over("INC-1", 120, { timeline: [{ atMs: 120 * HOUR, kind: "ended", text: "", after }] });
		const { table } = message({ incidents: [changed] });
		expect(table?.rows).toEqual([["INC-1", changed.title, "Restart checkout (A-6)", "11 min"]]);
	});

	it("of nothing is one line", () => {
		expect(message({})).toEqual({
			text: `Nothing abnormal since ${since}. 2 watches checked.`,
			facts: [],
			buttons: [],
			loop: [],
			queries: [],
			footer: [],
			suggestions: [],
		});
		expect(message({ watches: [watch("a")] }).text).toContain("1 watch checked.");
		expect(message({ watches: [] }).text).toContain("Nothing is watched.");
		expect(message({ content: ["incidents"] }).text).toBe(`Nothing abnormal since ${since}.`);
	});

	it("of nothing still says what there was before", () => {
		expect(message({ incidents: [over("INC-1", 80), over("INC-2", 90)] }).text).toBe(
			`Nothing abnormal since ${since}; 2 incidents the day before. 2 watches checked.`,
		);
	});

	it("says how many there were, how many are open, what was done and whether it helped", () => {
		const made = message({
			incidents: [open, over("INC-1"), over("INC-2")],
			approvals: [request("succeeded"), request("failed", "INC-2"), request("denied", "INC-2")],
		});
		expect(made.title).toBe("Digest daily: 3 incidents, 1 open");
		expect(made.state?.text).toBe(`1 d to {{time:${until}}}`);
		expect(made.text?.split("\n")).toEqual([
			`3 incidents since ${since}, 3 more than the day before.`,
			"1 remediation helped, 1 did not.",
			"Still open: INC-9 of checkout for 2 h.",
		]);
		expect(made.table?.rows).toEqual([
			["INC-9", open.title, "nothing", "2 h, open"],
			["INC-1", open.title, "Restart checkout: verified", "11 min"],
			["INC-2", open.title, "Restart checkout: failed", "11 min"],
		]);
		expect(made.chart?.title).toBe("Open incidents");
	});

	it.each<[ApprovalStatus, string]>([
		["succeeded", "1 remediation helped."],
		["failed", "0 remediations helped, 1 did not."],
		["rolled_back", "0 remediations helped, 1 did not."],
		["unknown", "0 remediations helped, 1 did not."],
		["denied", "Nothing was changed."],
		["proposed", "Nothing was changed."],
	])("counts a request that is %s", (status, text) => {
		const made = message({ incidents: [over("INC-1")], approvals: [request(status)] });
		expect(made.text?.split("\n")[1]).toBe(text);
	});

	it("does not say that what nobody checked has helped", () => {
		const done = { ...request("succeeded"), plan: examplePlan({ verification: undefined }) };
		const made = message({ incidents: [over("INC-1")], approvals: [done] });
		expect(made.text?.split("\n")[1]).toBe("0 remediations helped, 1 was not checked.");
	});

	it.each<[number, number, number, string]>([
		[5, 7, 168, "5 incidents since {{time:0}}, 2 fewer than the week before."],
		[1, 1, 168, "1 incident since {{time:0}}, as many as the week before."],
		[2, 1, 12, "2 incidents since {{time:0}}, 1 more than the 12 h before."],
	])("%d beside %d in the %d h before", (now, earlier, periodHours, text) => {
		const incidents = [
			...Array.from({ length: now }, (_, i) => over(`INC-N${i}`, periodHours - 1)),
			...Array.from({ length: earlier }, (_, i) => over(`INC-E${i}`, -1)),
		];
		const ms = periodHours * HOUR;
		const made = message({ incidents, periodHours, untilMs: ms, nowMs: ms, beganMs: -periodHours * HOUR });
		expect(made.text?.split("\n")[0]).toBe(text);
		expect(made.table?.rows).toHaveLength(now);
	});

	it("tells how fast incidents were detected and resolved, beside the period before", () => {
		const facts = message({
			incidents: [open, over("INC-1"), over("INC-2"), over("INC-3"), over("INC-4", 90)],
		}).facts;
		expect(facts.slice(0, 2)).toEqual([
			{
				label: "Time to detect (MTTD)",
				value: "40 s",
				note: "mean of three, median 40 s, the day before: 40 s",
			},
			{
				label: "Time to resolve (MTTR)",
				value: "11 min",
				note: "mean of three, median 11 min, the day before: 11 min",
			},
		]);
	});

	it("calls what nothing tells not known", () => {
		expect(message({ incidents: [open] }).facts.slice(0, 2)).toMatchObject([
			{ value: "not known", note: "nothing was detected" },
			{ value: "not known", note: "nothing has ended" },
		]);
	});

	it("keeps a record of noise", () => {
		const blip = over("INC-1", 120, { resolvedAtMs: 120 * HOUR + 2 * MINUTE });
		expect(message({ incidents: [blip, over("INC-2")] }).facts).toContainEqual({
			label: "Came and went",
			value: "1 of 2",
			note: "by themselves in under 5 min, and nobody acted",
		});
	});

	it("says which watches can't be scored, and how many learn", () => {
		const watches = [
			watch("a"),
			watch("new", { state: "learning", progress: 0.5 }),
			watch("old", { lastScoredAtMs: until - HOUR }),
			watch("broken", { state: "failed", problem: "The query can't be read." }),
		];
		expect(message({ incidents: [open], watches }).facts).toContainEqual({
			label: "Watches",
			value: "1 of 4 checked",
			note: "1 still learns, 1 not scored lately, 1 failed: broken",
		});
		expect(message({ watches }).text).toBe(
			`Nothing abnormal since ${since}. 1 of 4 watches checked, 1 still learns, 1 not scored lately, 1 failed: broken.`,
		);
	});

	it("of an installation younger than its period says since when it runs, and compares with nothing", () => {
		const beganMs = 117 * HOUR;
		expect(message({ beganMs }).text).toBe(
			`Nothing abnormal since {{time:${beganMs}}}. This installation began then, so it is not a whole period of 1 d. 2 watches checked.`,
		);
		const made = message({ beganMs, incidents: [over("INC-1")] });
		expect(made.state?.text).toBe(`7 h to {{time:${until}}}`);
		expect(made.text?.split("\n")[0]).toBe(`1 incident since {{time:${beganMs}}}.`);
		expect(message({ beganMs: 90 * HOUR, incidents: [over("INC-1")] }).text?.split("\n")[0]).toBe(
			`1 incident since ${since}.`,
		);
	});

	it("that comes late says when it was due, and still ends there", () => {
		const late = { late: true, nowMs: until + 2 * HOUR };
		expect(message(late).text).toMatch(new RegExp(`Late: it was due at \\{\\{time:${until}\\}\\}\\.$`));
		const after = over("INC-8", 125);
		const made = message({ ...late, incidents: [after, over("INC-1")] });
		expect(made.table?.rows.map(([id]) => id)).toEqual(["INC-1"]);
		expect(made.text).toContain(`Late: it was due at {{time:${until}}}.`);
	});

	it("holds the chosen sections only", () => {
		const incidents = [open, over("INC-1")];
		const approvals = [request("succeeded")];
		const of = (...content: DigestSection[]) => message({ incidents, approvals, content });
		expect(of("incidents")).toMatchObject({ facts: [], text: expect.not.stringContaining("helped") });
		expect(of("incidents").table?.columns.map(({ title }) => title)).toEqual(["Incident", "What", "Lasted"]);
		expect(of("actions")).toMatchObject({ title: "Digest daily", text: "1 remediation helped." });
		expect(of("actions").table).toBeUndefined();
		expect(of("actions").chart).toBeUndefined();
		expect(of("open").text).toBe("Still open: INC-9 of checkout for 2 h.");
		expect(of("times").facts).toHaveLength(2);
		expect(of("noise").facts.map(({ label }) => label)).toEqual(["Came and went"]);
		expect(of("watches").facts.map(({ label }) => label)).toEqual(["Watches"]);
	});

	it("shows ten incidents at most, open ones first, and says how many more there are", () => {
		const many = Array.from({ length: 37 }, (_, i) => over(`INC-${i}`));
		const old = { ...open, openedAtMs: 50 * HOUR };
		const made = message({ incidents: [...many, old] });
		expect(made.table?.rows).toHaveLength(10);
		expect(made.table?.rows[0]?.[0]).toBe("INC-9");
		expect(made.footer).toContain("and 28 others");
		expect(made.title).toBe("Digest daily: 37 incidents, 1 open");
		const opened = Array.from({ length: 8 }, (_, i) => ({ ...open, id: `INC-${i}` }));
		expect(message({ incidents: opened }).text).toContain("and 3 others.");
	});

	it("has a title within the limit whatever its name", () => {
		const made = message({ name: "x".repeat(63), incidents: [open] });
		expect(made.title?.length).toBeLessThanOrEqual(90);
	});
});
