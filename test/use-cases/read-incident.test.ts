import { AppError } from "../../src/domain/errors.ts";
import { readIncident, readIncidentWindow } from "../../src/use-cases/read-incident.ts";
import { createUsualDays } from "../../src/use-cases/usual-days.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { exampleFinding, type IncidentWorld, incidentWorld } from "./incident-world.ts";

const MB = 1024 ** 2;
let world: IncidentWorld;
let next = 0;

beforeAll(async () => {
	world = await incidentWorld();
});
afterAll(() => world.test.close());

async function opened() {
	const target = `t${++next}`;
	const watch = exampleWatch({ name: `w-${target}`, target: { name: target } });
	const anomaly = await world.open(
		exampleFinding(watch, { atMs: Date.now(), outsideSinceMs: Date.now() - 4000 }),
	);
	const metrics = fakeMetrics();
	metrics.showValue(() => 804 * MB);
	const deps = {
		store: world.test.store,
		metrics,
		usualDays: createUsualDays(),
		board: createWatchBoard([]),
		watches: [watch],
		logger: recordingLogger(),
	};
	return { target, watch, anomaly, id: anomaly.incidentId, metrics, deps };
}

describe("the file of an incident", () => {
	it("leads with an open finding, the first that was seen, and names the query behind each", async () => {
		const { id, deps, watch, anomaly } = await opened();
		const cpu = { ...watch, name: `${watch.name}-cpu`, metric: "CPU" };
		const earlier = await world.open(
			exampleFinding(cpu, { target: anomaly.target, outsideSinceMs: anomaly.outsideSinceMs - 60_000 }),
		);
		const leads = async () => (await readIncident(deps, id)).anomalies.map((item) => item.id);
		expect(await leads()).toEqual([earlier.id, anomaly.id]);
		await world.close(earlier);
		expect(await leads()).toEqual([anomaly.id, earlier.id]);
		expect((await readIncident(deps, id)).message.queries).toMatchObject([
			{ id: "q1", purpose: `watch ${watch.name}` },
			{ id: "q2", purpose: `watch ${cpu.name}` },
		]);
	});

	it("takes the newest request, with its run", async () => {
		const { id, deps } = await opened();
		await world.request(id, { status: "failed" });
		const newest = await world.request(id, { status: "executing" });
		const run = await world.test.store.executions.create({
			approvalId: newest.id,
			status: "intended",
			intendedAtMs: 1,
		});
		expect((await readIncident(deps, id)).request).toMatchObject({
			approval: { id: newest.id },
			execution: { id: run.id },
		});
	});

	it("without its chart, when the source fails, is there all the same", async () => {
		const { id, deps, metrics } = await opened();
		metrics.fail(new AppError("unavailable", "No answer."));
		const { message } = await readIncident(deps, id);
		expect(message).not.toHaveProperty("chart");
		expect(message.facts).toHaveLength(3);
	});

	it("has a chart over another window, or says that there is none", async () => {
		const { id, deps } = await opened();
		const chart = await readIncidentWindow(deps, id, 600_000);
		expect(chart.lines[0]?.points.length).toBeGreaterThan(200);
		await expect(readIncidentWindow({ ...deps, watches: [] }, id, 600_000)).rejects.toMatchObject({
			code: "not_found",
		});
	});
});
