import { explainIncident } from "../../skills/explain/explain-incident.ts";
import { restarterOf } from "../../skills/explain/gather-evidence.ts";
import { type Evidence, judgeCause } from "../../skills/explain/judge-cause.ts";
import { judgeMovement, type Movement } from "../../skills/explain/movement.ts";
import { createIncidentExplainer } from "../../skills/explain-incident.ts";
import { AppError } from "../../src/domain/errors.ts";
import { replaceTimes } from "../../src/domain/time-text.ts";
import type { Watch } from "../../src/domain/watch.ts";
import { exampleAlert } from "../fakes/example-alert.ts";
import {
	LEAK_ANOMALY,
	LEAK_INCIDENT,
	LEAK_MS,
	NOW_MS,
	questionWorld,
	WATCHES,
} from "../fakes/question-world.ts";

async function explained(changes: Partial<Parameters<typeof explainIncident>[0]> = {}) {
	const { metrics, board } = await questionWorld({ leaking: true });
	return await explainIncident({
		incident: LEAK_INCIDENT,
		anomalies: [LEAK_ANOMALY],
		watches: WATCHES,
		metrics,
		board,
		nowMs: NOW_MS,
		...changes,
	});
}

describe("explainIncident", () => {
	it("says what moved first and by how much, what did not, and a cause with its certainty", async () => {
		const { text, movedFirst, ruledOut, certainty } = await explained();
		const words = replaceTimes(text, (ms) => new Date(ms).toISOString().slice(11, 16));
		expect(words).toMatch(
			/^Memory left its band first, at 13:19: it was 8\d\d\u00a0MB at 13:30, expected 190–260\u00a0MB, rising 5\d(\.\d)?\u00a0MB a minute\./,
		);
		expect(words).toContain("Load is ruled out: traffic stayed at 1");
		expect(words).toContain("A leak is possible.");
		expect(movedFirst).toMatchObject({ metric: "memory", unit: "bytes", atMs: LEAK_MS + 55_000 });
		expect(ruledOut.map((one) => one.metric)).toEqual([
			"traffic",
			"CPU",
			"error rate",
			"95th percentile latency",
		]);
		expect(certainty).toBe("possible");
	});

	it("gives the query behind every number, each with its span", async () => {
		const { queries, ruledOut, movedFirst } = await explained();
		const asked = new Set(queries.map((one) => one.query));
		for (const { query } of [...ruledOut, ...(movedFirst ? [movedFirst] : [])])
			expect(asked.has(query)).toBe(true);
		for (const { span } of queries) expect(span).toMatch(/^\{\{time:\d+\}\}/);
	});

	it("calls a leak likely where a restart helped before", async () => {
		expect((await explained({ earlierHelped: 2 })).text).toContain(
			"A leak is likely; it fits, and a restart helped before.",
		);
	});

	it("says at most four sentences", async () => {
		const { text } = await explained({ earlierHelped: 1 });
		expect(text.split(/\. /).length).toBeLessThanOrEqual(4);
		expect(text.length).toBeLessThan(400);
	});

	it("names what else moved, in order", async () => {
		const traffic = {
			...LEAK_ANOMALY,
			id: "AN-10",
			watch: "checkout-traffic",
			band: { low: 1, high: 2 },
			peak: 140,
		};
		const later = { ...traffic, outsideSinceMs: LEAK_MS + 120_000 };
		const { text, ruledOut } = await explained({ anomalies: [later, LEAK_ANOMALY] });
		expect(text).toContain("Traffic went up too");
		expect(text).toContain("More load is possible");
		expect(ruledOut.map((one) => one.metric)).not.toContain("traffic");
	});

	it("says of a blind incident only that nothing is known", async () => {
		const { text, certainty } = await explained({
			incident: { ...LEAK_INCIDENT, kind: "blind" },
			anomalies: [],
		});
		expect(text).toContain("No metrics of checkout came since");
		expect(certainty).toBe("not known");
	});

	it("says that the cause is not known where there is no finding", async () => {
		expect((await explained({ anomalies: [] })).text).toContain("not known");
	});

	it("says without a finding what the alerts say, and that no watch has one", async () => {
		const alerts = [exampleAlert({ startsAtMs: LEAK_MS })];
		const { text, certainty, queries } = await explained({ anomalies: [], alerts });
		expect(text).toBe(
			`The alert HighErrorRate fires since {{time:${LEAK_MS}}}. The rule HighErrorRate says: “Errors are over 5 %”. The cause is not known: no watch has a finding of this incident that can be read.`,
		);
		expect(certainty).toBe("not known");
		expect(queries).toEqual([]);
		expect((await explained({ alerts })).text).not.toContain("alert");
	});
});

describe("the explainer of cards", () => {
	it("reads the incident from the store", async () => {
		const world = await questionWorld({ leaking: true });
		const explainer = createIncidentExplainer({ ...world, clock: { now: () => NOW_MS } });
		const { text, queries } = await explainer.explain("INC-7");
		expect(text).toContain("A leak is likely");
		expect(queries.length).toBeGreaterThan(4);
	});

	it("never throws: without metrics or an incident it says so", async () => {
		const world = await questionWorld({ leaking: true });
		const down = async () => {
			throw new AppError("unavailable", "Prometheus did not answer.");
		};
		const metrics = { ...world.metrics, instant: down, range: down };
		const explainer = createIncidentExplainer({ ...world, metrics, clock: { now: () => NOW_MS } });
		expect((await explainer.explain("INC-7")).text).toBe(
			"The cause is not known. Prometheus did not answer.",
		);
		expect((await explainer.explain("INC-99")).text).toContain("There is no incident INC-99.");
	});
});

const byKind = (kind: Watch["kind"]) =>
	WATCHES.find((watch) => watch.kind === kind && watch.name.startsWith("checkout"));

function movement(kind: Watch["kind"], moved: Movement["moved"]): Movement {
	const watch = byKind(kind);
	if (!watch) throw new Error(kind);
	return { watch, moved, query: watch.query, value: 1 };
}

describe("judgeCause", () => {
	const base: Evidence = {
		target: "checkout",
		kind: "memory",
		up: true,
		steady: true,
		others: [],
		earlierHelped: 0,
	};

	it("does not call it a leak when traffic rose or is not known", () => {
		expect(judgeCause({ ...base, others: [movement("traffic", "up")] }).text).toContain(
			"More load is possible",
		);
		expect(judgeCause(base)).toEqual({ certainty: "not known", text: "The cause is not known." });
	});

	it("does not call it a leak when memory jumped and stayed", () => {
		expect(judgeCause({ ...base, steady: false, others: [movement("traffic", "no")] }).certainty).toBe(
			"not known",
		);
	});

	it("suspects a start that came shortly before", () => {
		expect(judgeCause({ ...base, startedBeforeMs: 120_000 }).text).toContain("started shortly before");
		expect(judgeCause({ ...base, startedBeforeMs: 3_600_000 }).certainty).toBe("not known");
	});

	it("names the request whose execution made that start", () => {
		expect(judgeCause({ ...base, startedBeforeMs: 120_000, restartedBy: "A-3" }).text).toBe(
			`${base.target} was restarted by A-3 shortly before; what came with that restart is a possible cause.`,
		);
		const ran = [{ id: "A-3", createdAtMs: 100_000, endedAtMs: 160_000 }];
		expect(restarterOf({ ran, nowMs: 900_000 }, 150_000)).toBe("A-3");
		expect(restarterOf({ ran, nowMs: 900_000 }, 500_000)).toBeUndefined();
		expect(restarterOf({ ran, nowMs: 900_000 }, 50_000)).toBeUndefined();
	});

	it("suspects too little CPU behind latency, or something that is not watched", () => {
		const latency: Evidence = { ...base, kind: "latency" };
		expect(judgeCause({ ...latency, others: [movement("cpu", "up")] }).text).toContain("Too little CPU");
		expect(judgeCause({ ...latency, others: [movement("cpu", "no")] }).text).toContain("not watched");
	});

	it("names the process that uses most of a host as shown", () => {
		const host: Evidence = {
			...base,
			target: "host",
			kind: "cpu",
			topProcess: { name: "stress", text: "180 % of one core" },
		};
		expect(judgeCause(host)).toEqual({
			certainty: "shown",
			text: "The process stress uses most now: 180 % of one core.",
		});
	});

	it("never says more than likely without a number that shows it", () => {
		for (const kind of ["cpu", "memory", "latency", "error-rate", "traffic"] as const)
			for (const moved of ["no", "up", "down", "not known"] as const)
				for (const earlierHelped of [0, 3]) {
					const others = (["traffic", "cpu"] as const)
						.filter((one) => one !== kind)
						.map((one) => movement(one, moved));
					expect(judgeCause({ ...base, kind, others, earlierHelped }).certainty).not.toBe("shown");
				}
	});
});

describe("judgeMovement", () => {
	const watch = byKind("traffic");
	if (!watch) throw new Error("no watch");
	const samples = (before: number, after: number, count = 30) =>
		Array.from({ length: count }, (_, index) => ({ t: index * 1000, v: index < count / 2 ? before : after }));
	const sinceMs = 15_000;

	it("goes by the band where there is one", () => {
		const band = { low: 90, high: 110 };
		expect(judgeMovement({ watch, samples: samples(100, 105), sinceMs, band }).moved).toBe("no");
		expect(judgeMovement({ watch, samples: samples(100, 200), sinceMs, band }).moved).toBe("up");
		expect(judgeMovement({ watch, samples: samples(100, 10), sinceMs, band }).moved).toBe("down");
	});

	it("else by what anybody minds", () => {
		expect(judgeMovement({ watch, samples: samples(100, 105), sinceMs }).moved).toBe("no");
		expect(judgeMovement({ watch, samples: samples(100, 130), sinceMs }).moved).toBe("up");
	});

	it("does not judge by too few values", () => {
		expect(judgeMovement({ watch, samples: [], sinceMs }).moved).toBe("not known");
		expect(judgeMovement({ watch, samples: samples(100, 100, 4), sinceMs: 2000 }).moved).toBe("not known");
	});
});
