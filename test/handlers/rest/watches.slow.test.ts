import { computedMetrics } from "../../fakes/computed-metrics.ts";
import { bodyOf, openWorld, type World } from "../support/open-world.ts";

const HOUR = 3_600_000;
const now = Date.now();
/** Between -0.5 and 0.5, the same in every run. */
const wobble = (t: number) => {
	const x = Math.imul((t / 1000) | 0, 0x9e3779b1);
	return ((Math.imul(x ^ (x >>> 15), 0x85ebca6b) >>> 0) % 1000) / 1000 - 0.5;
};
/** Broken for half an hour, ten hours ago. */
const metrics = computedMetrics([
	{
		labels: { job: "checkout" },
		at: (t) => 100 + wobble(t) + (t > now - 10 * HOUR && t < now - 9.5 * HOUR ? 1e9 : 0),
	},
]);

let world: World;
let name: string;
beforeAll(async () => {
	world = await openWorld({ metrics });
	const { items } = await bodyOf<{ items: { name: string }[] }>(
		await world.get("/api/v1/watches", { key: world.keys.viewer }),
	);
	name = items[0]?.name ?? "";
});
afterAll(() => world.close());

type Line = {
	readonly progress?: { readonly share: number; readonly step: string };
	readonly result?: Record<string, unknown> & {
		readonly series: readonly { readonly charts: { readonly high: object } }[];
	};
	readonly problem?: { readonly detail: string; readonly status: number };
};

async function replay(body: object, key = world.keys.viewer): Promise<Line[]> {
	const response = await world.post("/api/v1/backtests", { key, body });
	expect([response.status, response.headers.get("content-type")]).toEqual([
		200,
		"application/x-ndjson; charset=utf-8",
	]);
	const text = await response.text();
	return text
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as Line);
}

test("a watch is read with its knobs, muted, unmuted and tuned; the list says so", async () => {
	const key = world.keys.operator;
	const path = `/api/v1/watches/${name}`;
	expect(await bodyOf(await world.get(path, { key }))).toMatchObject({
		name,
		sensitivity: "normal",
		source: "file",
	});
	const muted = await bodyOf(await world.post(`${path}/mute`, { key, body: { minutes: 60 } }));
	expect(muted).toMatchObject({ muted: { by: "operator-1", until: expect.stringMatching(/Z$/) } });
	const tuned = await world.post(`${path}/sensitivity`, { key, body: { sensitivity: "high" } });
	expect(await bodyOf(tuned)).toMatchObject({
		sensitivity: "high",
		tuned: { by: "operator-1", from: "normal" },
	});
	const { items } = await bodyOf<{ items: object[] }>(await world.get("/api/v1/watches", { key }));
	expect(items[0]).toMatchObject({ name, sensitivity: "high", muted: { by: "operator-1" } });
	expect(await bodyOf(await world.post(`${path}/unmute`, { key }))).not.toHaveProperty("muted");
	const long = await world.post(`${path}/mute`, { key, body: { minutes: 600 } });
	expect([long.status, (await bodyOf(long)).detail]).toEqual([
		400,
		"A mute of 10 h needs a reason, as every one over 8 h; nothing changed.",
	]);
	expect((await world.get("/api/v1/watches/nosuch", { key })).status).toBe(404);
	await world.post(`${path}/sensitivity`, { key, body: { sensitivity: "normal" } });
	expect(await world.store.settings.list()).toEqual([]);
});

test.each(["mute", "unmute", "sensitivity"])("%s is refused to viewers", async (what) => {
	const body = { mute: { minutes: 5 }, unmute: undefined, sensitivity: { sensitivity: "low" } }[what];
	const response = await world.post(`/api/v1/watches/${name}/${what}`, { key: world.keys.viewer, body });
	expect(response.status).toBe(403);
	expect(await world.store.settings.list()).toEqual([]);
});

test("a replay answers as it goes and ends with what would have been reported at each sensitivity", async () => {
	const lines = await replay({ watch: name, days: 1 });
	expect(lines[0]?.progress).toEqual({ share: 0, step: "Looking where the data begin" });
	const result = lines.at(-1)?.result;
	expect(result).toMatchObject({
		watch: name,
		sensitivity: "normal",
		seriesReplayed: 1,
		outcomes: {
			low: { count: 1 },
			normal: { count: 1, findings: [{ lastedText: expect.any(String) }] },
			high: {},
		},
		sentence: `${name} would have reported 1 finding in 1 d.`,
	});
	expect(JSON.stringify(result)).not.toContain("{{time:");
	const picture = await world.post("/api/v1/charts/picture", {
		key: world.keys.viewer,
		body: { chart: result?.series[0]?.charts.high, theme: "light", width: 400 },
	});
	expect([picture.status, await picture.text()]).toEqual([200, expect.stringMatching(/^<svg .*light/)]);
});

test("a replay with another query or sensitivity; refusals before it begins, and problems on the way", async () => {
	const [, ...rest] = await replay({ watch: name, days: 1, query: "other", sensitivity: "high" });
	expect(rest.at(-1)?.result).toMatchObject({ query: "other", sensitivity: "high" });
	const post = async (body: object, key = world.keys.viewer) => {
		const response = await world.post("/api/v1/backtests", { key, body });
		await response.body?.cancel();
		return response.status;
	};
	expect(await post({ watch: "nosuch" })).toBe(404);
	expect(await post({ watch: name, days: 91 })).toBe(400);
	expect(await post({ watch: name, days: 0.01 })).toBe(400);
	expect(await post({ watch: name, dayz: 1 })).toBe(400);
	expect(await post({ watch: name }, world.keys.guest)).toBe(403);
	expect(
		await world.post("/api/v1/charts/picture", { key: world.keys.viewer, body: { chart: {} } }),
	).toMatchObject({
		status: 400,
	});
});

test("who goes away ends the replay", async () => {
	const controller = new AbortController();
	const response = await fetch(`${world.url}/api/v1/backtests`, {
		method: "POST",
		headers: { authorization: `Bearer ${world.keys.viewer}`, "content-type": "application/json" },
		body: JSON.stringify({ watch: name, days: 90 }),
		signal: controller.signal,
	});
	await response.body?.getReader().read();
	controller.abort();
	// What it has not asked for yet, it never asks for: 90 days are more than 20 queries.
	const before = metrics.queries;
	const after = await replay({ watch: name, days: 1 });
	expect(after.at(-1)?.result).toMatchObject({ watch: name });
	expect(metrics.queries - before).toBeLessThan(12);
});
