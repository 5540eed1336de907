import type { ApprovalStatus } from "../../src/domain/approval.ts";
import { changeBefore, endedByItself } from "../../src/domain/came-back-after.ts";
import { noFailpoint } from "../../src/ports/failpoint.ts";
import { decideApproval } from "../../src/use-cases/decide-approval.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { endIncidentIfOver } from "../../src/use-cases/end-incident.ts";
import { recentEvents } from "../../src/use-cases/now-recent.ts";
import { alteredStore, withoutAudit } from "../fakes/altered-store.ts";
import {
	exampleActor,
	examplePerson,
	examplePlan,
	exampleRule,
	exampleVerification,
} from "../fakes/example-approval.ts";
import { exampleIncident, exampleWatch } from "../fakes/example-watch.ts";
import { policyRules } from "../fakes/policy-rules.ts";
import { exampleFinding, type IncidentWorld, incidentWorld } from "./incident-world.ts";

let world: IncidentWorld;
let next = 0;
const watchOn = (target: string) => exampleWatch({ name: `w${++next}`, target: { name: target } });

beforeAll(async () => {
	world = await incidentWorld();
});
afterAll(() => world.test.close());

describe("an incident", () => {
	it("ends when its last finding is closed, once, in the audit and in its timeline", async () => {
		const [first, second] = [
			await world.open(exampleFinding(watchOn("a"))),
			await world.open(exampleFinding(watchOn("a"))),
		];
		const { incidentId } = first;
		await world.close(first);
		expect(await endIncidentIfOver(world.deps, incidentId)).toBe(false);
		await world.close(second);
		const calls = await Promise.all([1, 2, 3].map(() => endIncidentIfOver(world.deps, incidentId)));
		expect(calls).toEqual([true, true, true]);
		expect(await world.incident(incidentId)).toMatchObject({ status: "resolved", outcome: "recovered" });
		expect((await world.incident(incidentId)).timeline.at(-1)).toMatchObject({
			kind: "ended",
			text: "Came back by itself",
		});
		expect(
			(await world.audited(`incident:${incidentId}`)).filter((action) => action === "incident.resolved"),
		).toHaveLength(1);
	});

	it("does not end while something runs for it, and then as remediated", async () => {
		const anomaly = await world.open(exampleFinding(watchOn("b")));
		const verification = exampleVerification({ watch: anomaly.watch });
		const plan = examplePlan({ verification });
		const request = await world.request(anomaly.incidentId, { status: "verifying", plan });
		const { closedAtMs = 0 } = await world.close(anomaly);
		expect(await endIncidentIfOver(world.deps, anomaly.incidentId)).toBe(false);
		await world.test.store.approvals.move(request.id, "verifying", "succeeded", {
			outcome: "Verified.",
			endedAtMs: closedAtMs + 10_000,
		});
		expect(await endIncidentIfOver(world.deps, anomaly.incidentId)).toBe(true);
		expect(await world.incident(anomaly.incidentId)).toMatchObject({ outcome: "remediated" });
	});

	it("whose target was changed meanwhile, asked for by hand, came back after that", async () => {
		const { store } = world.test;
		const named = (name: string) =>
			examplePlan({ title: `Restart ${name}`, targets: [{ name, id: `local:${name}:1`, state: {} }] });
		const change = async (
			name: string,
			parts: { status?: "called" | "failed"; intendedAtMs?: number } = {},
			status: ApprovalStatus = "succeeded",
		) => {
			const other = await world.open(exampleFinding(watchOn("another")));
			const request = await world.request(other.incidentId, { status, plan: named(name) });
			const intendedAtMs = 1_700_000_080_000;
			await store.executions.create({ approvalId: request.id, status: "called", intendedAtMs, ...parts });
			return request.id;
		};
		const end = async (name: string) => {
			const anomaly = await world.open(exampleFinding(watchOn(name)));
			await world.close(anomaly);
			const waiting = await world.request(anomaly.incidentId);
			await endIncidentIfOver(world.deps, anomaly.incidentId);
			const outcome = (await store.approvals.get(waiting.id))?.outcome;
			return { incident: await world.incident(anomaly.incidentId), outcome };
		};
		const id = await change("by-hand");
		const { incident, outcome } = await end("by-hand");
		expect(incident.outcome).toBe("recovered");
		expect(incident.timeline.at(-1)).toMatchObject({
			text: `Came back after Restart by-hand (${id})`,
			after: { approvalId: id, title: "Restart by-hand" },
		});
		expect(endedByItself(incident)).toBe(false);
		expect(outcome).toBe(
			`The metric came back after Restart by-hand (${id}) before anybody decided; this request changed nothing.`,
		);

		for (const status of ["failed", "rollback_failed", "unknown"] as const) {
			await change(status, {}, status);
			const vain = await end(status);
			expect(vain.incident.timeline.at(-1)?.text).toBe("Came back");
			expect([changeBefore(vain.incident), endedByItself(vain.incident)]).toEqual([undefined, false]);
			expect(vain.outcome).toBe("The metric came back before anybody decided; this request changed nothing.");
			const recent = recentEvents({ nowMs: Date.now(), ended: [], resolved: [vain.incident] });
			expect(recent[0]?.title).toBe(`${status} came back`);
		}

		await change("not-run", { status: "failed" });
		await change("long-before", { intendedAtMs: 1_699_000_000_000 });
		for (const name of ["not-run", "long-before", "never-changed"])
			expect(endedByItself((await end(name)).incident)).toBe(true);
	});

	it("that comes back by itself cancels what people have not decided yet", async () => {
		const anomaly = await world.open(exampleFinding(watchOn("c")));
		const waiting = await world.request(anomaly.incidentId);
		const half = await world.request(anomaly.incidentId, { status: "partly_approved" });
		const denied = await world.request(anomaly.incidentId, { status: "denied" });
		await world.close(anomaly);
		await endIncidentIfOver(world.deps, anomaly.incidentId);
		const status = async (id: string) => (await world.test.store.approvals.get(id))?.status;
		expect(await Promise.all([waiting, half, denied].map(({ id }) => status(id)))).toEqual([
			"cancelled",
			"cancelled",
			"denied",
		]);
		expect(await world.audited(`approval:${waiting.id}`)).toEqual(["approval.cancelled"]);
		expect((await world.test.store.approvals.get(waiting.id))?.outcome).toBe(
			"The metric came back by itself before anybody decided; nothing was changed.",
		);
	});

	it("and an approval at the same moment: either runs and keeps it open, or is cancelled with it", async () => {
		const { store } = world.test;
		const anna = await store.people.upsert(
			{ platform: "test", tenant: "T", userId: "anna" },
			"anna",
			"admin",
		);
		for (let round = 0; round < 8; round += 1) {
			const anomaly = await world.open(exampleFinding(watchOn(`race${round}`)));
			const request = await world.request(anomaly.incidentId);
			await world.close(anomaly);
			const press = decideApproval(
				{
					store,
					jobs: world.deps.jobs,
					rules: policyRules([exampleRule()]),
					holds: createEffectHolds([]),
					failpoint: noFailpoint,
				},
				exampleActor({ ...examplePerson(), id: anna.id }),
				{ approvalId: request.id, verdict: "approve" },
			);
			const [ended] = await Promise.all([
				endIncidentIfOver(world.deps, anomaly.incidentId),
				press.catch(() => undefined),
			]);
			const status = (await store.approvals.get(request.id))?.status;
			expect(`${ended} ${status}`).toMatch(/^(?:true cancelled|false approved)$/);
		}
	});

	it("holds the requests that it cancels: an approval that comes meanwhile is refused", async () => {
		const { store } = world.test;
		const anna = await store.people.upsert(
			{ platform: "test", tenant: "T", userId: "anna" },
			"anna",
			"admin",
		);
		const anomaly = await world.open(exampleFinding(watchOn("held")));
		const request = await world.request(anomaly.incidentId);
		await world.close(anomaly);
		let lists = 0;
		let press: Promise<string> | undefined;
		const slow = alteredStore(store, (stores) => ({
			approvals: {
				...stores.approvals,
				list: async (filter, page) => {
					const found = await stores.approvals.list(filter, page);
					if (++lists !== 2) return found;
					press = decideApproval(
						{
							store,
							jobs: world.deps.jobs,
							rules: policyRules([exampleRule()]),
							holds: createEffectHolds([]),
							failpoint: noFailpoint,
						},
						exampleActor(anna),
						{ approvalId: request.id, verdict: "approve" },
					).then(
						() => "approved",
						() => "refused",
					);
					await new Promise((done) => setTimeout(done, 150));
					return found;
				},
			},
		}));
		expect(await endIncidentIfOver({ ...world.deps, store: slow }, anomaly.incidentId)).toBe(true);
		expect(await press).toBe("refused");
		expect((await store.approvals.get(request.id))?.status).toBe("cancelled");
	});

	it("that is blind is not ended by this: it has no findings that could close", async () => {
		const { id: _id, version: _version, ...parts } = exampleIncident({ target: "blind", kind: "blind" });
		const { id } = await world.test.store.incidents.create(parts);
		expect(await endIncidentIfOver(world.deps, id)).toBe(false);
		expect((await world.incident(id)).status).toBe("open");
	});

	it("that is not there is not ended", async () => {
		expect(await endIncidentIfOver(world.deps, "INC-99999")).toBe(false);
	});

	it("whose end can't be audited stays open, and its requests stay as they are", async () => {
		const anomaly = await world.open(exampleFinding(watchOn("d")));
		const request = await world.request(anomaly.incidentId);
		await world.close(anomaly);
		const deps = {
			...world.deps,
			store: withoutAudit(world.test.store, (action) => action === "incident.resolved"),
		};
		await expect(endIncidentIfOver(deps, anomaly.incidentId)).rejects.toThrow("disk is full");
		expect((await world.incident(anomaly.incidentId)).status).toBe("open");
		expect((await world.test.store.approvals.get(request.id))?.status).toBe("proposed");
	});
});
