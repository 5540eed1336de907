import type { Watch } from "../../src/domain/watch.ts";
import type { Scoring } from "../../src/use-cases/score-watch.ts";
import { createBlindness } from "../../src/use-cases/watch-blindness.ts";
import { withoutAudit } from "../fakes/altered-store.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { type IncidentWorld, incidentWorld } from "./incident-world.ts";

const START = 1_700_000_000_000;
const METRICS_TARGET = "metrics";
let world: IncidentWorld;
let next = 0;

beforeAll(async () => {
	world = await incidentWorld();
});
afterAll(() => world.test.close());

/** A watch in an environment of its own, so that tests do not meet. */
const watchIn = (environment: string, name = "w"): Watch => exampleWatch({ name, environment });
const place = () => `env${++next}`;
const saw = (...targets: readonly string[]): Scoring => ({ failed: false, targets });
const silent: Scoring = { failed: true, silent: true, problem: "Prometheus did not answer.", targets: [] };
const openOf = (environment: string, target = "checkout") =>
	world.test.store.incidents.openOf(target, environment, "blind");

describe("a target whose metrics stop", () => {
	it("is blind after three scorings and ten seconds, since the first miss, and once for all its watches", async () => {
		const env = place();
		const blindness = createBlindness(world.deps);
		const [memory, cpu] = [watchIn(env, "memory"), watchIn(env, "cpu")];
		for (const [i, expected] of [false, false, false, false, false, true, true].entries()) {
			await blindness.observe(memory, saw(), ["checkout"], START + i * 2000);
			await blindness.observe(cpu, saw(), ["checkout"], START + i * 2000);
			expect((await openOf(env)) !== undefined).toBe(expected);
		}
		const incident = await openOf(env);
		expect(incident).toMatchObject({
			title: "checkout: metrics stopped coming",
			severity: "high",
			openedAtMs: START,
			explanation:
				"The watch memory gets no values, so nothing can be said about checkout. Check that it runs and that its metrics endpoint answers.",
		});
		expect(await world.audited(`incident:${incident?.id}`)).toEqual(["incident.opened"]);
		expect(await world.jobs("publish-incident", incident?.id ?? "")).toBe(1);
	});

	it("needs three scorings also where they are far apart", async () => {
		const env = place();
		const blindness = createBlindness(world.deps);
		for (const i of [0, 1]) await blindness.observe(watchIn(env), saw(), ["checkout"], START + i * 60_000);
		expect(await openOf(env)).toBeUndefined();
	});

	it("is not blind when one sample came in between", async () => {
		const env = place();
		const blindness = createBlindness(world.deps);
		for (let i = 0; i < 12; i += 1)
			await blindness.observe(
				watchIn(env),
				i % 3 === 2 ? saw("checkout") : saw(),
				["checkout"],
				START + i * 5000,
			);
		expect(await openOf(env)).toBeUndefined();
	});

	it("is seen again only when every watch that lost it sees it, and that is told once", async () => {
		const env = place();
		const blindness = createBlindness(world.deps);
		const [memory, cpu] = [watchIn(env, "memory"), watchIn(env, "cpu")];
		for (let i = 0; i < 6; i += 1)
			for (const watch of [memory, cpu])
				await blindness.observe(watch, saw(), ["checkout"], START + i * 3000);
		const incident = await openOf(env);
		await blindness.observe(memory, saw("checkout"), ["checkout"], START + 20_000);
		expect((await openOf(env))?.id).toBe(incident?.id);
		await blindness.observe(cpu, saw("checkout"), ["checkout"], START + 21_000);
		expect(await openOf(env)).toBeUndefined();
		expect(await world.incident(incident?.id ?? "")).toMatchObject({
			status: "resolved",
			outcome: "recovered",
		});
		await blindness.observe(cpu, saw("checkout"), ["checkout"], START + 22_000);
		expect(await world.audited(`incident:${incident?.id}`)).toEqual(["incident.opened", "incident.resolved"]);
	});

	it("is blind by itself, beside an incident of its values", async () => {
		const env = place();
		const blindness = createBlindness(world.deps);
		for (let i = 0; i < 6; i += 1)
			await blindness.observe(watchIn(env), saw("other"), ["checkout", "other"], START + i * 3000);
		expect(await openOf(env)).toBeDefined();
		expect(await openOf(env, "other")).toBeUndefined();
		expect(await openOf(env, METRICS_TARGET)).toBeUndefined();
	});
});

describe("a source that does not answer", () => {
	it("is one incident for an environment, whichever watches notice, at once too", async () => {
		const env = place();
		const blindness = createBlindness(world.deps);
		const watches = ["a", "b", "c", "d"].map((name) => watchIn(env, name));
		for (let i = 0; i < 6; i += 1)
			await Promise.all(
				watches.map((watch) => blindness.observe(watch, silent, ["checkout"], START + i * 3000)),
			);
		expect(await openOf(env, METRICS_TARGET)).toMatchObject({
			title: "metrics: the source does not answer",
			explanation: "Nothing can be said about any target until it answers again. Prometheus did not answer.",
		});
		expect(await openOf(env)).toBeUndefined();
		for (const watch of watches)
			await blindness.observe(watch, saw("checkout"), ["checkout"], START + 20_000);
		expect(await openOf(env, METRICS_TARGET)).toBeUndefined();
	});

	it("is an incident of each environment, and each ends by its own watches", async () => {
		const [a, b] = [place(), place()];
		const blindness = createBlindness(world.deps);
		for (let i = 0; i < 6; i += 1)
			for (const env of [a, b]) await blindness.observe(watchIn(env, env), silent, [], START + i * 3000);
		await blindness.observe(watchIn(a, a), saw(), [], START + 20_000);
		expect(await openOf(a, METRICS_TARGET)).toBeUndefined();
		expect(await openOf(b, METRICS_TARGET)).toBeDefined();
	});

	it("is not a query that the source refuses: that is the watch's own problem", async () => {
		const env = place();
		const blindness = createBlindness(world.deps);
		const refused: Scoring = {
			failed: true,
			silent: false,
			problem: "The query is not PromQL.",
			targets: [],
		};
		for (let i = 0; i < 10; i += 1)
			await blindness.observe(watchIn(env), refused, ["checkout"], START + i * 5000);
		expect(await openOf(env, METRICS_TARGET)).toBeUndefined();
		expect(await openOf(env)).toBeUndefined();
		expect(await openOf(env, "watch w")).toMatchObject({
			title: "watch w: its query gives no answer",
			explanation:
				"Nothing can be said about what w observes until its query answers again. The query is not PromQL.",
		});
		await blindness.observe(watchIn(env), saw("checkout"), ["checkout"], START + 60_000);
		expect(await openOf(env, "watch w")).toBeUndefined();
	});
});

describe("a query that is too slow while others are answered", () => {
	const late: Scoring = { ...silent, problem: "Prometheus did not answer within 2000 ms." };
	const at = (i: number) => START + i * 5000;

	it("is the blindness of its watch alone, after three intervals, and ends when it is answered", async () => {
		const env = place();
		const blindness = createBlindness(world.deps);
		const [slow, quick] = [watchIn(env, "slow"), watchIn(env, "quick")];
		for (const [i, expected] of [false, false, true, true].entries()) {
			await blindness.observe(slow, late, ["checkout"], at(i));
			await blindness.observe(quick, saw("checkout"), ["checkout"], at(i) + 100);
			if (i === 2) await blindness.observe(slow, late, ["checkout"], at(i) + 200);
			expect((await openOf(env, "watch slow")) !== undefined).toBe(expected);
		}
		expect(await openOf(env, METRICS_TARGET)).toBeUndefined();
		expect(await openOf(env)).toBeUndefined();
		await blindness.observe(slow, saw("checkout"), ["checkout"], at(4));
		expect(await openOf(env, "watch slow")).toBeUndefined();
	});

	it("takes over from a silent source that answers again, but not to this watch", async () => {
		const env = place();
		const blindness = createBlindness(world.deps);
		const [slow, quick] = [watchIn(env, "slow"), watchIn(env, "quick")];
		for (let i = 0; i < 4; i += 1)
			for (const watch of [slow, quick]) await blindness.observe(watch, late, ["checkout"], at(i));
		expect(await openOf(env, METRICS_TARGET)).toBeDefined();
		await blindness.observe(quick, saw("checkout"), ["checkout"], at(4));
		await blindness.observe(slow, late, ["checkout"], at(4));
		expect(await openOf(env, METRICS_TARGET)).toBeUndefined();
		expect(await openOf(env, "watch slow")).toBeDefined();
	});
});

describe("after a restart", () => {
	it("a blind incident of before is resolved when its target is seen, and opened only once", async () => {
		const env = place();
		const first = createBlindness(world.deps);
		for (let i = 0; i < 6; i += 1) await first.observe(watchIn(env), saw(), ["checkout"], START + i * 3000);
		const incident = await openOf(env);
		const second = createBlindness(world.deps);
		for (let i = 0; i < 6; i += 1)
			await second.observe(watchIn(env), saw(), ["checkout"], START + 60_000 + i * 3000);
		expect((await openOf(env))?.id).toBe(incident?.id);
		const third = createBlindness(world.deps);
		await third.observe(watchIn(env), saw("checkout"), ["checkout"], START + 90_000);
		expect(await openOf(env)).toBeUndefined();
	});

	it("also one that another replica opened later is resolved, within a minute", async () => {
		const env = place();
		const survivor = createBlindness(world.deps);
		await survivor.observe(watchIn(env, "cpu"), saw("checkout"), ["checkout"], START);
		const dying = createBlindness(world.deps);
		for (let i = 0; i < 6; i += 1) await dying.observe(watchIn(env), saw(), ["checkout"], START + i * 3000);
		expect(await openOf(env)).toBeDefined();
		await survivor.observe(watchIn(env), saw("checkout"), ["checkout"], START + 61_000);
		expect(await openOf(env)).toBeUndefined();
	});
});

describe("a store that fails", () => {
	it("makes nobody forget: the incident is opened, and resolved, at the next look", async () => {
		const env = place();
		let broken = true;
		const store = withoutAudit(world.test.store, () => broken);
		const blindness = createBlindness({ ...world.deps, store });
		for (let i = 0; i < 5; i += 1)
			await blindness.observe(watchIn(env), saw(), ["checkout"], START + i * 3000).catch(() => undefined);
		expect(await openOf(env)).toBeUndefined();
		broken = false;
		await blindness.observe(watchIn(env), saw(), ["checkout"], START + 15_000);
		expect(await openOf(env)).toBeDefined();
		broken = true;
		const seen = () => blindness.observe(watchIn(env), saw("checkout"), ["checkout"], START + 20_000);
		await expect(seen()).rejects.toThrow("disk is full");
		broken = false;
		await seen();
		expect(await openOf(env)).toBeUndefined();
	});
});
