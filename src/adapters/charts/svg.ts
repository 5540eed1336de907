import type { Point } from "./geometry.ts";

const ENTITIES: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&apos;",
};

/** Text made safe for XML content and attribute values. Control characters must be gone already (`cleanText`). */
export function escapeXml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** A coordinate in CSS pixels to a tenth; anything that is not a number becomes 0, so no NaN reaches a picture. */
export function px(value: number): number {
	return Number.isFinite(value) ? Math.round(value * 10) / 10 + 0 : 0;
}

function hundredths(value: number): number {
	return Number.isFinite(value) ? Math.round(value * 100) / 100 + 0 : 0;
}

/** Attributes of an element; `undefined` leaves one out. Numbers are rounded to hundredths. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One XML element; `children` is XML already. */
export function element(name: string, attributes: Attributes, children = ""): string {
	let text = `<${name}`;
	for (const [key, value] of Object.entries(attributes)) {
		if (value === undefined) continue;
		text += ` ${key}="${typeof value === "number" ? hundredths(value) : escapeXml(value)}"`;
	}
	return children === "" ? `${text}/>` : `${text}>${children}</${name}>`;
}

/** Path data through the points of each run. A run of one point becomes a dot of the line's width (round caps). */
export function pathData(runs: readonly (readonly Point[])[]): string {
	let data = "";
	for (const run of runs) {
		run.forEach(([x, y], index) => {
			data += `${index === 0 ? "M" : "L"}${px(x)} ${px(y)}`;
		});
		if (run.length === 1) data += "h0.1";
	}
	return data;
}
