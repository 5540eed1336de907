import * as fc from "fast-check";
import type { Approval } from "../../src/domain/approval.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { HOLD_MS, lowerBound95, type RuleRun, recordOf, scoreRun } from "../../src/domain/rule-run.ts";
import { exampleApproval, examplePlan } from "../fakes/example-approval.ts";
import { exampleIncident } from "../fakes/example-watch.ts";

const run: RuleRun = {
	id: "R-1",
	rule: "r",
	version: "v",
	mode: "shadow",
	anomalyId: "AN-1",
	incidentId: "INC-1",
	remediation: "restart-service",
	target: "checkout",
	atMs: 1000,
};
const over: Incident = exampleIncident({ status: "resolved", resolvedAtMs: 100_000, outcome: "remediated" });
const request = (parts: Partial<Approval> = {}) => exampleApproval({ status: "succeeded", ...parts });
const heldAtMs = 100_000 + HOLD_MS;
const judge = (
	approvals: readonly Approval[],
	{
		incident = over,
		later = [] as { incidentId: string; outsideSinceMs: number }[],
		nowMs = heldAtMs,
		of = run,
	} = {},
) => scoreRun(of, incident, approvals, later, nowMs);

describe("what a standing rule said is scored", () => {
	it("not before the incident is over", () => {
		expect(judge([request()], { incident: exampleIncident({ status: "open" }) })).toBeUndefined();
	});

	it("as right where people did it, it helped and it held", () => {
		expect(judge([request()])).toMatchObject({ verdict: "right" });
		expect(judge([request()], { nowMs: heldAtMs - 1 })).toBeUndefined();
	});

	it.each<[string, Approval[], { incidentId: string; outsideSinceMs: number }[]]>([
		["it came back", [request()], [{ incidentId: "INC-2", outsideSinceMs: 100_000 + HOLD_MS - 1 }]],
		["it did not help", [request({ status: "failed" })], []],
		["it was rolled back", [request({ status: "rolled_back" })], []],
		["people did something else", [request({ plan: examplePlan({ remediation: "scale-group" }) })], []],
	])("as wrong where %s", (_, approvals, later) => {
		expect(judge(approvals, { later })).toMatchObject({ verdict: "wrong" });
	});

	it("as wrong where it was over by itself, or people denied the request", () => {
		const recovered = { ...over, outcome: "recovered" as const };
		expect(judge([], { incident: recovered })).toMatchObject({ verdict: "wrong" });
		const asked = { ...run, mode: "ask" as const, approvalId: "A-1" };
		expect(judge([request({ status: "denied" })], { of: asked })).toMatchObject({ verdict: "wrong" });
	});

	it("as void where it came back after a change that people had asked for before", () => {
		const after = { approvalId: "A-6", title: "Restart checkout" };
		const timeline = [{ atMs: 9, kind: "ended" as const, text: "", after }];
		const incident = { ...over, outcome: "recovered" as const, timeline };
		expect(judge([], { incident })).toMatchObject({
			verdict: "void",
			reason: "it came back after Restart checkout (A-6)",
		});
	});

	it("as void where nothing can be said", () => {
		expect(judge([request({ status: "unknown" })])).toMatchObject({ verdict: "void" });
		expect(judge([request({ status: "expired" })])).toMatchObject({ verdict: "void" });
		const unmeasured = request({ plan: examplePlan({ verification: undefined }) });
		expect(judge([unmeasured])).toMatchObject({
			verdict: "void",
			reason: "whether A-1 helped was not checked",
		});
	});

	it("and counted without the void ones", () => {
		const scored = (verdict: "right" | "wrong" | "void") => ({
			score: { verdict, reason: "", scoredAtMs: 1 },
		});
		expect(recordOf([scored("right"), scored("wrong"), scored("void"), {}])).toMatchObject({
			runs: 4,
			right: 1,
			wrong: 1,
			open: 1,
		});
	});
});

describe("the lower 95 % bound of a share", () => {
	it.each([
		[0, 0],
		[0, 10],
	])("of %d in %d is 0", (successes, trials) => expect(lowerBound95(successes, trials)).toBe(0));

	it("is the share at which so many successes lie 1.645 standard errors above it", () => {
		for (const [successes, trials] of [
			[10, 10],
			[9, 10],
			[50, 100],
			[1, 3],
		] as const) {
			const bound = lowerBound95(successes, trials);
			const standardError = Math.sqrt((bound * (1 - bound)) / trials);
			expect((successes / trials - bound) / standardError).toBeCloseTo(1.6449, 3);
		}
	});

	it("lies between 0 and the share, and rises with more of the same", () => {
		fc.assert(
			fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (a, trials) => {
				const successes = Math.min(a, trials);
				const bound = lowerBound95(successes, trials);
				expect(bound).toBeGreaterThanOrEqual(0);
				expect(bound).toBeLessThanOrEqual(successes / trials);
				expect(lowerBound95(successes * 2, trials * 2)).toBeGreaterThanOrEqual(bound);
			}),
		);
	});
});
