import * as fc from "fast-check";
import { type TimelineEntry, withEntry } from "../../src/domain/incident.ts";
import { incidentTimeline } from "../../src/use-cases/incident-timeline.ts";
import { exampleApproval, exampleDecision, examplePerson } from "../fakes/example-approval.ts";
import { exampleIncident } from "../fakes/example-watch.ts";

describe("the timeline of an incident", () => {
	it("tells what was found, asked, decided, done and verified, in the order of time", () => {
		const approval = exampleApproval({
			status: "succeeded",
			createdAtMs: 70_000,
			decisions: [
				{ ...exampleDecision(examplePerson("P1", "admin", "Anna")), atMs: 80_000, reason: "known leak" },
			],
			outcome: "Verified: memory is back at 231 MB.",
			endedAtMs: 110_000,
		});
		const execution = {
			id: "X-1",
			approvalId: "A-1",
			status: "called",
			intendedAtMs: 81_000,
			finishedAtMs: 82_000,
			result: "Restarted checkout in 1.2 s",
		} as const;
		const ended: TimelineEntry = { atMs: 120_000, kind: "ended", text: "Back inside its band" };
		const incident = exampleIncident({ timeline: [...exampleIncident().timeline, ended] });
		expect(
			incidentTimeline(incident, [{ approval, execution }]).map(({ kind, text }) => `${kind}: ${text}`),
		).toEqual([
			"seen: memory left its band",
			"proposed: Restart checkout (A-1), asked by detection",
			"decided: Anna approved: known leak",
			"ran: Restarted checkout in 1.2 s",
			"verified: Verified: memory is back at 231 MB.",
			"ended: Back inside its band",
		]);
	});

	it("tells a denial once", () => {
		const approval = exampleApproval({
			status: "denied",
			decisions: [exampleDecision(examplePerson("P1", "admin", "Anna"), "deny")],
			outcome: "Denied by Anna; nothing was changed.",
			endedAtMs: 5000,
		});
		const words = incidentTimeline(exampleIncident({ timeline: [] }), [{ approval }]).map(({ kind }) => kind);
		expect(words).toEqual(["proposed", "decided"]);
	});
});

describe("one more entry", () => {
	it("keeps a timeline at 200: the first twenty and the newest", () => {
		const entry = (atMs: number): TimelineEntry => ({ atMs, kind: "anomaly", text: "x" });
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 600 }), (count) => {
				let timeline: readonly TimelineEntry[] = [];
				for (let i = 0; i < count; i += 1) timeline = withEntry(timeline, entry(i));
				const times = timeline.map(({ atMs }) => atMs);
				const all = Array.from({ length: count }, (_, i) => i);
				expect(times).toEqual(count <= 200 ? all : [...all.slice(0, 20), ...all.slice(-180)]);
			}),
			{ numRuns: 30 },
		);
	});
});
