import type { Watch } from "../../src/domain/watch.ts";
import { endIncidentIfOver } from "../../src/use-cases/end-incident.ts";
import { endOrphans } from "../../src/use-cases/end-orphans.ts";
import { gaussian } from "../fakes/noise.ts";
import { feed, type ScoringWorld, scoringWorld } from "./scoring-world.ts";

let world: ScoringWorld;

beforeAll(async () => {
	world = await scoringWorld();
});
afterAll(() => world.test.close());

const noise = gaussian(11);
const healthy = (count: number) => Array.from({ length: count }, () => 100 + noise());
const repeat = (value: number, count: number) => Array.from({ length: count }, () => value);

test("a muted watch is scored and tells nothing; what is still outside afterwards is told then", async () => {
	const { watch, metrics, board, told, make } = world.scoring();
	let muted = true;
	const scorer = make({ muted: () => muted });
	const next = await feed(scorer, metrics, [...healthy(60), ...repeat(900, 6)]);
	expect(told).toEqual([]);
	expect(board.reading(watch.name)?.series[0]?.points.at(-1)?.score).toBeGreaterThan(1);
	muted = false;
	await feed(scorer, metrics, repeat(900, 1), next);
	expect(told).toEqual([`open ${watch.name}`]);
});

test("what is open already is followed to its end under a mute", async () => {
	const { watch, metrics, told, make } = world.scoring();
	let muted = false;
	const scorer = make({ muted: () => muted });
	const next = await feed(scorer, metrics, [...healthy(60), ...repeat(900, 3)]);
	muted = true;
	await feed(scorer, metrics, healthy(10), next);
	expect([told[0], told.at(-1)]).toEqual([`open ${watch.name}`, `closed ${watch.name}`]);
});

test("what a watch had open ends when it is taken away, unless another replica still scores it", async () => {
	const { watch, metrics, make } = world.scoring();
	await feed(make(), metrics, [...healthy(60), ...repeat(900, 3)]);
	const { store } = world.test;
	const ended: string[] = [];
	const orphans = (watches: readonly Watch[]) =>
		endOrphans({ store, owner: "here", closed: async (anomaly) => void ended.push(anomaly.watch) }, watches);
	await store.leases.acquire(`watch:${watch.name}`, "another", 60);
	await orphans([]);
	expect(ended).not.toContain(watch.name);
	await store.leases.release(`watch:${watch.name}`, "another");
	await orphans([watch]);
	expect(ended).not.toContain(watch.name);
	await orphans([]);
	expect(ended).toContain(watch.name);
	expect(await store.anomalies.openOf(watch.name)).toEqual([]);
	const { items } = await store.incidents.list({ status: "open" }, { limit: 200 });
	const incident = items.find(({ target }) => target === watch.name);
	expect(incident?.timeline.at(-1)?.text).toMatch(/ was removed; that the value came back was not seen$/);
	await endIncidentIfOver(world.deps, incident?.id ?? "");
	expect(await store.incidents.get(incident?.id ?? "")).toMatchObject({ outcome: "closed" });
});
