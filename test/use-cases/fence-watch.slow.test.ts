import { fenceWatch } from "../../src/use-cases/fence-watch.ts";
import { openIncident } from "../../src/use-cases/open-incident.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { exampleFinding, type IncidentWorld, incidentWorld } from "./incident-world.ts";

let world: IncidentWorld;
let next = 0;

beforeAll(async () => {
	world = await incidentWorld();
});
afterAll(() => world.test.close());

/** The owner of a watch with an open finding, and the one that takes over. */
async function owners() {
	const name = `w${++next}`;
	const watch = exampleWatch({ name, target: { name } });
	const { store } = world.test;
	const [former, latter] = [fenceWatch(store, name), fenceWatch(store, name)];
	await former.watches.claim(name, 1);
	const open = (by: typeof store, labels = {}) =>
		openIncident({ ...world.deps, store: by }, exampleFinding(watch, { labels }));
	return { name, former, latter, open, anomaly: await open(former) };
}

it("lets the owner of a watch write its findings", async () => {
	const { name, former, anomaly } = await owners();
	await former.anomalies.save({ ...anomaly, value: 1 });
	expect(await former.anomalies.openOf(name)).toMatchObject([{ value: 1 }]);
});

it("refuses a former owner each write of findings and incidents from the claim of the next one on", async () => {
	const { name, former, latter, open, anomaly } = await owners();
	await latter.watches.claim(name, 2);
	const taken = { code: "conflict", message: `Another replica scores ${name} now; this one must stop.` };
	await expect(former.anomalies.save({ ...anomaly, value: 1 })).rejects.toMatchObject(taken);
	await expect(open(former, { pod: "b" })).rejects.toMatchObject(taken);
	await expect(former.anomalies.create(anomaly)).rejects.toMatchObject(taken);
	expect(await latter.anomalies.openOf(name)).toEqual([anomaly]);
	expect(await world.audited(`incident:${anomaly.incidentId}`)).toEqual(["incident.opened"]);
	await latter.anomalies.save({ ...anomaly, value: 2 });
	expect(await former.anomalies.openOf(name)).toMatchObject([{ value: 2 }]);
});

it("says nothing of other watches, nor before the first claim", async () => {
	const { name, latter, anomaly } = await owners();
	await latter.watches.claim("another", 9);
	await latter.anomalies.save({ ...anomaly, value: 3 });
	expect(await latter.anomalies.openOf(name)).toMatchObject([{ value: 3 }]);
});
