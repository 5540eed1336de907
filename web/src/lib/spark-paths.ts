import type { WatchView } from "../api/types.generated.ts";

type Spark = WatchView["spark"];
type SparkPoint = Spark[number];
type Placed = { readonly x: number; readonly y: number };

/** From time (Unix milliseconds) and value to pixels. */
export type SparkScale = {
	x(t: number): number;
	y(v: number): number;
};

export type SparkSize = { readonly width: number; readonly height: number; readonly marginPx: number };

/** The lowest and the highest value of line and band, never the same. */
export function sparkRange(spark: Spark): { readonly low: number; readonly high: number } {
	const values = spark.flatMap(({ v, low, high }) => [v, low, high]).filter(isNumber);
	const lowest = values.length > 0 ? Math.min(...values) : 0;
	const highest = values.length > 0 ? Math.max(...values) : 1;
	// A flat line stands in the middle rather than on the floor.
	const room = highest > lowest ? 0 : Math.max(1, Math.abs(highest)) / 2;
	return { low: lowest - room, high: highest + room };
}

/** A scale for a drawing of this size; by default its height holds just the line and the band. */
export function sparkScale(spark: Spark, size: SparkSize, range = sparkRange(spark)): SparkScale {
	const { low, high } = range;
	const [start, end] = [spark[0]?.t ?? 0, spark.at(-1)?.t ?? 1];
	const across = (size.width - 2 * size.marginPx) / Math.max(1, end - start);
	const up = (size.height - 2 * size.marginPx) / (high - low);
	return {
		x: (t) => round(size.marginPx + (t - start) * across),
		y: (v) => round(size.height - size.marginPx - (v - low) * up),
	};
}

/** The value's line; it stops where there is no data. */
export function linePath(spark: Spark, scale: SparkScale): string {
	return runs(spark, (point) => point.v !== null)
		.map((run) => polyline(run.map((point) => ({ x: scale.x(point.t), y: scale.y(point.v ?? 0) }))))
		.join("");
}

/** Only the parts of the line that are outside their band, each with the point before it so that it joins. */
export function outsidePath(spark: Spark, scale: SparkScale): string {
	return linePath(
		spark.map((point, index) =>
			isOutside(point) || isOutside(spark[index + 1]) ? point : { ...point, v: null },
		),
		scale,
	);
}

/** The expected band as one closed shape per unbroken stretch. */
export function bandPath(spark: Spark, scale: SparkScale): string {
	return runs(spark, (point) => point.low !== undefined && point.high !== undefined)
		.map((run) => {
			const upper = run.map((point) => ({ x: scale.x(point.t), y: scale.y(point.high ?? 0) }));
			const lower = run.map((point) => ({ x: scale.x(point.t), y: scale.y(point.low ?? 0) }));
			return `${polyline([...upper, ...lower.toReversed()])}Z`;
		})
		.join("");
}

function isOutside(point: SparkPoint | undefined): boolean {
	if (!point || point.v === null) return false;
	return (
		point.v > (point.high ?? Number.POSITIVE_INFINITY) || point.v < (point.low ?? Number.NEGATIVE_INFINITY)
	);
}

/** The stretches of neighbouring points that pass the test. */
function runs(spark: Spark, test: (point: SparkPoint) => boolean): readonly SparkPoint[][] {
	const found: SparkPoint[][] = [];
	let joined = false;
	for (const point of spark) {
		const passes = test(point);
		if (passes && joined) found.at(-1)?.push(point);
		else if (passes) found.push([point]);
		joined = passes;
	}
	return found;
}

function polyline(points: readonly Placed[]): string {
	return `M${points.map(({ x, y }) => `${x} ${y}`).join("L")}`;
}

function isNumber(value: number | null | undefined): value is number {
	return typeof value === "number" && Number.isFinite(value);
}

function round(pixels: number): number {
	return Math.round(pixels * 10) / 10;
}
