import type { ApprovalStatus } from "../../src/domain/approval.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { digestFigures } from "../../src/use-cases/digest-figures.ts";
import { exampleApproval, exampleDecision, examplePerson } from "../fakes/example-approval.ts";
import { exampleIncident } from "../fakes/example-watch.ts";

const MINUTE = 60_000;
const span = { startMs: 100 * MINUTE, endMs: 200 * MINUTE };
/** Opened at minute `at`, 40 s after it was seen; resolved after `minutes`. */
const CHANGED = {
	atMs: 114 * MINUTE,
	kind: "ended",
	text: "Came back after Restart checkout (A-6)",
	after: { approvalId: "A-6", title: "Restart checkout" },
} as const;
const ended = (at: number, minutes: number, parts: Partial<Incident> = {}) =>
	exampleIncident({
		id: `INC-${at}`,
		openedAtMs: at * MINUTE,
		status: "resolved",
		outcome: "recovered",
		resolvedAtMs: (at + minutes) * MINUTE,
		timeline: [{ atMs: at * MINUTE - 40_000, kind: "seen", text: "memory left its band" }],
		...parts,
	});
const open = (at: number) =>
	exampleIncident({
		openedAtMs: at * MINUTE,
		timeline: [{ atMs: at * MINUTE - 100_000, kind: "seen", text: "memory left its band" }],
	});

describe("the figures of a period", () => {
	it("count what began in it: its start belongs to it, its end does not", () => {
		const { incidents } = digestFigures(
			[ended(99, 1), ended(100, 1), ended(199, 1), ended(200, 1)],
			[],
			span,
		);
		expect(incidents.map(({ id }) => id)).toEqual(["INC-100", "INC-199"]);
	});

	it("know nothing of durations where nothing began, and not how long what is open takes", () => {
		expect(digestFigures([], [], span)).toMatchObject({ incidents: [] });
		expect(digestFigures([], [], span).detected).toBeUndefined();
		const { detected, resolved } = digestFigures([open(110)], [], span);
		expect(detected).toEqual({ count: 1, meanMs: 100_000 });
		expect(resolved).toBeUndefined();
	});

	it("have a median from three on", () => {
		const two = digestFigures([ended(110, 10), ended(120, 20)], [], span).resolved;
		expect(two).toEqual({ count: 2, meanMs: 15 * MINUTE });
		const three = digestFigures([ended(110, 10), ended(120, 20), ended(130, 60)], [], span).resolved;
		expect(three).toEqual({ count: 3, meanMs: 30 * MINUTE, medianMs: 20 * MINUTE });
		const four = [ended(110, 10), ended(120, 20), ended(130, 60), ended(140, 30)];
		expect(digestFigures(four, [], span).resolved?.medianMs).toBe(25 * MINUTE);
	});

	it("leave out blind incidents where they tell of time: nothing was detected in them", () => {
		const blind = ended(110, 10, { kind: "blind" });
		expect(digestFigures([blind], [], span)).toMatchObject({ incidents: [blind] });
		expect(digestFigures([blind], [], span).detected).toBeUndefined();
		expect(digestFigures([blind], [], span).resolved).toBeUndefined();
	});

	it("never detect before they see: clocks of others may run ahead", () => {
		const early = ended(110, 5, { timeline: [{ atMs: 111 * MINUTE, kind: "seen", text: "an alert" }] });
		expect(digestFigures([early], [], span).detected?.meanMs).toBe(0);
	});

	it.each<[string, Incident, boolean]>([
		["came back by itself in time", ended(110, 4), true],
		["came back after a change", ended(110, 4, { timeline: [CHANGED] }), false],
		["took five minutes", ended(110, 5), false],
		["was ended by a change", ended(110, 4, { outcome: "remediated" }), false],
		["is open", open(110), false],
	])("one that %s is noise or not", (_name, incident, noise) => {
		expect(digestFigures([incident], [], span).cameAndWent).toBe(noise ? 1 : 0);
	});

	it.each<[ApprovalStatus, boolean, number]>([
		["cancelled", false, 1],
		["expired", false, 1],
		["proposed", false, 1],
		["cancelled", true, 0],
		["denied", true, 0],
		["failed", true, 0],
		["unknown", false, 0],
	])("a request that is %s, decided on: %s, leaves %d as noise", (status, decided, noise) => {
		const request = exampleApproval({
			status,
			incidentId: "INC-110",
			createdAtMs: 111 * MINUTE,
			decisions: decided ? [exampleDecision(examplePerson())] : [],
		});
		expect(digestFigures([ended(110, 4)], [request], span).cameAndWent).toBe(noise);
	});

	it("count the requests of the period that helped and that did not", () => {
		const asked = (status: ApprovalStatus, at = 150) => exampleApproval({ status, createdAtMs: at * MINUTE });
		const figures = digestFigures(
			[],
			[
				asked("succeeded"),
				asked("succeeded", 99),
				asked("failed"),
				asked("unknown"),
				asked("rolled_back"),
				asked("rollback_failed"),
				asked("denied"),
			],
			span,
		);
		expect(figures).toMatchObject({ helped: 1, didNotHelp: 4 });
	});
});
