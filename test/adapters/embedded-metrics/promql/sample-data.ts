import type { Labels } from "../../../../src/domain/time-series.ts";
import type { WrittenSample, WrittenSeries } from "../../prometheus/support/remote-write.ts";

/** The first instant of the data, Unix milliseconds; samples lie on whole seconds after it. */
export const DATA_START_MS = Date.UTC(2024, 0, 2, 3, 0, 0);
const STEP_MS = 15_000;
const COUNT = 480;

/** A repeatable source of numbers from 0 to 1 (a linear congruential generator). */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

type Shape = (index: number, random: () => number) => number | "stale" | undefined;

function series(labels: Labels, shape: Shape, everyMs = STEP_MS): WrittenSeries {
	const random = numbers(Buffer.from(JSON.stringify(labels)).reduce((sum, byte) => sum * 31 + byte, 7) >>> 0);
	const phaseMs = Math.floor(random() * 14) * 1_000;
	const samples: WrittenSample[] = [];
	for (let index = 0; index * everyMs < COUNT * STEP_MS; index += 1) {
		const v = shape(index, random);
		if (v !== undefined) samples.push({ t: DATA_START_MS + phaseMs + index * everyMs, v });
	}
	return { labels, samples };
}

/** A counter that grows by 0 to `pace` a sample, from `start`, back to nearly zero at each index of `resets`. */
function counter(pace: number, start: number, resets: readonly number[] = []): Shape {
	let value = start;
	return (index, random) => {
		value = resets.includes(index) ? Math.floor(random() * 3) : value + Math.floor(random() * pace);
		return value;
	};
}

const within = (index: number, from: number, to: number): boolean => index >= from && index < to;

/** The shape where `keep` holds, nothing elsewhere. */
function only(keep: (index: number) => boolean, shape: Shape): Shape {
	return (index, random) => {
		const value = shape(index, random);
		return keep(index) ? value : undefined;
	};
}

const requests = (instance: string, code: string, shape: Shape): WrittenSeries =>
	series({ __name__: "requests_total", job: instance < "c" ? "api" : "web", instance, code }, shape);

function counters(): readonly WrittenSeries[] {
	const gap = (index: number): boolean => !within(index, 120, 150) && !within(index, 200, 203);
	return [
		requests("a", "200", counter(40, 1_000)),
		requests("a", "500", counter(4, 10, [100, 260, 261])),
		requests("b", "200", counter(60, 5e9, [240])),
		requests("b", "500", only(gap, counter(5, 3_000))),
		requests("c", "200", counter(30, 12_345.678)),
		requests(
			"c",
			"500",
			only((index) => index >= 180, counter(9, 100_000)),
		),
		requests("d", "200", (index, random) =>
			index === 300 ? "stale" : index > 300 ? undefined : 7 * index + random(),
		),
		requests(
			"d",
			"404",
			only((index) => index < 290, counter(3, 77)),
		),
		requests("e", "200", (index) =>
			within(index, 200, 230) ? undefined : index === 199 ? "stale" : index * 2,
		),
		series({ __name__: "lonely_total" }, counter(100, 50)),
		series({ __name__: "sparse_total", kind: "slow" }, counter(10, 1_000), 240_000),
		series({ __name__: "sparse_total", kind: "slower" }, counter(10, 1_000), 330_000),
	];
}

function gauges(): readonly WrittenSeries[] {
	const wave =
		(period: number, height: number, base: number): Shape =>
		(index, random) =>
			base + height * Math.sin((index / period) * 2 * Math.PI) + random() * height * 0.1;
	const room = (name: string, floor: string, shape: Shape): WrittenSeries =>
		series({ __name__: "temperature", room: name, floor }, shape);
	return [
		room("kitchen", "1", wave(60, 5, 20)),
		room("bath", "1", wave(97, 3, -2)),
		room("attic", "2", wave(200, 40, 300)),
		room("cellar", "0", () => 12.5),
		room("roof", "2", (index, random) => (index % 50 === 7 ? Number.NaN : random() * 9 - 4)),
		room("oven", "1", (index, random) => (index % 90 === 11 ? Number.POSITIVE_INFINITY : 180 + random())),
		room("fridge", "1", (index, random) => (index % 80 === 3 ? Number.NEGATIVE_INFINITY : random())),
		...["a", "b", "c", "d"].flatMap((instance, place) => [
			series({ __name__: "memory_used_bytes", instance }, wave(70 + place, 2e8, 1e9 * (place + 1))),
			series({ __name__: "memory_limit_bytes", instance, class: "x" }, () => 4e9 * (place + 1)),
		]),
		series({ __name__: "tiny", kind: "small" }, (_, random) => (5 + random()) * 1e-12),
		series({ __name__: "tiny", kind: "huge" }, (_, random) => (5 + random()) * 1e140),
		series({ __name__: "levels", level: "1" }, (index) => index % 4),
		series({ __name__: "levels", level: "2" }, (index) => -(index % 3)),
		series({ __name__: "odd", text: 'a"b\\c\nd' }, () => 1),
		series({ __name__: "odd", text: "grün und 猫" }, () => 2),
		series({ __name__: "odd", constructor: "x", text: "plain.text" }, () => 3),
	];
}

function histograms(): readonly WrittenSeries[] {
	const bounds = ["0.005", "0.05", "0.1", "0.5", "1", "2.5", "10", "+Inf"];
	return ["api", "web", "idle"].flatMap((job) => {
		const shares = job === "api" ? [3, 9, 20, 14, 6, 2, 1, 1] : [0, 1, 2, 30, 9, 9, 0, 4];
		let total = 0;
		const buckets = bounds.map((le, place) => {
			total += shares[place] ?? 0;
			const pace = job === "idle" ? 0 : total;
			return series(
				{ __name__: "latency_seconds_bucket", job, le },
				(index) => pace * index + (pace * (index % 7)) / 8,
			);
		});
		return [...buckets, series({ __name__: "latency_seconds_count", job }, (index) => total * index)];
	});
}

/** Counters with resets and gaps, gauges with NaN and infinities, histograms, series that begin, end and go stale. */
export function sampleData(): readonly WrittenSeries[] {
	return [...counters(), ...gauges(), ...histograms()];
}
