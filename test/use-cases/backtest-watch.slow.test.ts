import { trainAtOnce } from "../../models/isolation-forest-18/isolation-forest-18.ts";
import { namedDetectors } from "../../models/registry.ts";
import { formatQuantity } from "../../src/domain/quantity.ts";
import type { Watch } from "../../src/domain/watch.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import { backtestMessage } from "../../src/use-cases/backtest-message.ts";
import { type BacktestBudget, BRISK } from "../../src/use-cases/backtest-plan.ts";
import type { Backtest } from "../../src/use-cases/backtest-result.ts";
import { type BacktestProgress, backtestWatch } from "../../src/use-cases/backtest-watch.ts";
import { type ComputedSeries, computedMetrics } from "../fakes/computed-metrics.ts";
import { exampleWatch } from "../fakes/example-watch.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const END = Date.UTC(2026, 10, 20, 3);
const MB = 2 ** 20;
/** What it does when it is outside, by when that began. */
const SPIKES = [END - 50 * HOUR, END - 26 * HOUR];

/** A value between -0.5 and 0.5 that is the same in every run. */
function noise(t: number): number {
	let x = Math.imul((t / 1000) | 0, 0x9e3779b1);
	x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
	return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32 - 0.5;
}
const healthy = (t: number) => MB * (220 + 20 * noise(t));
const spiking = (t: number) => healthy(t) + (SPIKES.some((at) => t >= at && t < at + HOUR) ? 300 * MB : 0);
const checkout: ComputedSeries = { labels: { job: "checkout" }, at: spiking };
const watch = exampleWatch({ intervalSeconds: 60, target: { label: "job" } });

function replay(
	metrics: Pick<MetricsSource, "range">,
	parts: {
		readonly watch?: Partial<Watch>;
		readonly days?: number;
		readonly budget?: BacktestBudget;
		readonly sensitivity?: "low" | "normal" | "high";
		readonly signal?: AbortSignal;
		readonly timeZone?: string;
	} = {},
	progress: (now: BacktestProgress) => void = () => undefined,
): Promise<Backtest> {
	const { watch: changed, days = 4, budget = BRISK, timeZone = "UTC", ...rest } = parts;
	let ticks = 0;
	const deps = {
		metrics,
		clock: { now: () => ++ticks },
		detector: (name: string | undefined) => namedDetectors(() => trainAtOnce)(name ?? "robust-band"),
		training: { settled: () => undefined, failed: 0 },
		pause: async () => undefined,
	};
	const input = { ...rest, watch: { ...watch, ...changed }, days, endMs: END, budget, timeZone };
	return backtestWatch(deps, input, progress);
}

describe("a replay of a watch", () => {
	it("finds what left its band: since when, until when, how far, how bad and why", async () => {
		const result = await replay(computedMetrics([checkout]));
		const { findings, count, perDay } = result.outcomes.normal;
		expect(count).toBe(2);
		expect(findings).toMatchObject(
			SPIKES.map((fromMs) => ({
				series: '{job="checkout"}',
				target: "checkout",
				fromMs,
				openedMs: fromMs + MINUTE,
				toMs: fromMs + HOUR,
				severity: "high",
			})),
		);
		for (const { peak, reason, band } of findings) {
			expect(peak / MB).toBeGreaterThan(505);
			expect(peak).toBeGreaterThan(band.high);
			expect(reason).toMatch(
				/^Memory reached 5\d\d\sMB, expected \d+–\d+\sMB\. What stands out: [23]\d\d\sMB above/,
			);
			expect(reason).toContain(`reached ${formatQuantity(peak, "bytes")},`);
		}
		expect(perDay).toEqual([
			{ day: "2026-11-18", count: 1 },
			{ day: "2026-11-19", count: 1 },
		]);
		expect(result).toMatchObject({ startMs: END - 4 * DAY, endMs: END, stepSeconds: 60, notes: [] });
	});

	it("gives the same for the same data and end, whatever else it is asked in pieces of", async () => {
		const first = await replay(computedMetrics([checkout]));
		const inSmallPieces = await replay(computedMetrics([checkout], { mostSamples: 700 }));
		expect(inSmallPieces).toEqual(first);
	});

	it("says what the other settings would have done, and counts by the reader's days", async () => {
		const result = await replay(computedMetrics([checkout]), {
			sensitivity: "high",
			timeZone: "Pacific/Kiritimati",
		});
		expect(result.sensitivity).toBe("high");
		expect(result.outcomes.low.count).toBe(2);
		expect(result.outcomes.high.perDay.map(({ day }) => day)).toEqual(["2026-11-18", "2026-11-19"]);
		const { text } = backtestMessage(result, undefined);
		expect(text).toBe(
			"checkout-memory would have reported 2 findings in 4 d, 1 every 2 d. Turning it would change nothing.",
		);
	});

	it("says why turning the knob changes nothing where minimum_change makes the band", async () => {
		const { text } = backtestMessage(
			await replay(computedMetrics([checkout]), { watch: { minimumChange: 100 * MB } }),
			undefined,
		);
		expect(text?.replaceAll("\u00a0", " ")).toContain(
			"Turning it would change nothing: its band is as wide as minimum_change, 100 MB to each side.",
		);
	});

	it("learns from the first tenth and reports nothing of it", async () => {
		const early = END - 4 * DAY + 3 * HOUR;
		const at = (t: number) => healthy(t) + (t >= early && t < early + HOUR ? 300 * MB : 0);
		const result = await replay(computedMetrics([{ labels: { job: "checkout" }, at }]));
		expect(result.warmUpEndMs).toBe(END - 4 * DAY + 0.1 * 4 * DAY);
		expect(result.outcomes.high.count).toBe(0);
	});

	it("leaves open what is not over, and ends what stopped coming where it stopped", async () => {
		const still = END - 2 * HOUR;
		const gone = END - DAY;
		const series: ComputedSeries[] = [
			{ labels: { job: "a" }, at: (t) => healthy(t) + (t >= still ? 300 * MB : 0) },
			{
				labels: { job: "b" },
				at: (t) => (t > gone ? undefined : healthy(t) + (t >= gone - HOUR ? 300 * MB : 0)),
			},
			{ labels: { job: "c" }, at: (t) => (t > gone && t < gone + 3 * HOUR ? undefined : spiking(t)) },
		];
		const { findings } = (await replay(computedMetrics(series))).outcomes.normal;
		const of = (target: string) => findings.filter((finding) => finding.target === target);
		expect(of("a")).toMatchObject([{ fromMs: still }]);
		expect(of("a")[0]).not.toHaveProperty("toMs");
		expect(of("b")).toMatchObject([{ fromMs: gone - HOUR, toMs: gone }]);
		expect(of("c")).toHaveLength(2);
	});

	it("begins where the data begin and says so", async () => {
		const began = END - 30 * HOUR;
		const at = (t: number) => (t < began ? undefined : spiking(t));
		const metrics = computedMetrics([{ labels: { job: "checkout" }, at }]);
		const result = await replay(metrics, { days: 30 });
		expect(result.startMs).toBeGreaterThanOrEqual(began - 10 * MINUTE);
		expect(result.startMs).toBeLessThanOrEqual(began);
		expect(result.outcomes.normal.findings).toMatchObject([{ fromMs: SPIKES[1] }]);
		expect(result.notes).toEqual([
			`The data begin at {{time:${result.startMs}}}; nothing is known before it.`,
		]);
	});

	it.each([0.5, 100])("begins there, too, where the target is silent at every whole %s h", async (hours) => {
		const began = END - 40 * MINUTE;
		const silent = (t: number) => (END - t) % (hours * HOUR) < 90_000;
		const at = (t: number) => (t < began || silent(t) ? undefined : healthy(t));
		const result = await replay(computedMetrics([{ labels: { job: "checkout" }, at }]), {
			days: 7,
			watch: { intervalSeconds: 15 },
		});
		expect(result.startMs).toBeGreaterThanOrEqual(began - MINUTE);
		expect(result.startMs).toBeLessThanOrEqual(began);
		expect(result.stepSeconds).toBe(15);
		expect(result.notes[0]).toMatch(/^The data begin at /);
	});

	it("bounds series and points, and says what that costs", async () => {
		const series = Array.from({ length: 230 }, (_, index) => ({
			labels: { job: `s${String(index).padStart(3, "0")}` },
			at: spiking,
		}));
		const metrics = computedMetrics(series);
		const result = await replay(metrics, { budget: { scoredPoints: 100_000, fetchedPoints: 500_000 } });
		expect(result.seriesReplayed).toBe(200);
		expect(result.stepSeconds).toBe(720);
		expect(result.points).toBeLessThanOrEqual(100_000);
		expect(result.series).toHaveLength(5);
		expect(result.series.map(({ target }) => target)).not.toContain("s200");
		expect(result.notes).toEqual([
			"Scored at one point every 12 min instead of every 1 min, to bound the work: shorter findings are not seen. Fewer days show them.",
			"30 more series were left out: they lack the target label, or are beyond 200.",
		]);
	});

	it("keeps every extreme in the chart, marks the findings, and carries on where there are no numbers", async () => {
		const odd = END - 40 * HOUR;
		const at = (t: number) => {
			if (t === odd) return 2000 * MB;
			if (t === odd + MINUTE) return Number.NaN;
			return t === odd + 2 * MINUTE ? Number.POSITIVE_INFINITY : spiking(t);
		};
		const result = await replay(computedMetrics([{ labels: { job: "checkout" }, at }]));
		const { chart, table } = backtestMessage(result, undefined);
		const values = (chart?.lines[0]?.points ?? []).flatMap(({ v }) => v ?? []);
		expect(Math.max(...values)).toBe(2000 * MB);
		expect(values.every(Number.isFinite)).toBe(true);
		expect(values.length).toBeLessThanOrEqual(360);
		expect(chart?.band?.points.length).toBeGreaterThan(150);
		expect(chart?.outside).toMatchObject(
			SPIKES.map((startMs) => ({ startMs, endMs: startMs + HOUR, severity: "high" })),
		);
		expect(table?.rows).toHaveLength(2);
		expect(result.outcomes.normal.findings.map(({ fromMs }) => fromMs)).toEqual(SPIKES);
	});

	it("names no target in chat that those who read along may not know of", async () => {
		const message = backtestMessage(await replay(computedMetrics([checkout])), {
			has: (target) => target === "checkout",
		});
		expect(message.chart).toBeUndefined();
		expect(message.table).toBeUndefined();
	});

	it("says what is missing where there is nothing, or too little to learn from", async () => {
		const nothing = await replay(computedMetrics([]));
		expect(backtestMessage(nothing, undefined).footer.join(" ")).not.toContain("learned from");
		expect(nothing.notes).toEqual([
			"The query gave no values in this span. Check that its metrics are scraped, or replay more days.",
		]);
		const little = computedMetrics([
			{ labels: { job: "checkout" }, at: (t) => (t > END - 5 * MINUTE ? 1 : undefined) },
		]);
		const { text } = backtestMessage(await replay(little), undefined);
		expect(text).toMatch(
			/^checkout-memory can't be judged yet: there are too few values in \d+ min\. The data are/,
		);
	});

	it("never gives a number that is none for odd series", async () => {
		const odd = [
			() => 0,
			() => 5e-324,
			() => Number.MAX_VALUE,
			(t: number) => ((t / MINUTE) % 2 ? -1e300 : 1e300),
		];
		const series = odd.map((at, index) => ({ labels: { job: `odd${index}` }, at }));
		const result = await replay(computedMetrics(series), { watch: { direction: "both", minimumChange: 0 } });
		for (const { findings } of Object.values(result.outcomes))
			for (const { score, peak } of findings) expect([score, peak].some(Number.isNaN)).toBe(false);
	});

	it("tells how far it is, never backwards", async () => {
		const told: BacktestProgress[] = [];
		await replay(computedMetrics([checkout], { mostSamples: 700 }), {}, (now) => told.push(now));
		const shares = told.map(({ share }) => share);
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(told.at(-1)).toEqual({ share: 1, step: "Replayed 4 d of 4 d" });
		expect(told.length).toBeGreaterThan(5);
	});

	it("ends when nobody waits, passes the source's refusal on, and refuses odd spans and unknown detectors", async () => {
		const gone = new AbortController();
		const reason = new Error("gone");
		const ended = replay(computedMetrics([checkout]), { signal: gone.signal }, () => gone.abort(reason));
		await expect(ended).rejects.toBe(reason);
		const tooWide = computedMetrics([checkout], { mostSamples: 5 });
		await expect(replay(tooWide)).rejects.toMatchObject({ code: "limited" });
		for (const days of [0, 0.01, -1, Number.NaN, 91])
			await expect(replay(computedMetrics([checkout]), { days })).rejects.toMatchObject({ code: "invalid" });
		await expect(replay(computedMetrics([]), { watch: { detector: "none" } })).rejects.toMatchObject({
			code: "not_found",
		});
	});
});
