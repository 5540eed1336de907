import * as fc from "fast-check";
import { downsample } from "../../../src/adapters/charts/downsample.ts";
import type { ChartPoint } from "../../../src/domain/chart.ts";

const points = (values: readonly (number | null)[]): ChartPoint[] =>
	values.map((v, index) => ({ t: index * 1000, v }));

describe("downsampling", () => {
	test("keeps a single spike among 20,000 points", () => {
		const values = Array.from({ length: 20_000 }, (_, index) => (index === 12_345 ? 900 : Math.sin(index)));
		const kept = downsample(points(values), 500);
		expect(kept.length).toBeLessThanOrEqual(2000 + 4);
		expect(kept).toContainEqual({ t: 12_345_000, v: 900 });
	});

	test("keeps the lowest and the highest point of every column, and the ends of the line", () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 400 }),
				fc.integer({ min: 1, max: 50 }),
				(values, columns) => {
					const all = points(values);
					const kept = downsample(all, columns);
					const sliceMs = ((all.length - 1) * 1000) / columns;
					const column = (point: ChartPoint) => Math.floor(point.t / sliceMs);
					for (const index of new Set(all.map(column))) {
						const of = (list: readonly ChartPoint[]) =>
							list.filter((each) => column(each) === index).map((each) => Number(each.v));
						expect(Math.max(...of(kept))).toBe(Math.max(...of(all)));
						expect(Math.min(...of(kept))).toBe(Math.min(...of(all)));
					}
					expect(kept[0]).toEqual(all[0]);
					expect(kept.at(-1)).toEqual(all.at(-1));
				},
			),
		);
	});

	test("keeps every point that it is told to keep", () => {
		const all = points(Array.from({ length: 5000 }, (_, index) => index % 97));
		const isOutside = ({ v }: ChartPoint) => Number(v) > 90;
		expect(downsample(all, 20, isOutside).filter(isOutside)).toEqual(all.filter(isOutside));
	});

	test("keeps breaks as breaks and joins nothing across them", () => {
		const values = [1, 2, null, null, null, 3, null, 4];
		expect(downsample(points(values), 2).map((point) => point.v)).toEqual([1, 2, null, 3, null, 4]);
	});

	test("keeps the order of time and invents no point", () => {
		fc.assert(
			fc.property(fc.array(fc.option(fc.integer({ min: -50, max: 50 })), { maxLength: 300 }), (values) => {
				const all = points(values);
				const kept = downsample(all, 10);
				expect(kept.every((point, index) => index === 0 || point.t > (kept[index - 1]?.t ?? 0))).toBe(true);
				expect(kept.every((point) => all.includes(point))).toBe(true);
			}),
		);
	});

	test("has no trouble with no points, one point, or all points at one instant", () => {
		expect(downsample([], 10)).toEqual([]);
		expect(downsample([{ t: 5, v: 1 }], 10)).toEqual([{ t: 5, v: 1 }]);
		const same = Array.from({ length: 9 }, (_, index) => ({ t: 5, v: index }));
		expect(downsample(same, 10).map((point) => point.v)).toEqual([0, 8]);
	});
});
