import { AppError } from "../../src/domain/errors.ts";
import type { PublishDeps } from "../../src/use-cases/publish-incident.ts";
import {
	publishApproval,
	publishIncident,
	readIncident,
	readIncidentWindow,
} from "../../src/use-cases/publish-incident.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { recordingPlatform } from "../fakes/recording-platform.ts";
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
	const platform = recordingPlatform(`p-${target}`);
	const logger = recordingLogger();
	const deps: PublishDeps = {
		store: world.test.store,
		metrics,
		platforms: [platform],
		watches: [watch],
		logger,
	};
	return { target, watch, anomaly, id: anomaly.incidentId, metrics, platform, logger, deps };
}
const resolveIncident = async (id: string) => {
	const incident = await world.incident(id);
	await world.test.store.incidents.save({
		...incident,
		status: "resolved",
		outcome: "recovered",
		resolvedAtMs: Date.now(),
	});
};

describe("an incident", () => {
	it("has one card, which is edited in place", async () => {
		const { id, platform, deps, target } = await opened();
		await publishIncident(deps, id);
		await publishIncident(deps, id);
		await resolveIncident(id);
		await publishIncident(deps, id);
		expect(platform.cards).toHaveLength(1);
		expect(platform.cards[0]?.shown.map((message) => message.title)).toEqual([
			`${target}: memory is over three times its usual level`,
			`${target}: memory is over three times its usual level`,
			`${target}: memory is back inside its band by itself`,
		]);
		expect(platform.cards[0]?.shown[0]?.chart?.title).toBe(`Memory of ${target}`);
	});

	it("has one card however many publish it at once, on a platform that knows no keys", async () => {
		const { id, platform, deps } = await opened();
		const request = await world.request(id);
		const jobs = [1, 2, 3].flatMap(() => [publishIncident(deps, id), publishApproval(deps, request.id)]);
		await Promise.all(jobs);
		expect(platform.cards).toHaveLength(1);
	});

	it("shows its last state in the end, though an older edit arrives late", async () => {
		const { id, platform, deps, target } = await opened();
		await publishIncident(deps, id);
		let release: () => void = () => undefined;
		const slow = new Promise<void>((done) => {
			release = done;
		});
		let reached: () => void = () => undefined;
		const first = new Promise<void>((done) => {
			reached = done;
		});
		let held = false;
		platform.beforeShow(async () => {
			if (held) return;
			held = true;
			reached();
			await slow;
		});
		const late = publishIncident(deps, id);
		await first;
		await resolveIncident(id);
		await publishIncident(deps, id);
		release();
		await late;
		expect(platform.cards[0]?.shown.at(-1)?.title).toBe(
			`${target}: memory is back inside its band by itself`,
		);
	});

	it("whose request is decided while its card is on its way is edited again", async () => {
		const { id, platform, deps } = await opened();
		const request = await world.request(id);
		let once = true;
		platform.beforeShow(async () => {
			if (!once) return;
			once = false;
			await world.test.store.approvals.move(request.id, "proposed", "denied", {
				outcome: "Denied.",
				endedAtMs: 1,
			});
		});
		await publishApproval(deps, request.id);
		expect(platform.cards).toHaveLength(1);
		expect(platform.cards[0]?.shown.map((message) => message.state?.kind)).toEqual(["waiting", "denied"]);
	});

	it("that changes all the time is given up on for now, as each change publishes it anew", async () => {
		const { id, platform, deps } = await opened();
		await publishIncident(deps, id);
		platform.beforeShow(async () => {
			await world.test.store.incidents.save(await world.incident(id));
		});
		await publishIncident(deps, id);
		expect(platform.cards[0]?.shown).toHaveLength(6);
	});

	it("on a platform that fails is shown on the others, and the error is not lost", async () => {
		const { id, platform, deps, logger } = await opened();
		const other = recordingPlatform("other");
		platform.fail(new AppError("limited", "Too many messages; try again in 3 s."));
		const both = { ...deps, platforms: [platform, other] };
		await expect(publishIncident(both, id)).rejects.toMatchObject({ code: "limited" });
		expect(other.cards).toHaveLength(1);
		expect(logger.records).toMatchObject([{ level: "error", fields: { platform: platform.name } }]);
		platform.fail(undefined);
		await publishIncident(both, id);
		expect([platform.cards.length, other.cards.length]).toEqual([1, 1]);
	});

	it("whose card somebody deleted is not posted again and again", async () => {
		const { id, platform, deps } = await opened();
		await publishIncident(deps, id);
		platform.remove("card-1");
		await publishIncident(deps, id);
		await publishIncident(deps, id);
		expect(platform.cards).toHaveLength(1);
	});

	it("is not posted where a platform has no place for it", async () => {
		const { id, platform, deps } = await opened();
		await publishIncident(
			{ ...deps, platforms: [{ ...platform, defaultConversation: () => undefined }] },
			id,
		);
		expect(platform.cards).toHaveLength(0);
	});

	it("without its chart, when the source fails, is published all the same", async () => {
		const { id, platform, deps, metrics } = await opened();
		metrics.fail(new AppError("unavailable", "No answer."));
		await publishIncident(deps, id);
		expect(platform.cards[0]?.shown[0]).not.toHaveProperty("chart");
		expect(platform.cards[0]?.shown[0]?.facts).toHaveLength(3);
	});

	it("that does not exist is said to be missing", async () => {
		const { deps } = await opened();
		await expect(publishIncident(deps, "INC-99999")).rejects.toMatchObject({ code: "not_found" });
	});
});

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

	it("has a chart over another window, or says that there is none", async () => {
		const { id, deps } = await opened();
		const chart = await readIncidentWindow(deps, id, 600_000);
		expect(chart.lines[0]?.points.length).toBeGreaterThan(200);
		await expect(readIncidentWindow({ ...deps, watches: [] }, id, 600_000)).rejects.toMatchObject({
			code: "not_found",
		});
	});
});

describe("a request that belongs to no incident", () => {
	it("has a card of its own, which ends right", async () => {
		const { deps, platform } = await opened();
		const {
			id: _id,
			version: _version,
			decisions: _decisions,
			incidentId: _incident,
			...parts
		} = await world.request((await opened()).id);
		const request = await world.test.store.approvals.create(parts);
		await Promise.all([publishApproval(deps, request.id), publishApproval(deps, request.id)]);
		await world.test.store.approvals.move(request.id, "proposed", "denied", {
			outcome: "Denied by Anna; nothing was changed.",
			endedAtMs: Date.now(),
		});
		await publishApproval(deps, request.id);
		expect(platform.cards).toHaveLength(1);
		expect(platform.cards[0]?.shown.at(-1)).toMatchObject({
			title: "Restart checkout",
			state: { kind: "denied", text: "Denied" },
			text: "Denied by Anna; nothing was changed.",
			buttons: [{ action: "say", text: "restart checkout" }],
		});
	});

	it("that does not exist is nothing to publish", async () => {
		const { deps, platform } = await opened();
		await publishApproval(deps, "A-99999");
		expect(platform.cards).toEqual([]);
	});
});
