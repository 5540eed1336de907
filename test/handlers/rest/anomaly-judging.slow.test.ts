import { bodyOf, openWorld, type World } from "../support/open-world.ts";

let world: World;
beforeAll(async () => {
	world = await openWorld({ options: { requestsPerMinute: 100_000 } });
});
afterAll(() => world.close());

type Body = Record<string, unknown> & {
	readonly detail?: string;
	readonly items?: readonly Record<string, unknown>[];
};
const START = Date.UTC(2025, 10, 20);
const post = (path: string, body: unknown, key = world.keys.operator) =>
	world.post(`/api/v1/anomaly${path}`, { key, body });
const detailOf = async (response: Response) => [response.status, (await bodyOf<Body>(response)).detail];
const wobble = (index: number) => 100 + Math.sin(index * 1.7) + Math.cos(index * 0.3);

test("a series is trained, judged point by point, and seen in the status", async () => {
	const points = Array.from({ length: 200 }, (_, index) => ({
		value: wobble(index),
		at: new Date(START + index * 60_000).toISOString(),
	}));
	const trained = await post("/train", { series: "orders", points, detector: "robust-band" });
	expect(await bodyOf(trained)).toMatchObject({ series: "orders", learned: 200, passedOver: 0, ready: true });
	const odd = await bodyOf<Body>(await post("", { series: "orders", value: 900, at: START + 200 * 60_000 }));
	expect(odd).toMatchObject({
		series: "orders",
		at: "2025-11-20T03:20:00.000Z",
		since: "2025-11-20T03:20:00.000Z",
		severity: "critical",
		outside: true,
		ready: true,
		band: { low: expect.any(Number), high: expect.any(Number) },
		reasons: [{ signal: expect.any(String), share: expect.any(Number), text: expect.any(String) }],
		seen: 201,
	});
	expect(odd.score).toBeGreaterThan(1);
	expect(odd.tailProbability).toBeLessThan(0.01);
	const status = await bodyOf<Body>(
		await world.get("/api/v1/anomaly/status?series=orders", { key: world.keys.viewer }),
	);
	expect(status).toMatchObject({
		most: 1000,
		items: [{ series: "orders", detector: "robust-band", sensitivity: "normal", seen: 201, ready: true }],
	});
});

test("a batch is judged in its order, several series at once", async () => {
	const points = Array.from({ length: 3000 }, (_, index) => ({
		series: `batch-${index % 3}`,
		value: wobble(index),
		at: START + index * 60_000,
	}));
	const response = await post("/batch", { points });
	expect(response.status).toBe(200);
	const { items } = await bodyOf<{ items: { series: string; score: number; seen: number }[] }>(response);
	expect(items.map(({ series }) => series)).toEqual(points.map(({ series }) => series));
	expect(items.at(-1)).toMatchObject({ seen: 1000 });
	for (const { score } of items) expect(score).toBeGreaterThanOrEqual(0);
});

describe("bad input", () => {
	it.each([
		["no points", "/batch", { points: [] }, /points must not be empty/],
		["no value", "", { series: "a" }, /value is missing/],
		["NaN as text", "", { series: "a", value: "NaN" }, /value must be a number/],
		[
			"a name of 10 KB",
			"",
			{ series: "x".repeat(10_240), value: 1 },
			/series must have at most 200 characters/,
		],
		["an empty name", "", { series: "", value: 1 }, /series must not be empty/],
		["a control character in a name", "", { series: "a\u0007b", value: 1 }, /control characters/],
		["a time that is none", "", { series: "a", value: 1, at: "yesterday" }, /must be a time such as/],
		["a time beyond all clocks", "", { series: "a", value: 1, at: 1e18 }, /must be a time such as/],
		["an unknown key", "", { series: "a", value: 1, valeu: 2 }, /"valeu" is not known here/],
		[
			"a sensitivity that is none",
			"",
			{ series: "a", value: 1, sensitivity: "extreme" },
			/low, normal, high/,
		],
		[
			"more points than a batch may have",
			"/batch",
			{ points: Array.from({ length: 10_001 }, () => ({ series: "a", value: 1 })) },
			/at most 10000 points; send more in further requests/,
		],
		[
			"more history than is learned",
			"/train",
			{ series: "a", points: Array.from({ length: 50_001 }, () => ({ value: 1 })) },
			/at most 50000 points; send the newest/,
		],
	])("%s is refused with what is wrong", async (_name, path, body, sentence) => {
		const [status, detail] = await detailOf(await post(path, body));
		expect(status).toBe(400);
		expect(detail).toMatch(sentence);
	});

	it("infinities that JSON can smuggle in are refused", async () => {
		const [status, detail] = await detailOf(await post("", '{"series":"a","value":1e999}'));
		expect(status).toBe(400);
		expect(detail).toBe("This can't be read: value must be a finite number.");
	});

	it("a million points in one batch are refused before they are read", async () => {
		const points = Array.from({ length: 1_000_000 }, () => ({ series: "a", value: 1 }));
		const before = process.memoryUsage().rss;
		const body = JSON.stringify({ points });
		const [status, detail] = await detailOf(await post("/batch", body));
		expect([status, detail]).toEqual([413, "The request is larger than 1 MB; send less."]);
		expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
	});

	it("null, constant, one point, duplicate and descending times have an answer", async () => {
		const at = (minutes: number) => START + minutes * 60_000;
		const points = [
			{ series: "odd", value: null, at: at(0) },
			{ series: "odd", value: 5, at: at(1) },
			{ series: "odd", value: 5, at: at(1) },
			{ series: "odd", value: 5, at: at(0) },
			...Array.from({ length: 100 }, (_, index) => ({ series: "odd", value: 5, at: at(index + 2) })),
		];
		const { items = [] } = await bodyOf<Body>(await post("/batch", { points }));
		expect(items.slice(0, 4).map(({ passedOver }) => passedOver)).toEqual([
			"There is no value.",
			undefined,
			"It is not later than the point before.",
			"It is not later than the point before.",
		]);
		for (const item of items) expect(item).toMatchObject({ score: 0, outside: false });
		const nulls = Array.from({ length: 50 }, () => ({ value: null }));
		const trained = await bodyOf(await post("/train", { series: "nothing", points: nulls }));
		expect(trained).toMatchObject({ learned: 0, passedOver: 50, ready: false });
	});

	it("an unknown detector and other options than before are refused", async () => {
		expect(await detailOf(await post("", { series: "d", value: 1, detector: "none" }))).toEqual([
			400,
			'There is no detector "none". Leave detector out for the default.',
		]);
		await post("", { series: "d", value: 1, sensitivity: "low" });
		const [status, detail] = await detailOf(await post("", { series: "d", value: 1, sensitivity: "high" }));
		expect(status).toBe(409);
		expect(detail).toMatch(/^d was begun with sensitivity low\./);
	});
});

test("a series that is not held has no status", async () => {
	await post("", { series: "empty", value: null });
	const asked = await world.get("/api/v1/anomaly/status?series=empty", { key: world.keys.viewer });
	expect(await detailOf(asked)).toEqual([404, expect.stringMatching(/^No series "empty" is held here\./)]);
});

describe("what one client may do to others", () => {
	it("is not to make a series deaf by a point of the year 2100", async () => {
		const ahead = { series: "deaf", value: 1, at: "2100-01-01T00:00:00Z" };
		const [status, detail] = await detailOf(await post("", ahead));
		expect([status, detail]).toEqual([400, expect.stringMatching(/^deaf has a point of .* ahead of now/)]);
		expect(await bodyOf(await post("", { series: "deaf", value: 1 }))).toMatchObject({ seen: 1 });
	});

	it("is not to take the place of series in use by new names", async () => {
		const points = Array.from({ length: 3000 }, (_, index) => ({ series: `flood-${index}`, value: 1 }));
		const refused = await post("/batch", { points });
		expect(refused.headers.get("retry-after")).toBe("600");
		expect(await detailOf(refused)).toEqual([429, expect.stringContaining("those in use keep their place")]);
		const status = await bodyOf<Body>(await world.get("/api/v1/anomaly/status", { key: world.keys.viewer }));
		expect(status).toMatchObject({ left: 0 });
	});
});

describe("a long history", () => {
	const points = Array.from({ length: 50_000 }, (_, index) => ({
		value: -wobble(index) * 1e-300,
		at: new Date(START - index * 60_000).toISOString(),
	}));

	it("of 50,000 points with times as text and every digit is learned", async () => {
		const body = JSON.stringify({ series: "long", points, detector: "robust-band" });
		expect(body.length).toBeGreaterThan(3e6);
		expect(await bodyOf(await post("/train", body))).toMatchObject({ learned: 50_000, ready: true });
	});

	it("is refused where its body is larger than any such history", async () => {
		const body = `{"series":"long","points":[]${" ".repeat(4_200_000)}}`;
		expect(await detailOf(await post("/train", body))).toEqual([
			413,
			"The request is larger than 4 MB; send less.",
		]);
	});

	it("is refused unread where it is many small things instead of points", async () => {
		const body = `{"series":"long","points":[${"{},".repeat(1_390_000)}{}]}`;
		const before = process.memoryUsage().rss;
		expect(await detailOf(await post("/train", body))).toEqual([
			400,
			"A history has at most 50,000 points; these are more. Send the newest.",
		]);
		expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
	});

	it("is held in memory for a few requests at once, and further ones are told to come again", async () => {
		const body = (index: number) =>
			JSON.stringify({ series: `long-${index}`, points, detector: "robust-band" });
		const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => post("/train", body(index))));
		const statuses = answers.map(({ status }) => status);
		expect(new Set(statuses)).toEqual(new Set([200, 429]));
		expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(4);
		const again = await post("/train", body(1));
		expect(again.status).toBe(200);
	});
});

test("judging needs an operator, the status a viewer; a repeated request is judged once", async () => {
	for (const role of ["viewer", "guest"] as const)
		for (const path of ["", "/batch", "/train"])
			expect((await post(path, { series: "a", value: 1 }, world.keys[role])).status).toBe(403);
	expect((await world.get("/api/v1/anomaly/status", { key: world.keys.guest })).status).toBe(403);
	const sent = {
		key: world.keys.operator,
		headers: { "idempotency-key": "point-1" },
		body: { series: "once", value: 1, at: START },
	};
	const first = await bodyOf(await world.post("/api/v1/anomaly", sent));
	expect(await bodyOf(await world.post("/api/v1/anomaly", sent))).toEqual(first);
	expect(first).toMatchObject({ seen: 1 });
});
