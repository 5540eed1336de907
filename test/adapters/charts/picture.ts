import { chartRenderer } from "../../../src/adapters/charts/chart-renderer.ts";
import type { Box } from "../../../src/adapters/charts/geometry.ts";
import { textBox } from "../../../src/adapters/charts/place-labels.ts";
import { THEMES } from "../../../src/adapters/charts/tokens.ts";
import type { Chart } from "../../../src/domain/chart.ts";
import type { ChartLook } from "../../../src/ports/chart-renderer.ts";
import { SAMPLE_CHARTS } from "../../fixtures/charts.ts";
import { allElements, parseXml, type XmlElement } from "./parse-xml.ts";

/** A drawn chart, taken apart. */
export type Picture = {
	readonly svg: string;
	readonly root: XmlElement;
	readonly elements: readonly XmlElement[];
	/** Every text but the title, with the box it takes. */
	readonly texts: readonly { readonly text: string; readonly box: Box }[];
	/** The elements of one kind of mark. */
	readonly marks: (name: string) => readonly XmlElement[];
};

const LOOK: ChartLook = { theme: "dark", widthPx: 620, heightPx: 270, timeZone: "Europe/Berlin" };

/** Draws a chart and parses the picture. */
export function draw(chart: Chart, look: Partial<ChartLook> = {}): Picture {
	const svg = chartRenderer.svg(chart, { ...LOOK, ...look });
	const root = parseXml(svg);
	const elements = allElements(root);
	return {
		svg,
		root,
		elements,
		texts: elements
			.filter((element) => element.name === "text")
			.map(({ text, attributes }) => ({ text, box: boxOf(text, attributes) })),
		marks: (name) => elements.filter((element) => element.attributes["data-mark"] === name),
	};
}

/** x of every point of a path's data. */
export function pathPoints(element: XmlElement | undefined): readonly (readonly [number, number])[] {
	const data = element?.attributes.d ?? "";
	return [...data.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
}

function boxOf(text: string, attributes: XmlElement["attributes"]): Box {
	const weight = attributes["font-weight"] === "600" ? 600 : attributes["font-weight"] === "500" ? 500 : 400;
	const anchor = attributes["text-anchor"];
	if (anchor !== "start" && anchor !== "middle" && anchor !== "end")
		throw new Error(`text without anchor: ${text}`);
	return textBox(text, weight, { x: Number(attributes.x), y: Number(attributes.y), anchor });
}

export const START = Date.UTC(2026, 10, 20, 1);
export const MINUTE = 60_000;
export const DARK = THEMES.dark;

/** One value a minute from `START` on. */
export function pointsOf(values: readonly (number | null)[]): Chart["lines"][number]["points"] {
	return values.map((v, index) => ({ t: START + index * MINUTE, v }));
}

/** An hour with one line of fifty values between 20 and 24 %, and what else is asked for. */
export function simpleChart(more: Partial<Chart> = {}): Chart {
	const values = Array.from({ length: 50 }, (_, index) => 20 + (index % 5));
	return {
		title: "Errors",
		unit: "percent",
		startMs: START,
		endMs: START + 60 * MINUTE,
		lines: [{ name: "web", role: "value", points: pointsOf(values) }],
		alt: "Errors of web.",
		...more,
	};
}

/** A band from 15 to 30 over the hour of `simpleChart`. */
export function simpleBand(label: string): NonNullable<Chart["band"]> {
	const range = { low: 15, high: 30 };
	return {
		points: [
			{ t: START, ...range },
			{ t: START + 60 * MINUTE, ...range },
		],
		label,
	};
}

/** A sample chart, drawn. */
export function sample(name: string): Picture {
	const found = SAMPLE_CHARTS[name];
	if (found === undefined) throw new Error(`no sample ${name}`);
	return draw(found.chart, found.look);
}

/** All texts of a picture, in document order. */
export function said(picture: Picture): readonly string[] {
	return picture.texts.map(({ text }) => text);
}
