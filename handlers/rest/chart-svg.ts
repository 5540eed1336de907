import type { Chart } from "../../src/domain/chart.ts";
import { clockText, replaceTimesDeep } from "../../src/domain/time-text.ts";
import type { RestDeps } from "./rest-deps.ts";
import { type Reply, reply } from "./route.ts";

/** How a picture was asked for. */
export type Look = {
	readonly theme: "light" | "dark";
	readonly width: number;
	readonly height: number;
	readonly timeZone?: string | undefined;
};

/** The content type of chart pictures. */
export const SVG = "image/svg+xml";

/** A chart as a picture. Opened by itself, a browser may draw it and nothing else. */
export function svgReply(deps: RestDeps, chart: Chart, look: Look): Reply {
	const timeZone = look.timeZone ?? deps.about.timeZone;
	const nowMs = deps.clock.now();
	const labelled = replaceTimesDeep(chart, (atMs) => clockText(atMs, nowMs, timeZone));
	const svg = deps.charts.svg(labelled, {
		theme: look.theme,
		widthPx: look.width,
		heightPx: look.height,
		timeZone,
	});
	return reply({
		headers: {
			"content-type": `${SVG}; charset=utf-8`,
			"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
		},
		body: svg,
	});
}
