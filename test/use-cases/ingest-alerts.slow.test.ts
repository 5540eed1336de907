import type { AlertNotice } from "../../src/domain/alert.ts";
import { ingestAlerts } from "../../src/use-cases/ingest-alerts.ts";
import { readIncident } from "../../src/use-cases/read-incident.ts";
import { createUsualDays } from "../../src/use-cases/usual-days.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { alteredStore, withoutAudit } from "../fakes/altered-store.ts";
import { exampleNotice } from "../fakes/example-alert.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { openReplica } from "../support/postgres.ts";
import { exampleFinding, type IncidentWorld, incidentWorld } from "./incident-world.ts";

const MINUTE = 60_000;
let world: IncidentWorld;
let next = 0;

beforeAll(async () => {
	world = await incidentWorld();
});
afterAll(() => world.test.close());

/** Alerts of a target of its own. */
const scene = () => {
	next += 1;
	const target = `svc-${next}`;
	const startsAtMs = Date.now() - 5 * MINUTE;
	const firing = (parts: Partial<AlertNotice> = {}) =>
		exampleNotice({
			fingerprint: `fp-${next}`,
			labels: { alertname: "HighErrorRate", service: target, severity: "warning" },
			startsAtMs,
			...parts,
		});
	const resolved = (parts: Partial<AlertNotice> = {}) =>
		firing({ status: "resolved", endsAtMs: startsAtMs + 4 * MINUTE, ...parts });
	const incidents = async () => {
		const { items } = await world.test.store.incidents.list({}, { limit: 200 });
		return items.filter((incident) => incident.target === target);
	};
	const alerts = async () => {
		const { items } = await world.test.store.alerts.list({}, { limit: 200 });
		return items.filter((alert) => alert.target === target).toReversed();
	};
	return { target, startsAtMs, firing, resolved, incidents, alerts };
};
const depsOf = (store = world.test.store) => ({
	store,
	jobs: { nudge: () => undefined },
	rules: { targetLabels: ["service", "instance"], environmentLabel: "environment", environment: "local" },
	logger: recordingLogger(),
	knownTargets: () => ["web-1"],
});
const take = (notices: readonly AlertNotice[], receivedAtMs = Date.now()) =>
	ingestAlerts(depsOf(), notices, receivedAtMs);

describe("a firing alert", () => {
	it("opens an incident: its title, severity, start and words, in the audit, and to be published", async () => {
		const { target, firing, startsAtMs, incidents, alerts } = scene();
		await take([firing()]);
		const [incident] = await incidents();
		expect(incident).toMatchObject({
			kind: "anomaly",
			status: "open",
			severity: "medium",
			title: `${target}: Errors are over 5 %`,
			environment: "local",
		});
		expect(incident?.timeline[0]).toMatchObject({ kind: "seen", atMs: startsAtMs });
		expect(await alerts()).toMatchObject([{ incidentId: incident?.id, name: "HighErrorRate" }]);
		expect(await world.audited(`incident:${incident?.id}`)).toEqual(["incident.opened"]);
		expect(await world.jobs("publish-incident", incident?.id ?? "")).toBe(1);
		expect(await world.jobs("explain-incident", incident?.id ?? "")).toBe(0);
	});

	it("that is told again changes nothing", async () => {
		const { firing, incidents, alerts } = scene();
		await take([firing()]);
		const before = await incidents();
		await take([firing()]);
		await take([firing({ annotations: { summary: "Errors are over 7 %" } })]);
		expect(await incidents()).toEqual(before);
		expect(await alerts()).toHaveLength(1);
	});

	it("that several senders tell at once is one", async () => {
		const other = await openReplica(world.test.connection);
		for (let round = 0; round < 5; round += 1) {
			const { firing, incidents, alerts } = scene();
			const stores = [world.test.store, other.store, world.test.store];
			await Promise.all(stores.map((store) => ingestAlerts(depsOf(store), [firing()], Date.now())));
			expect(await incidents()).toHaveLength(1);
			expect(await alerts()).toHaveLength(1);
		}
	});

	it("joins the open incident of its target; severity only rises, and a finding's title stays", async () => {
		const { target, firing, incidents, alerts } = scene();
		const watch = exampleWatch({ name: `w-${target}`, target: { name: target } });
		const anomaly = await world.open(exampleFinding(watch, { severity: "high" }));
		await take([firing({ labels: { alertname: "Slow", service: target, severity: "info" } })]);
		const quiet = await world.incident(anomaly.incidentId);
		expect(quiet).toMatchObject({ severity: "high", title: expect.stringContaining("memory is") });
		await take([
			firing({
				fingerprint: `fp2-${target}`,
				labels: { alertname: "Down", service: target, severity: "page" },
				annotations: {},
			}),
		]);
		expect(await incidents()).toHaveLength(1);
		expect(await world.incident(anomaly.incidentId)).toMatchObject({
			severity: "critical",
			title: quiet.title,
		});
		expect(await alerts()).toHaveLength(2);
		expect(await world.audited(`incident:${anomaly.incidentId}`)).toEqual([
			"incident.opened",
			"incident.joined",
			"incident.joined",
		]);
	});

	it("joins an incident of alerts alone, whose title follows the worst", async () => {
		const { target, firing, incidents } = scene();
		await take([firing()]);
		const labels = (severity: string) => ({ alertname: "Down", service: target, severity });
		await take([firing({ fingerprint: `low-${target}`, labels: labels("info"), annotations: {} })]);
		expect(await incidents()).toMatchObject([
			{ severity: "medium", title: `${target}: Errors are over 5 %` },
		]);
		await take([firing({ fingerprint: `high-${target}`, labels: labels("page"), annotations: {} })]);
		expect(await incidents()).toMatchObject([{ severity: "critical", title: `${target}: Down` }]);
	});

	it("is kept together with its audit record, or not at all", async () => {
		const { firing, incidents, alerts } = scene();
		await expect(
			ingestAlerts(depsOf(withoutAudit(world.test.store)), [firing()], Date.now()),
		).rejects.toThrow("disk is full");
		expect(await incidents()).toEqual([]);
		expect(await alerts()).toEqual([]);
		await take([firing()]);
		expect(await incidents()).toHaveLength(1);
	});

	it("case 36: with hostile labels and annotations stays text", async () => {
		const { target, firing, incidents } = scene();
		const hostile = "<!channel> {{time:1}}\u202e\n[x](http://evil.example)\0";
		await take([
			firing({
				labels: { alertname: hostile, service: target, environment: hostile, severity: hostile },
				annotations: { summary: hostile, ["__proto__"]: "x" },
			}),
		]);
		const [incident] = await incidents();
		expect(incident).toMatchObject({ severity: "medium", environment: "local" });
		expect(JSON.stringify(incident).replaceAll(/since \{\{time:\d+\}\}/g, "")).not.toMatch(
			/\{\{time:1\}\}|\u202e|\\u0000/,
		);
	});
});

describe("a resolved alert", () => {
	it("closes what it opened, with Alertmanager's own end", async () => {
		const { firing, resolved, startsAtMs, incidents, alerts } = scene();
		await take([firing()]);
		await take([resolved()]);
		expect(await alerts()).toMatchObject([{ resolvedAtMs: startsAtMs + 4 * MINUTE }]);
		const [incident] = await incidents();
		expect(incident).toMatchObject({ status: "resolved", outcome: "recovered" });
		expect(incident?.timeline.map(({ kind }) => kind)).toEqual(["seen", "explained", "note", "ended"]);
		await take([resolved()]);
		expect((await incidents())[0]?.version).toBe(incident?.version);
	});

	it("leaves the incident open while another alert or a finding is", async () => {
		const { target, firing, resolved, incidents } = scene();
		const second = { fingerprint: `second-${target}` };
		await take([firing(), firing(second)]);
		await take([resolved()]);
		expect(await incidents()).toMatchObject([{ status: "open" }]);
		const watch = exampleWatch({ name: `w-${target}`, target: { name: target } });
		const anomaly = await world.open(exampleFinding(watch));
		await take([resolved(second)]);
		expect(await incidents()).toMatchObject([{ id: anomaly.incidentId, status: "open" }]);
		await world.close(anomaly);
		await take([resolved(second)]);
		expect(await incidents()).toMatchObject([{ status: "resolved" }]);
	});

	it("that comes first is kept, and the late firing with the same start changes nothing", async () => {
		const { firing, resolved, incidents, alerts } = scene();
		await take([resolved()]);
		await take([firing()]);
		expect(await incidents()).toEqual([]);
		const [alert] = await alerts();
		expect(alert?.incidentId).toBeUndefined();
		expect(alert?.resolvedAtMs).toBeDefined();
		expect(await world.audited(`alert:${alert?.id}`)).toEqual(["alert.kept"]);
	});

	it("does not keep a later start from opening anew", async () => {
		const { firing, resolved, startsAtMs, incidents } = scene();
		await take([firing()]);
		await take([resolved()]);
		await take([firing({ startsAtMs: startsAtMs + 5 * MINUTE })]);
		expect((await incidents()).map(({ status }) => status)).toEqual(["open", "resolved"]);
	});

	it("fires again where it is told to, long after its end", async () => {
		const { firing, resolved, incidents, alerts } = scene();
		await take([firing()]);
		await take([resolved()]);
		await take([firing()], Date.now() + 16 * MINUTE);
		expect((await incidents()).map(({ status }) => status)).toEqual(["open", "resolved"]);
		expect(await alerts()).toMatchObject([{ incidentId: (await incidents())[0]?.id }]);
		await take([resolved()], Date.now() + 17 * MINUTE);
		expect((await incidents()).map(({ status }) => status)).toEqual(["resolved", "resolved"]);
	});

	it("whose start a sender corrected ends all starts of its labels", async () => {
		for (const shift of [-MINUTE, MINUTE]) {
			const { firing, resolved, startsAtMs, incidents, alerts } = scene();
			await take([firing()]);
			await take([firing({ startsAtMs: startsAtMs + shift })]);
			expect(await incidents()).toMatchObject([{ status: "open" }]);
			expect((await alerts()).filter((alert) => alert.resolvedAtMs === undefined)).toHaveLength(1);
			await take([resolved({ startsAtMs: startsAtMs + shift })]);
			expect((await alerts()).filter((alert) => alert.resolvedAtMs === undefined)).toEqual([]);
			expect(await incidents()).toMatchObject([{ status: "resolved" }]);
		}
	});

	it("ends its incident also when the process died in between", async () => {
		const { firing, resolved, incidents, alerts } = scene();
		await take([firing()]);
		let calls = 0;
		const dying = {
			...world.test.store,
			transaction: (work: Parameters<typeof world.test.store.transaction>[0]) =>
				++calls > 1 ? Promise.reject(new Error("killed")) : world.test.store.transaction(work),
		} as typeof world.test.store;
		await expect(ingestAlerts(depsOf(dying), [resolved()], Date.now())).rejects.toThrow("killed");
		expect(await incidents()).toMatchObject([{ status: "open" }]);
		expect((await alerts())[0]?.resolvedAtMs).toBeDefined();
		await take([resolved()]);
		expect(await incidents()).toMatchObject([{ status: "resolved" }]);
	});

	it("and a firing one of the same incident at the same moment: none is lost", async () => {
		for (let round = 0; round < 8; round += 1) {
			const { target, firing, resolved, alerts } = scene();
			await take([firing()]);
			await Promise.all([take([resolved()]), take([firing({ fingerprint: `late-${target}` })])]);
			const late = (await alerts()).find(({ fingerprint }) => fingerprint === `late-${target}`);
			expect(await world.incident(late?.incidentId ?? "")).toMatchObject({ status: "open" });
		}
	});
});

describe("an incident's file", () => {
	const read = (id: string) =>
		readIncident(
			{
				store: world.test.store,
				metrics: fakeMetrics(),
				usualDays: createUsualDays(),
				board: createWatchBoard([]),
				watches: [],
				logger: recordingLogger(),
			},
			id,
		);

	it("holds its alerts, and its card tells of them from typed fields", async () => {
		const { target, firing, resolved, incidents } = scene();
		await take([firing(), firing({ fingerprint: `second-${target}` })]);
		await take([resolved()]);
		const [incident] = await incidents();
		const { alerts, message } = await read(incident?.id ?? "");
		expect(alerts.map((alert) => alert.resolvedAtMs === undefined)).toEqual([true, false]);
		expect(message).toMatchObject({ state: { kind: "anomaly", text: "Alert" } });
		expect(message.facts[0]).toMatchObject({ label: "Alert firing", value: "HighErrorRate" });
		await take([resolved({ fingerprint: `second-${target}` })]);
		expect((await read(incident?.id ?? "")).message).toMatchObject({
			title: `${target}: HighErrorRate is resolved`,
			state: { kind: "resolved" },
			text: expect.stringMatching(/^The alert HighErrorRate \(2\) fired from /),
		});
		expect((await incidents())[0]?.explanation).toMatch(/^The alert HighErrorRate \(2\) fired from /);
	});

	it("tells of findings and alerts in one card of four facts at most", async () => {
		const { target, firing } = scene();
		const watch = exampleWatch({ name: `w-${target}`, target: { name: target } });
		const anomaly = await world.open(exampleFinding(watch));
		await take([firing()]);
		const deps = {
			store: world.test.store,
			metrics: fakeMetrics(),
			usualDays: createUsualDays(),
			board: createWatchBoard([]),
			logger: recordingLogger(),
		};
		const { message } = await readIncident({ ...deps, watches: [watch] }, anomaly.incidentId);
		expect(message.facts).toHaveLength(4);
		expect(message.facts[3]).toMatchObject({ label: "Alert firing", value: "HighErrorRate" });
	});
});

it("what the inventory can't tell leaves the notification for later", async () => {
	const { firing, incidents } = scene();
	const blind = { ...depsOf(), knownTargets: () => Promise.reject(new Error("no inventory")) };
	await expect(ingestAlerts(blind, [firing()], Date.now())).rejects.toThrow("no inventory");
	expect(await incidents()).toEqual([]);
	const other = alteredStore(world.test.store, () => ({}));
	await ingestAlerts({ ...depsOf(other), knownTargets: () => [] }, [firing()], Date.now());
	expect(await incidents()).toHaveLength(1);
});
