import type { Labels, Series, Span } from "../../src/domain/time-series.ts";
import { createUsualDays } from "../../src/use-cases/usual-days.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 2_900 * 7 * DAY;
const span: Span = { startMs: NOW, endMs: NOW + DAY, stepMs: HOUR };
const day = (t: number) => 50 * Math.sin((2 * Math.PI * t) / DAY);

/** A source with so many series, whose days are all alike; `n` is the size of a series' day. */
function source(count = 1) {
	let failing = false;
	let gate: Promise<void> | undefined;
	const asked: string[] = [];
	return {
		asked,
		fail: (now: boolean) => {
			failing = now;
		},
		wait: (until: Promise<void> | undefined) => {
			gate = until;
		},
		range: async (query: string, { startMs, endMs, stepMs }: Span): Promise<readonly Series[]> => {
			asked.push(query);
			await gate;
			if (failing) throw new Error("no answer");
			return Array.from({ length: count }, (_, n) => ({
				labels: { n: String(n) },
				samples: Array.from({ length: (endMs - startMs) / stepMs + 1 }, (__, i) => {
					const t = startMs + i * stepMs;
					return { t, v: 1000 + (n + 1) * day(t) };
				}),
			}));
		},
	};
}
const of = (n: number, query = "q"): { readonly query: string; readonly labels: Labels } => ({
	query,
	labels: { n: String(n) },
});

test("an incident that is drawn every few seconds reads its week once in ten minutes", async () => {
	const metrics = source();
	const days = createUsualDays();
	for (let second = 0; second < 600; second += 3) {
		const course = await days.read(metrics, of(0), span, NOW + second * 1000);
		expect(course.find(({ t }) => t === NOW + 6 * HOUR)?.v).toBeCloseTo(50, 0);
	}
	expect(metrics.asked).toEqual(["q"]);
	await days.read(metrics, of(0), span, NOW + 600_000);
	expect(metrics.asked).toEqual(["q", "q"]);
});

test("the series of a watch share one reading, also while it goes on", async () => {
	const metrics = source(16);
	const days = createUsualDays();
	const courses = await Promise.all([0, 1, 15].map((n) => days.read(metrics, of(n), span, NOW)));
	expect(courses.map((course) => Math.round(course.find(({ t }) => t === NOW + 6 * HOUR)?.v ?? 0))).toEqual([
		50, 100, 800,
	]);
	expect(await days.read(metrics, of(99), span, NOW)).toEqual([]);
	expect(metrics.asked).toHaveLength(1);
});

test("of a watch with many series those that are drawn are kept", async () => {
	const metrics = source(40);
	const days = createUsualDays();
	for (const n of [0, 30, 35]) expect(await days.read(metrics, of(n), span, NOW)).not.toEqual([]);
	expect(metrics.asked).toHaveLength(3);
	for (const n of [0, 30, 35, 0, 30, 35]) await days.read(metrics, of(n), span, NOW + 1000);
	expect(metrics.asked).toHaveLength(3);
});

test("sixteen queries are remembered, the newest ones", async () => {
	const metrics = source();
	const days = createUsualDays();
	for (let n = 0; n < 17; n += 1) await days.read(metrics, of(0, `q${n}`), span, NOW);
	await days.read(metrics, of(0, "q1"), span, NOW);
	expect(metrics.asked).toHaveLength(17);
	await days.read(metrics, of(0, "q0"), span, NOW);
	expect(metrics.asked).toHaveLength(18);
});

test("a week that can't be read is left out, and asked for again after a minute", async () => {
	const metrics = source();
	const days = createUsualDays();
	metrics.fail(true);
	for (const seconds of [0, 30, 59])
		expect(await days.read(metrics, of(0), span, NOW + seconds * 1000)).toEqual([]);
	expect(metrics.asked).toHaveLength(1);
	metrics.fail(false);
	expect(await days.read(metrics, of(0), span, NOW + 60_000)).not.toEqual([]);
	expect(metrics.asked).toHaveLength(2);
});

test("who has no patience neither waits for another's reading nor spoils it, and takes what is known", async () => {
	const slow = source();
	const quick = source();
	const days = createUsualDays();
	let answer = () => {};
	slow.wait(new Promise((resolve) => (answer = resolve)));
	const patient = days.read(slow, of(0), span, NOW);
	quick.fail(true);
	expect(await days.read(quick, of(0), span, NOW)).toEqual([]);
	answer();
	expect(await patient).not.toEqual([]);
	expect(await days.read(quick, of(0), span, NOW)).not.toEqual([]);
	expect([slow.asked.length, quick.asked.length]).toEqual([1, 1]);
});
