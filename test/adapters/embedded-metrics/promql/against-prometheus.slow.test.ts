import { embeddedMetrics } from "../../../../src/adapters/embedded-metrics/embedded-source.ts";
import { labelKey } from "../../../../src/adapters/embedded-metrics/promql/label-sets.ts";
import { createSeriesStore } from "../../../../src/adapters/embedded-metrics/store/series-store.ts";
import { AppError } from "../../../../src/domain/errors.ts";
import type { Labels, Sample, Span } from "../../../../src/domain/time-series.ts";
import type { MetricsSource } from "../../../../src/ports/metrics-source.ts";
import { describeWith } from "../../../support/require-program.ts";
import { remoteWrite, type WrittenSeries } from "../../prometheus/support/remote-write.ts";
import { type RunningPrometheus, startPrometheus } from "../../prometheus/support/start-prometheus.ts";
import { EXPRESSIONS, REFUSED } from "./expressions.ts";
import { randomExpressions } from "./random-expressions.ts";
import { DATA_START_MS, sampleData } from "./sample-data.ts";

/**
 * Samples lie on whole seconds and these instants do not, so no sample lies on the border of a window: there, and
 * only there, Prometheus 2 (which may be the one installed) and 3 differ on purpose.
 */
const INSTANTS = [31 * 60_000 + 123, 76 * 60_000 + 7_877, 119 * 60_000 + 40_501].map(
	(ms) => DATA_START_MS + ms,
);
const SPAN: Span = {
	startMs: DATA_START_MS + 3 * 60_000 + 457,
	endMs: DATA_START_MS + 124 * 60_000,
	stepMs: 97_000,
};
const TOLERANCE = 1e-9;
const SEED = Number(process.env.PROMQL_SEED ?? 20_240_102);

type Answered = ReadonlyMap<string, readonly Sample[]>;
type Element = { readonly labels: Labels; readonly samples: readonly Sample[] };

const answered = (elements: readonly Element[]): Answered =>
	new Map(elements.map(({ labels, samples }) => [labelKey(labels), samples]));

async function ask(
	url: string,
	path: string,
	fields: Record<string, string>,
): Promise<readonly Element[] | string> {
	const response = await fetch(`${url}/api/v1/${path}`, {
		method: "POST",
		body: new URLSearchParams(fields),
	});
	const body = (await response.json()) as {
		readonly status: string;
		readonly error?: string;
		readonly data: { readonly resultType: string; readonly result: never };
	};
	if (body.status !== "success") return body.error ?? "failed";
	const { resultType, result } = body.data;
	type Pair = readonly [number, string];
	type Raw = { readonly metric: Labels; readonly value?: Pair; readonly values?: readonly Pair[] };
	const raw: readonly Raw[] = resultType === "scalar" ? [{ metric: {}, value: result }] : result;
	return raw.map(({ metric, value, values }) => ({
		labels: metric,
		samples: (values ?? (value ? [value] : [])).map(([seconds, text]) => ({
			t: Math.round(seconds * 1000),
			v: Number(text.replace("Inf", "Infinity")),
		})),
	}));
}

async function askEmbedded(run: () => Promise<readonly Element[]>): Promise<readonly Element[] | string> {
	try {
		return await run();
	} catch (error) {
		if (error instanceof AppError) return `${error.code}: ${error.message}`;
		throw error;
	}
}

const close = (a: number, b: number): boolean =>
	Object.is(a, b) || a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));

/** The first difference in words, undefined where the two agree. */
function firstDifference(ours: Answered, theirs: Answered): string | undefined {
	if (ours.size !== theirs.size) return `${ours.size} series, Prometheus has ${theirs.size}`;
	for (const [key, expected] of theirs) {
		const got = ours.get(key);
		if (!got) return `no series ${key}`;
		if (got.length !== expected.length)
			return `${key} has ${got.length} samples, Prometheus ${expected.length}`;
		for (const [index, { t, v }] of expected.entries()) {
			const sample = got[index];
			if (sample?.t !== t || !close(sample.v, v)) return `${key} at ${t}: ${sample?.v}, Prometheus ${v}`;
		}
	}
	return undefined;
}

function compare(ours: readonly Element[] | string, theirs: readonly Element[] | string): string | undefined {
	if (typeof ours === "string" || typeof theirs === "string")
		return typeof ours === typeof theirs
			? undefined
			: `${JSON.stringify(ours)}, Prometheus ${JSON.stringify(theirs)}`;
	return firstDifference(answered(ours), answered(theirs));
}

/** Sends everything in the order of time, as Prometheus wants it. */
async function fill(prometheus: RunningPrometheus, data: readonly WrittenSeries[]): Promise<void> {
	const sliceMs = 600_000;
	for (let from = DATA_START_MS; from < DATA_START_MS + 130 * 60_000; from += sliceMs) {
		const slice = data.flatMap(({ labels, samples }) => {
			const some = samples.filter(({ t }) => t >= from && t < from + sliceMs);
			return some.length === 0 ? [] : [{ labels, samples: some }];
		});
		if (slice.length > 0) await remoteWrite(prometheus.url, slice);
	}
}

function embeddedWith(data: readonly WrittenSeries[]): MetricsSource {
	const store = createSeriesStore();
	for (const { labels, samples } of data) {
		const series = store.seriesFor(labels);
		if (!series) throw new Error("no room");
		for (const { t, v } of samples) {
			if (v === "stale") store.markStale(series, t);
			else store.append(series, t, v);
		}
	}
	return embeddedMetrics(store, { now: () => Date.now() });
}

describeWith(
	"prometheus",
	"PromQL over the built-in store, beside a real Prometheus with the same samples",
	() => {
		let prometheus: RunningPrometheus;
		let source: MetricsSource;

		beforeAll(async () => {
			const data = sampleData();
			prometheus = await startPrometheus();
			await fill(prometheus, data);
			source = embeddedWith(data);
		}, 60_000);

		afterAll(() => prometheus?.stop());

		async function differences(query: string): Promise<readonly string[]> {
			const found: string[] = [];
			for (const atMs of INSTANTS) {
				const ours = await askEmbedded(async () =>
					(await source.instant(query, atMs)).map(({ labels, t, v }) => ({ labels, samples: [{ t, v }] })),
				);
				const theirs = await ask(prometheus.url, "query", { query, time: String(atMs / 1000) });
				const difference = compare(ours, theirs);
				if (difference) found.push(`${query} at ${atMs}: ${difference}`);
			}
			const ours = await askEmbedded(() => source.range(query, SPAN));
			const theirs = await ask(prometheus.url, "query_range", {
				query,
				start: String(SPAN.startMs / 1000),
				end: String(SPAN.endMs / 1000),
				step: String(SPAN.stepMs / 1000),
			});
			const unlike = compare(ours, theirs);
			return unlike ? [...found, `${query} over the span: ${unlike}`] : found;
		}

		test(`gives the same values within 1e-9 for ${EXPRESSIONS.length} expressions, instant and over a span`, async () => {
			const found: string[] = [];
			for (const query of EXPRESSIONS) found.push(...(await differences(query)));
			expect(found).toEqual([]);
		}, 60_000);

		test("agrees on 400 random nested expressions, refusals included", async () => {
			const found: string[] = [];
			for (const query of randomExpressions(400, SEED)) found.push(...(await differences(query)));
			expect(found).toEqual([]);
		}, 60_000);

		test("most expressions have an answer, so that the comparison compares something", async () => {
			const outcomes = async (queries: readonly string[]) => {
				const answers = await Promise.all(
					queries.map((query) => askEmbedded(() => source.range(query, SPAN))),
				);
				const refused = queries.filter((_, index) => typeof answers[index] === "string");
				const filled = answers.filter((answer) => typeof answer !== "string" && answer.length > 0);
				return { refused, filledShare: filled.length / queries.length };
			};
			const written = await outcomes(EXPRESSIONS);
			expect(written.refused).toEqual([]);
			expect(written.filledShare).toBeGreaterThan(0.8);
			expect((await outcomes(randomExpressions(400, SEED))).filledShare).toBeGreaterThan(0.4);
		});

		test.each(REFUSED)("refuses what Prometheus refuses: %s", async (query) => {
			const [atMs] = INSTANTS;
			const time = String((atMs ?? 0) / 1000);
			expect(typeof (await ask(prometheus.url, "query", { query, time }))).toBe("string");
			expect(await askEmbedded(() => source.range(query, SPAN))).toMatch(/^invalid: /);
		});

		test("topk and bottomk of an instant come in Prometheus' order", async () => {
			for (const query of [
				"topk(3, memory_used_bytes)",
				"bottomk(3, memory_used_bytes)",
				"topk(7, temperature)",
			]) {
				const atMs = INSTANTS[0] ?? 0;
				const theirs = await ask(prometheus.url, "query", { query, time: String(atMs / 1000) });
				const ours = await source.instant(query, atMs);
				if (typeof theirs === "string") throw new Error(theirs);
				expect(ours.map(({ labels }) => labelKey(labels))).toEqual(
					theirs.map(({ labels }) => labelKey(labels)),
				);
			}
		});
	},
);
