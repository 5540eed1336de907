import type { Watch } from "../../src/domain/watch.ts";
import { endBlindOrphans } from "../../src/use-cases/end-orphans.ts";
import { incidentTitle } from "../../src/use-cases/incident-title.ts";
import type { Scoring } from "../../src/use-cases/score-watch.ts";
import { createBlindness } from "../../src/use-cases/watch-blindness.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { type IncidentWorld, incidentWorld } from "./incident-world.ts";

const START = 1_700_000_000_000;
let world: IncidentWorld;
let next = 0;

beforeAll(async () => {
	world = await incidentWorld();
});
afterAll(() => world.test.close());

const refused: Scoring = { failed: true, silent: false, problem: "The query is not PromQL.", targets: [] };
const lost: Scoring = { failed: false, targets: [] };
const saw: Scoring = { failed: false, targets: ["checkout"] };

/** Watches in an environment of their own, and the blindness of one replica. */
function replica(...names: readonly string[]) {
	const environment = `env${++next}`;
	const watches = names.map((name) => exampleWatch({ name: `${environment}-${name}`, environment }));
	const [first] = watches;
	if (!first) throw new Error("name a watch");
	const blindness = createBlindness(world.deps);
	const observe = async (watch: Watch, scoring: Scoring, from = START, by = blindness) => {
		for (let i = 0; i < 6; i += 1) await by.observe(watch, scoring, ["checkout"], from + i * 3000);
	};
	const openOf = (target = "checkout") => world.test.store.incidents.openOf(target, environment, "blind");
	const orphans = (left: readonly Watch[], by = blindness) =>
		endBlindOrphans({ ...world.deps, owner: "here", blindness: by }, left);
	return { environment, watches, first, blindness, observe, openOf, orphans };
}

const sentence = (name: string, happened = "was removed") =>
	`The watch ${name}, which had noticed this, ${happened}; that values come again was not seen.`;

describe("a watch that is removed", () => {
	it("ends the incident that its query gives no answer, once, and says why", async () => {
		const { first, blindness, observe, openOf } = replica("w");
		await observe(first, refused);
		const incident = await openOf(`watch ${first.name}`);
		await blindness.end(first, "removed");
		await blindness.end(first, "removed");
		const ended = await world.incident(incident?.id ?? "");
		expect(ended).toMatchObject({
			status: "resolved",
			outcome: "closed",
			explanation: sentence(first.name),
		});
		expect(ended.timeline.at(-1)).toMatchObject({ kind: "ended", text: sentence(first.name) });
		expect(await world.audited(`incident:${ended.id}`)).toEqual(["incident.opened", "incident.resolved"]);
		expect(await world.jobs("publish-incident", ended.id)).toBe(2);
		expect(incidentTitle({ incident: ended, anomalies: [], watches: [] })).toBe(
			`watch ${first.name}: the watch that noticed this looks there no more`,
		);
	});

	it("ends the incident of a target that only it had lost", async () => {
		const { first, blindness, observe, openOf } = replica("w");
		await observe(first, lost);
		expect(await openOf()).toBeDefined();
		await blindness.end(first, "removed");
		expect(await openOf()).toBeUndefined();
	});

	it("leaves the incident open while another watch is blind there, which ends it when it sees the target", async () => {
		const { watches, blindness, observe, openOf } = replica("memory", "cpu");
		const [memory, cpu] = watches;
		if (!memory || !cpu) throw new Error("two watches");
		for (const watch of watches) await observe(watch, lost);
		const incident = await openOf();
		await blindness.end(memory, "removed");
		expect((await openOf())?.id).toBe(incident?.id);
		await blindness.observe(cpu, saw, ["checkout"], START + 30_000);
		expect(await world.incident(incident?.id ?? "")).toMatchObject({ outcome: "recovered" });
	});

	it("is made good for by a watch of another replica that is still blind: within a minute it is told anew", async () => {
		const { watches, blindness, observe, openOf } = replica("memory", "cpu");
		const [memory, cpu] = watches;
		if (!memory || !cpu) throw new Error("two watches");
		const other = createBlindness(world.deps);
		await observe(memory, lost);
		await observe(cpu, lost, START, other);
		const before = await openOf();
		await blindness.end(memory, "removed");
		expect(await openOf()).toBeUndefined();
		await other.observe(cpu, lost, ["checkout"], START + 80_000);
		const after = await openOf();
		expect(after?.id).not.toBe(before?.id);
		expect(after?.explanation).toContain(cpu.name);
	});

	it("while nobody ran is noticed at the next look: its blind incident ends", async () => {
		const { first, environment, observe, openOf, orphans } = replica("w");
		const another = exampleWatch({ name: `${environment}-another`, environment });
		await observe(first, lost);
		const afterRestart = createBlindness(world.deps);
		await orphans([first, another], afterRestart);
		expect(await openOf()).toBeDefined();
		await world.test.store.leases.acquire(`watch:${first.name}`, "another replica", 60);
		await orphans([another], afterRestart);
		expect(await openOf()).toBeDefined();
		await world.test.store.leases.release(`watch:${first.name}`, "another replica");
		await orphans([another], afterRestart);
		expect(await openOf()).toBeUndefined();
	});

	it("leaves at that look what a watch here is blind to", async () => {
		const { watches, blindness, observe, openOf, orphans } = replica("memory", "cpu");
		const [memory, cpu] = watches;
		if (!memory || !cpu) throw new Error("two watches");
		await observe(memory, lost);
		await observe(cpu, lost);
		blindness.forget(memory);
		await orphans([cpu]);
		expect(await openOf()).toBeDefined();
	});
});

describe("a watch that is changed to another query", () => {
	it("ends the incident of what it observed, and says why", async () => {
		const { first, blindness, observe, openOf } = replica("w");
		await observe(first, lost);
		const incident = await openOf();
		await blindness.end(first, "changed");
		expect((await world.incident(incident?.id ?? "")).explanation).toBe(
			sentence(first.name, "observes something else now"),
		);
		expect(await openOf()).toBeUndefined();
	});
});

describe("a watch that another replica scores now", () => {
	it("is forgotten here, its incident stays, and is opened again where it was ended meanwhile", async () => {
		const { first, blindness, observe, openOf } = replica("w");
		await observe(first, lost);
		const incident = await openOf();
		blindness.forget(first);
		expect((await openOf())?.id).toBe(incident?.id);
		await createBlindness(world.deps).observe(first, saw, ["checkout"], START + 30_000);
		expect(await openOf()).toBeUndefined();
		await observe(first, lost, START + 40_000);
		expect(await openOf()).toBeDefined();
	});
});
