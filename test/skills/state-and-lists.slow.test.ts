import { describeState } from "../../skills/describe-state.ts";
import { forecast } from "../../skills/forecast.ts";
import { listAnomalies } from "../../skills/list-anomalies.ts";
import { listCapabilities } from "../../skills/list-capabilities.ts";
import { listIncidents } from "../../skills/list-incidents.ts";
import { proposeRemediation } from "../../skills/propose-remediation.ts";
import { ASKER, CONTEXT, NOW_MS, pendingApproval, questionWorld, WATCHES } from "../fakes/question-world.ts";

const HOUR = 3_600_000;

describe("lists", () => {
	it("give anomalies newest first, by target and span, and say if there are more", async () => {
		const world = await questionWorld({ leaking: true });
		const one = await listAnomalies.run(world, CONTEXT, { limit: 1 });
		expect(one).toMatchObject({ more: true, items: [{ id: "AN-9", unit: "bytes" }] });
		const old = await listAnomalies.run(world, CONTEXT, { untilMs: NOW_MS - HOUR });
		expect(old.items.map((anomaly) => anomaly.id)).toEqual(["AN-4"]);
		expect((await listAnomalies.run(world, CONTEXT, { target: "worker" })).items).toEqual([]);
	});

	it("give incidents by status and span", async () => {
		const world = await questionWorld({ leaking: true });
		const open = await listIncidents.run(world, CONTEXT, { status: "open" });
		expect(open.items.map((incident) => incident.id)).toEqual(["INC-7"]);
		const recent = await listIncidents.run(world, CONTEXT, { sinceMs: NOW_MS - HOUR });
		expect(recent.items.map((incident) => incident.id)).toEqual(["INC-7"]);
	});
});

describe("describe-state", () => {
	it("gives open incidents, what is outside, and what waits", async () => {
		const world = await questionWorld({
			leaking: true,
			approvals: [pendingApproval("A-1", "checkout", "INC-7")],
		});
		const state = await describeState.run(world, CONTEXT, {});
		expect(state.open.map((incident) => incident.id)).toEqual(["INC-7"]);
		expect(state.outside.map((value) => [value.target, value.label])).toEqual([["checkout", "memory"]]);
		expect(state.outside[0]?.expected).toBeDefined();
		expect(state.pending.map((approval) => approval.id)).toEqual(["A-1"]);
		expect(state.watches).toBe(WATCHES.length);
	});

	it("is about one target where one is named", async () => {
		const world = await questionWorld({ leaking: true, approvals: [pendingApproval("A-1", "checkout")] });
		const state = await describeState.run(world, CONTEXT, { target: "worker" });
		expect([state.open, state.outside, state.pending]).toEqual([[], [], []]);
		expect(new Set(state.inside.map((value) => value.target))).toEqual(new Set(["worker"]));
	});

	it("names watches that fail or were not scored for long, and shows no old values", async () => {
		const world = await questionWorld();
		const readings = world.board.readings().map((reading) => ({
			...reading,
			status:
				reading.watch.name === "host-cpu"
					? { ...reading.status, state: "failed" as const, problem: "no such metric" }
					: { ...reading.status, lastScoredAtMs: NOW_MS - HOUR },
		}));
		const board = { readings: () => readings, reading: () => undefined };
		const state = await describeState.run({ ...world, board }, { ...CONTEXT, nowMs: NOW_MS + HOUR }, {});
		expect(state.failed).toEqual([{ watch: "host-cpu", problem: "no such metric" }]);
		expect(state.stale.length).toBe(WATCHES.length - 1);
		expect(state.inside).toEqual([]);
	});
});

describe("forecast", () => {
	it("says when the disk is full, with its range and the points for a chart", async () => {
		const found = await forecast.run(await questionWorld(), CONTEXT, { target: "host" });
		if (!found.reach || !("atMs" in found.reach)) throw new Error(JSON.stringify(found.reach));
		expect(found.limit?.value).toBe(100);
		expect((found.reach.atMs - NOW_MS) / HOUR).toBeCloseTo(34, 0);
		expect(found.perHour).toBeCloseTo(0.5, 2);
		expect(found.points.length).toBeGreaterThan(10);
		expect(found.points.length).toBeLessThanOrEqual(61);
	});

	it("goes by the days where the source has kept them, and says so", async () => {
		const world = await questionWorld();
		const withDays = async (disk: (t: number) => number) => {
			const { metrics } = world;
			const labels = { mountpoint: "/" };
			const range: typeof metrics.range = (_query, { startMs, endMs, stepMs }) => {
				const count = Math.floor((endMs - startMs) / stepMs) + 1;
				const samples = Array.from({ length: count }, (_, i) => startMs + i * stepMs).map((t) => ({
					t,
					v: disk(t),
				}));
				return Promise.resolve([{ labels, samples }]);
			};
			return await forecast.run({ ...world, metrics: { ...metrics, range } }, CONTEXT, { target: "host" });
		};
		/** Half a percent a day, and up and down by four between night and day; fastest upwards now. */
		const usual = (t: number) =>
			60 + (t - NOW_MS) / (48 * HOUR) + 4 * Math.sin((2 * Math.PI * (t - NOW_MS)) / (24 * HOUR));
		const found = await withDays(usual);
		expect(found.basis).toBe("daily and weekly pattern of 14 days and its trend");
		expect(found.historyMs).toBeGreaterThan(13 * 24 * HOUR);
		expect(found.perHour).toBeCloseTo(1 / 48, 2);
		if (!found.reach || !("atMs" in found.reach)) throw new Error(JSON.stringify(found.reach));
		expect((found.reach.atMs - NOW_MS) / (24 * HOUR)).toBeGreaterThan(65);
		expect((found.reach.atMs - NOW_MS) / (24 * HOUR)).toBeLessThan(80);
		const silent: typeof world.metrics.range = (query, span) =>
			span.endMs - span.startMs > 48 * HOUR
				? Promise.reject(new Error("too long"))
				: world.metrics.range(query, span);
		const short = { ...world, metrics: { ...world.metrics, range: silent } };
		expect((await forecast.run(short, CONTEXT, { target: "host" })).basis).toMatch(/^trend of the last /);
		const leaking = await withDays((t) => usual(t) + Math.max(0, (t - NOW_MS + 3 * HOUR) / HOUR) * 5);
		expect(leaking.basis).toMatch(/^trend of the last /);
		if (!leaking.reach || !("atMs" in leaking.reach)) throw new Error(JSON.stringify(leaking.reach));
		expect((leaking.reach.atMs - NOW_MS) / HOUR).toBeLessThan(8);
	});

	it("says that a quantity without a known limit has none", async () => {
		const found = await forecast.run(await questionWorld(), CONTEXT, {
			target: "checkout",
			metric: "memory",
		});
		expect(found.limit).toBeUndefined();
		expect(found.reach).toBeUndefined();
	});

	it("reaches as far as it is asked to, within what the quantity can be", async () => {
		const world = await questionWorld();
		const found = await forecast.run(world, CONTEXT, { target: "host", metric: "cpu", aheadMs: 24 * HOUR });
		expect(found.points.at(-1)?.t).toBe(NOW_MS + 24 * HOUR);
		const disk = await forecast.run(world, CONTEXT, { target: "host", aheadMs: 60 * HOUR });
		expect(disk.points.at(-1)).toMatchObject({ t: NOW_MS + 60 * HOUR, v: 100, high: 100 });
		for (const { v, low, high } of [...found.points, ...disk.points]) {
			expect(low).toBeGreaterThanOrEqual(0);
			expect(high).toBeLessThanOrEqual(100);
			expect(low).toBeLessThanOrEqual(v);
			expect(v).toBeLessThanOrEqual(high);
		}
	});

	it("says why nothing can be forecast so far ahead", async () => {
		const world = await questionWorld();
		const found = await forecast.run(world, CONTEXT, {
			target: "host",
			startMs: NOW_MS - HOUR,
			aheadMs: 24 * HOUR,
		});
		expect(found.points).toEqual([]);
		expect(found.problem).toBe("1 h of history is too little for 1 d ahead; a tenth of that is needed");
	});

	it("does not draw a trend of seconds out over hours", async () => {
		const world = await questionWorld();
		/** Up and down by the minute, and on the way up just now. */
		const at = (t: number) => 50 + 40 * Math.sin((t - NOW_MS) / 300_000);
		const range: typeof world.metrics.range = (_query, { startMs, endMs, stepMs }) => {
			const from = Math.max(startMs, NOW_MS - 3 * HOUR);
			const samples = Array.from(
				{ length: Math.floor((endMs - from) / stepMs) + 1 },
				(_, i) => endMs - i * stepMs,
			)
				.toReversed()
				.map((t) => ({ t, v: at(t) }));
			return Promise.resolve([{ labels: {}, samples }]);
		};
		const found = await forecast.run({ ...world, metrics: { ...world.metrics, range } }, CONTEXT, {
			target: "host",
			metric: "cpu",
			aheadMs: 5 * HOUR,
		});
		const end = found.points.at(-1);
		expect(end?.v).toBeGreaterThan(30);
		expect(end?.v).toBeLessThan(70);
		expect((end?.high ?? 0) - (end?.low ?? 0)).toBeGreaterThan(40);
	});

	it("does not claim that steady memory runs out", async () => {
		const found = await forecast.run(await questionWorld(), CONTEXT, { target: "host", metric: "memory" });
		expect(found.limit?.value).toBe(8 * 1024 ** 3);
		expect(found.reach && "atMs" in found.reach).toBe(false);
	});
});

describe("propose-remediation", () => {
	it("asks through the proposer, as the one who asked, with the open incident", async () => {
		const world = await questionWorld({ leaking: true });
		const approval = await proposeRemediation.run(world, CONTEXT, {
			remediation: "restart-service",
			target: "checkout",
		});
		expect(approval.id).toBe("A-1");
		expect(world.proposed).toEqual([
			{
				remediation: "restart-service",
				parameters: { service: "checkout" },
				requester: ASKER,
				incidentId: "INC-7",
			},
		]);
	});

	it("finds the parameter in the catalog where no watch names it", async () => {
		const world = await questionWorld();
		await proposeRemediation.run({ ...world, watches: () => [] }, CONTEXT, {
			remediation: "restart-service",
			target: "worker",
		});
		expect(world.proposed[0]?.parameters).toEqual({ service: "worker" });
	});

	it("requests nothing for an unknown remediation or target", async () => {
		const world = await questionWorld();
		const unknown = proposeRemediation.run(world, CONTEXT, {
			remediation: "delete-everything",
			target: "checkout",
		});
		await expect(unknown).rejects.toMatchObject({ code: "unsupported" });
		const nowhere = proposeRemediation.run(world, CONTEXT, {
			remediation: "restart-service",
			target: "chekout",
		});
		await expect(nowhere).rejects.toMatchObject({ code: "not_found" });
		expect(world.proposed).toEqual([]);
	});
});

it("lists capabilities with examples that name what exists", async () => {
	const { examples, metrics, remediations } = await listCapabilities.run(await questionWorld(), CONTEXT, {});
	expect(examples).toContain("restart checkout");
	expect(metrics.service).toContain("latency");
	expect(remediations.map((one) => one.name)).toEqual(["restart-service"]);
});
