/** A forecast at one instant with its 80 % range, in the unit of the series. */
export type ForecastPoint = {
	readonly t: number;
	readonly v: number;
	readonly low: number;
	readonly high: number;
};
