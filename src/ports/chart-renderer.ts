import type { Chart } from "../domain/chart.ts";

/** How a chart is drawn: `widthPx` and `heightPx` are CSS pixels of the drawing, 240-1,600 and 120-900. */
export type ChartLook = {
	readonly theme: "light" | "dark";
	readonly widthPx: number;
	readonly heightPx: number;
	/** IANA zone of the time axis. */
	readonly timeZone: string;
};

/** Draws charts. The same chart and look give the same text, and the same picture with twice as many pixels each way. */
export type ChartRenderer = {
	svg(chart: Chart, look: ChartLook): string;
	png(chart: Chart, look: ChartLook): Promise<Uint8Array>;
};
