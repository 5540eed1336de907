import type { Severity } from "../../domain/severity.ts";
import { element } from "./svg.ts";

const exclamation = (surface: string, topY: number, length: number, dotY: number): string =>
	element("path", {
		d: `M8 ${topY}v${length}`,
		stroke: surface,
		"stroke-width": 1.7,
		"stroke-linecap": "round",
	}) + element("circle", { cx: 8, cy: dotY, r: 1.05, fill: surface });

/** Each severity in 16 x 16: a shape of its own, so that it is known without its colour. */
const SHAPES: Readonly<Record<Severity, (ink: string, surface: string) => string>> = {
	critical: (ink, surface) =>
		element("path", { d: "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z", fill: ink }) +
		exclamation(surface, 4.4, 4.2, 11.4),
	high: (ink, surface) =>
		element("path", {
			d: "M8 2.2 14.4 13.4H1.6z",
			fill: ink,
			stroke: ink,
			"stroke-width": 1.6,
			"stroke-linejoin": "round",
		}) + exclamation(surface, 6, 3.4, 11.7),
	medium: (ink) =>
		element("path", {
			d: "M8 1.6 14.4 8 8 14.4 1.6 8z",
			fill: "none",
			stroke: ink,
			"stroke-width": 1.8,
			"stroke-linejoin": "round",
		}) + element("path", { d: "M8 4.6 11.4 8 8 11.4 4.6 8z", fill: ink }),
	low: (ink) =>
		element("circle", { cx: 8, cy: 8, r: 6, fill: "none", stroke: ink, "stroke-width": 1.8 }) +
		element("circle", { cx: 8, cy: 8, r: 2, fill: ink }),
};

/** The severity's shape with its middle at `x`, `y`, on a disc of the surface that keeps it apart from lines. */
export function severityShape(
	severity: Severity,
	place: { readonly x: number; readonly y: number; readonly ink: string; readonly surface: string },
): string {
	const shape = element(
		"svg",
		{
			"data-mark": `severity ${severity}`,
			x: place.x - 8,
			y: place.y - 8,
			width: 16,
			height: 16,
			viewBox: "0 0 16 16",
		},
		SHAPES[severity](place.ink, place.surface),
	);
	return element("circle", { cx: place.x, cy: place.y, r: 9, fill: place.surface }) + shape;
}
