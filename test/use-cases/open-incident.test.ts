import { openIncident } from "../../src/use-cases/open-incident.ts";
import { withoutAudit } from "../fakes/altered-store.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { exampleFinding, type IncidentWorld, incidentWorld } from "./incident-world.ts";

let world: IncidentWorld;
let next = 0;
/** A watch on a target of its own. */
const watchOn = (target: string, parts = {}) =>
	exampleWatch({ name: `w${++next}`, target: { name: target }, ...parts });

beforeAll(async () => {
	world = await incidentWorld();
});
afterAll(() => world.test.close());

describe("a finding", () => {
	it("opens an incident with its words, audit, and the jobs that explain and publish it", async () => {
		const anomaly = await world.open(exampleFinding(watchOn("a")));
		const incident = await world.incident(anomaly.incidentId);
		expect(incident).toMatchObject({
			target: "a",
			kind: "anomaly",
			status: "open",
			severity: "high",
			title: "a: memory is over three times its usual level",
			openedAtMs: 1_700_000_060_000,
		});
		expect(incident.timeline.map(({ kind, atMs }) => [kind, atMs])).toEqual([
			["seen", 1_700_000_056_000],
			["anomaly", 1_700_000_060_000],
		]);
		expect(await world.audited(`incident:${incident.id}`)).toEqual(["incident.opened"]);
		expect(await world.jobs("publish-incident", incident.id)).toBe(1);
		expect(await world.jobs("explain-incident", incident.id)).toBe(1);
	});

	it("inside its band is told by what its signal saw, and its furthest value is one of all since it began", async () => {
		const t = (seconds: number, v: number) => ({ t: 1_700_000_000_000 + seconds * 1000, v });
		const anomaly = await world.open(
			exampleFinding(watchOn("in", { metric: "big", unit: "count" }), {
				value: 9.84,
				band: { low: 8.98, high: 10.9 },
				recent: [t(54, 10.7), t(56, 10.3), t(60, 9.84)],
				reasons: [{ signal: "drift", share: 1, text: "falling 4.19 times faster than usual" }],
			}),
		);
		expect(anomaly).toMatchObject({ value: 9.84, peak: 10.3 });
		expect(await world.incident(anomaly.incidentId)).toMatchObject({
			title: "in: big is drifting",
			timeline: [
				{ kind: "seen", text: "Big became abnormal" },
				{
					text: expect.stringMatching(
						/^Big is 9\.84, inside its expected 8\.98–10\.9\. It falls 8\.6 a minute\. What stands out: falling/,
					),
				},
			],
		});
	});

	it("of another metric of the same target joins, and only raises the severity", async () => {
		const first = await world.open(exampleFinding(watchOn("b"), { severity: "medium" }));
		const cpu = await world.open(exampleFinding(watchOn("b", { metric: "CPU" }), { severity: "low" }));
		expect(cpu.incidentId).toBe(first.incidentId);
		expect(await world.incident(first.incidentId)).toMatchObject({
			severity: "medium",
			title: "b: memory is over three times its usual level",
		});
		await world.open(exampleFinding(watchOn("b", { metric: "error rate" }), { severity: "critical" }));
		expect(await world.incident(first.incidentId)).toMatchObject({
			severity: "critical",
			title: "b: error rate is over three times its usual level",
		});
		expect(await world.audited(`incident:${first.incidentId}`)).toEqual([
			"incident.opened",
			"incident.joined",
			"incident.joined",
		]);
	});

	it("of another target, or another environment, is another incident", async () => {
		const first = await world.open(exampleFinding(watchOn("c")));
		const other = await world.open(exampleFinding(watchOn("d")));
		const elsewhere = await world.open(exampleFinding(watchOn("c", { environment: "staging" })));
		expect(new Set([first, other, elsewhere].map(({ incidentId }) => incidentId)).size).toBe(3);
	});

	it("of several watches at once makes one incident that has them all", async () => {
		const findings = Array.from({ length: 6 }, () => exampleFinding(watchOn("e")));
		const anomalies = await Promise.all(findings.map((finding) => world.open(finding)));
		const ids = new Set(anomalies.map(({ incidentId }) => incidentId));
		expect(ids.size).toBe(1);
		const [id = ""] = ids;
		expect(await world.test.store.anomalies.ofIncident(id)).toHaveLength(6);
		expect((await world.incident(id)).timeline).toHaveLength(7);
	});

	it("of a series that has an open one already is refused, and leaves nothing behind", async () => {
		const watch = watchOn("f");
		const anomaly = await world.open(exampleFinding(watch));
		const before = await world.incident(anomaly.incidentId);
		await expect(world.open(exampleFinding(watch))).rejects.toMatchObject({ code: "conflict" });
		expect(await world.incident(anomaly.incidentId)).toEqual(before);
	});

	it("that can't be audited is none", async () => {
		const deps = { ...world.deps, store: withoutAudit(world.test.store) };
		await expect(openIncident(deps, exampleFinding(watchOn("g")))).rejects.toThrow("disk is full");
		expect(await world.test.store.incidents.openOf("g", "local", "anomaly")).toBeUndefined();
	});
});
