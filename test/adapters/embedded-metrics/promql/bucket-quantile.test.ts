import { array, assert, double, nat, property, tuple } from "fast-check";
import {
	type Bucket,
	bucketQuantile,
} from "../../../../src/adapters/embedded-metrics/promql/bucket-quantile.ts";

const buckets = (...pairs: readonly (readonly [number, number])[]): readonly Bucket[] =>
	pairs.map(([upperBound, count]) => ({ upperBound, count }));
const INF = Number.POSITIVE_INFINITY;

describe("bucketQuantile", () => {
	test.each([
		["in the middle of a bucket", 0.5, buckets([1, 0], [2, 10], [INF, 10]), 1.5],
		["in the lowest bucket, from zero up", 0.5, buckets([2, 10], [INF, 10]), 1],
		[
			"in the lowest bucket with a bound of zero or less, its bound",
			0.5,
			buckets([-1, 10], [2, 12], [INF, 12]),
			-1,
		],
		["in the highest bucket, the bound below it", 0.99, buckets([1, 1], [2, 5], [INF, 100]), 2],
		["with counts that dip, as if they did not", 0.5, buckets([1, 10], [2, 4], [3, 20], [INF, 20]), 1],
		[
			"with a rise that is rounding, as if it were none",
			0.50000000000002,
			buckets([1, 10], [2, 10 + 1e-12], [INF, 20]),
			2,
		],
		["with equal bounds, the sum of their counts", 0.5, buckets([1, 2], [1, 2], [2, 8], [INF, 8]), 1],
		["without observations, nothing", 0.5, buckets([1, 0], [INF, 0]), Number.NaN],
		["without a bucket for everything, nothing", 0.5, buckets([1, 1], [2, 2]), Number.NaN],
		["with a single bucket, nothing", 0.5, buckets([INF, 5]), Number.NaN],
		["for a q below 0", -0.1, buckets([1, 1], [INF, 1]), Number.NEGATIVE_INFINITY],
		["for a q above 1", 1.1, buckets([1, 1], [INF, 1]), INF],
		["for a q of NaN", Number.NaN, buckets([1, 1], [INF, 1]), Number.NaN],
	])("%s", (_, q, given, expected) => {
		expect(bucketQuantile(q, given)).toBe(expected);
	});

	test("rises with q and stays within the bounds", () => {
		const unit = double({ min: 1e-6, max: 1, noNaN: true });
		assert(
			property(array(nat(100), { minLength: 2, maxLength: 10 }), tuple(unit, unit), (increments, [a, b]) => {
				let count = 0;
				const given = increments.map((increment, index) => {
					count += increment;
					return { upperBound: index === increments.length - 1 ? INF : index + 1, count };
				});
				const low = bucketQuantile(Math.min(a, b), given);
				const high = bucketQuantile(Math.max(a, b), given);
				expect(count === 0 || (low <= high && low >= 0 && high <= increments.length - 1)).toBe(true);
			}),
		);
	});
});
