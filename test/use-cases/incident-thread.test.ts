import type { Approval } from "../../src/domain/approval.ts";
import type { Incident } from "../../src/domain/incident.ts";
import {
	approvalEnd,
	type IncidentStory,
	incidentEnds,
	incidentThread,
	needsCall,
} from "../../src/use-cases/incident-thread.ts";
import { incidentLabels } from "../../src/use-cases/read-story.ts";
import { exampleApproval, exampleDecision, examplePerson } from "../fakes/example-approval.ts";
import { exampleIncident } from "../fakes/example-watch.ts";

const onCall = { slack: "U9" };
const story = (
	incident: Partial<Incident> = {},
	approvals: readonly Partial<Approval>[] = [],
): IncidentStory => ({
	incident: exampleIncident(incident),
	evidence: Array.from({ length: 7 }, (_, n) => ({ query: `q${n}`, purpose: `watch ${n}` })),
	requests: approvals.map((parts) => ({ approval: exampleApproval(parts) })),
});
const explained = { atMs: 60_001, kind: "explained" as const, text: "Why." };
const keys = (posts: readonly { readonly key: string }[]) => posts.map((post) => post.key);
const seen = exampleIncident().timeline;

describe("the thread of an incident", () => {
	it("is empty until something is known", () => {
		expect(incidentThread(story({}, [{ status: "proposed" }]), onCall)).toEqual([]);
	});

	it("says why, with at most five queries as evidence", () => {
		const [post] = incidentThread(story({ timeline: [...seen, explained] }), onCall);
		expect(post).toMatchObject({ key: "explained", message: { text: exampleIncident().explanation } });
		expect(post?.message.table?.rows).toHaveLength(5);
		expect(post?.message).not.toHaveProperty("callOut");
	});

	it("calls for help anew where it became critical, and not where it was from the first", () => {
		const [post] = incidentThread(story({ severity: "critical" }), onCall);
		expect(post).toMatchObject({ key: "critical", message: { callOut: onCall } });
		const first = [{ ...seen[0], severity: "critical" }] as Incident["timeline"];
		expect(incidentThread(story({ severity: "critical", timeline: first }), onCall)).toEqual([]);
		expect(incidentThread(story({ severity: "critical", status: "resolved" }), onCall)).toEqual([]);
	});

	it("goes through its requests from the oldest, and tells a denial with the decision alone", () => {
		const anna = exampleDecision(examplePerson("P1", "operator", "Anna"), "deny");
		const posts = incidentThread(
			story({}, [
				{
					id: "A-2",
					status: "denied",
					decisions: [{ ...anna, reason: "Not now." }],
					outcome: "Denied by Anna.",
				},
				{ id: "A-1", status: "expired", outcome: "It expired." },
			]),
			onCall,
		);
		expect(keys(posts)).toEqual(["outcome:A-1:expired", "decided:A-2:P1", "reason:A-2:P1"]);
	});

	it("keeps its keys while the incident goes on, so that nothing is said twice", () => {
		const before = story({ timeline: [...seen, explained] }, [{ status: "unknown", outcome: "No reply." }]);
		const after = story({ timeline: [...seen, explained], status: "resolved" }, [
			{ status: "unknown", outcome: "No reply." },
		]);
		expect(keys(incidentThread(after, onCall))).toEqual(keys(incidentThread(before, onCall)));
	});
});

describe("the lines at the ends", () => {
	it.each(["failed", "unknown", "rollback_failed"] as const)(
		"of a request that is %s call for help",
		(status) => {
			const posts = incidentEnds(story({}, [{ status, outcome: "Because." }]), onCall);
			expect(posts).toMatchObject([
				{ key: `A-1:${status}`, message: { text: "Because.", callOut: onCall, severity: "high" } },
			]);
			expect(incidentEnds(story({}, [{ status }]), {})[0]?.message).not.toHaveProperty("callOut");
		},
	);

	it("of a rollback call nobody unless it is critical", () => {
		const posts = (severity: Incident["severity"]) =>
			incidentEnds(story({ severity }, [{ status: "rolled_back" }]), onCall);
		expect(posts("high")[0]?.message).not.toHaveProperty("callOut");
		expect(posts("critical")[0]?.message).toMatchObject({ callOut: onCall });
	});

	it.each(["proposed", "verifying", "denied", "expired", "cancelled", "succeeded"] as const)(
		"are none for a request that is %s",
		(status) => {
			expect(incidentEnds(story({}, [{ status }]), onCall)).toEqual([]);
			expect(approvalEnd(exampleApproval({ status }), onCall)).toBeUndefined();
		},
	);

	it("of the incident come last and say how long it lasted", () => {
		const ended = {
			atMs: 116_000,
			kind: "ended" as const,
			text: "Back to normal after the remediation",
		};
		const resolved = story(
			{ status: "resolved", outcome: "remediated", resolvedAtMs: 116_000, timeline: [...seen, ended] },
			[{ status: "succeeded" }, { id: "A-0", status: "failed" }],
		);
		const posts = incidentEnds(resolved, onCall);
		expect(keys(posts)).toEqual(["A-0:failed", ""]);
		expect(posts[1]?.message).toMatchObject({
			title: "checkout: back to normal after the remediation",
			text: "It lasted 1 min.",
		});
	});
});

describe("somebody must look now", () => {
	it("where it is critical or a change ended badly, and not when it is over", () => {
		const failed = exampleApproval({ status: "failed" });
		expect(needsCall(exampleIncident(), undefined)).toBe(false);
		expect(needsCall(exampleIncident({ severity: "critical" }), undefined)).toBe(true);
		expect(needsCall(exampleIncident(), failed)).toBe(true);
		expect(needsCall(exampleIncident({ status: "resolved", severity: "critical" }), failed)).toBe(false);
	});
});

describe("the labels of an incident", () => {
	it("are those of its findings, the first before later ones, under its own target and environment", () => {
		const findings: { labels: Record<string, string> }[] = [
			{ labels: { region: "eu", target: "x" } },
			{ labels: { region: "us", team: "shop" } },
		];
		expect(incidentLabels({ target: "checkout", environment: "prod" }, findings)).toEqual({
			region: "eu",
			team: "shop",
			target: "checkout",
			environment: "prod",
		});
	});
});
