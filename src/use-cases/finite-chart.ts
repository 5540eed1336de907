import type { Chart } from "../domain/chart.ts";

/** The chart as JSON can carry it: values that are no numbers become gaps, marks without a place are left out. */
export function finiteChart(chart: Chart): Chart {
	const { band, forecast, limit, mark, ...rest } = chart;
	return {
		...rest,
		lines: chart.lines.map((line) => ({
			...line,
			points: line.points.map(({ t, v }) => ({ t, v: v !== null && Number.isFinite(v) ? v : null })),
		})),
		...(band ? { band: { ...band, points: band.points.filter(hasEnds) } } : {}),
		...(forecast
			? {
					forecast: {
						...forecast,
						points: forecast.points.filter((p) => hasEnds(p) && Number.isFinite(p.v)),
					},
				}
			: {}),
		...(limit && Number.isFinite(limit.value) ? { limit } : {}),
		...(mark && Number.isFinite(mark.v) ? { mark } : {}),
	};
}

function hasEnds({ low, high }: { readonly low: number; readonly high: number }): boolean {
	return Number.isFinite(low) && Number.isFinite(high);
}
