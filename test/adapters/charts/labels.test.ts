import * as fc from "fast-check";
import type { Box } from "../../../src/adapters/charts/geometry.ts";
import { isInside, overlaps } from "../../../src/adapters/charts/geometry.ts";
import { traceInk } from "../../../src/adapters/charts/ink.ts";
import {
	type Label,
	type Obstacles,
	placeLabels,
	type Spot,
} from "../../../src/adapters/charts/place-labels.ts";
import { textWidthPx } from "../../../src/adapters/charts/text-width.ts";
import { SAMPLE_CHARTS } from "../../fixtures/charts.ts";
import { draw } from "./picture.ts";

const REGION: Box = { left: 40, right: 600, top: 4, bottom: 240 };
const CLEAR: Obstacles = { region: REGION, solids: [], inks: [], uprights: [] };
const label = (text: string, ...spots: Spot[]): Label => ({ text, fill: "#000", weight: 500, spots });
const at = (x: number, y: number, anchor: Spot["anchor"] = "start"): Spot => ({ x, y, anchor });
const place = (labels: readonly Label[], obstacles: Partial<Obstacles> = {}, narrow = false) =>
	placeLabels(labels, { ...CLEAR, ...obstacles }, narrow);

describe("text width", () => {
	test("is that of Inter with tabular figures at 12 px, with a little room for other fonts", () => {
		for (const [text, measuredPx] of [
			["expected 190–260 MB", 131.2],
			["left its band at 02:36", 118.8],
			["if nothing had been done", 143],
			["container limit 1,024 MB", 140.9],
		] as const) {
			expect(textWidthPx(text, 500)).toBeGreaterThan(measuredPx);
			expect(textWidthPx(text, 500)).toBeLessThan(measuredPx * 1.06);
		}
	});

	test("takes wide scripts for a whole em", () => {
		expect(textWidthPx("監視", 500)).toBeGreaterThanOrEqual(24);
	});
});

describe("placing labels", () => {
	test("takes the first spot when it is free", () => {
		expect(place([label("now 804 MB", at(100, 100), at(100, 50))])[0]?.spot).toEqual(at(100, 100));
	});

	test("prefers a spot without a line under it", () => {
		const ink = traceInk(
			[
				[
					[40, 96],
					[600, 96],
				],
			],
			620,
		);
		expect(place([label("now 804 MB", at(100, 100), at(100, 50))], { inks: [ink] })[0]?.spot).toEqual(
			at(100, 50),
		);
	});

	test("moves a label sideways into the picture where it would run out", () => {
		const [placed] = place([label("if nothing had been done", at(580, 100))]);
		expect(placed?.text).toBe("if nothing had been done");
		expect(isInside(placed?.box ?? REGION, REGION)).toBe(true);
	});

	test("looks for the nearest free place when all spots are taken", () => {
		const [first, second] = place([label("a label", at(100, 100)), label("another label", at(100, 100))]);
		expect(second).toBeDefined();
		expect(overlaps(first?.box ?? REGION, second?.box ?? REGION)).toBe(false);
	});

	test("starts with the short form in a narrow drawing", () => {
		expect(place([label("left its band at 02:36", at(100, 100))], {}, true)[0]?.text).toBe(
			"left its band 02:36",
		);
	});

	test("clips a label that is too long for any place, and leaves out one without any room", () => {
		const small: Box = { left: 0, right: 120, top: 0, bottom: 20 };
		const labels = [label("x".repeat(60), at(0, 12)), label("a second label", at(0, 12))];
		const placed = place(labels, { region: small });
		expect(placed.map((each) => each.text.endsWith("…"))).toEqual([true]);
	});

	test("never lets two labels overlap, cover a solid or leave the region", () => {
		const spot = fc.record({
			x: fc.integer({ min: -100, max: 800 }),
			y: fc.integer({ min: -50, max: 400 }),
			anchor: fc.constantFrom("start", "middle", "end"),
		});
		const labels = fc.array(fc.tuple(fc.string({ maxLength: 60 }), fc.array(spot, { maxLength: 4 })), {
			maxLength: 25,
		});
		const solid: Box = { left: 200, right: 320, top: 60, bottom: 140 };
		fc.assert(
			fc.property(labels, fc.boolean(), (wanted, narrow) => {
				const placed = place(
					wanted.map(([text, spots]) => label(text, ...(spots as Spot[]))),
					{ solids: [solid] },
					narrow,
				);
				for (const [index, { box }] of placed.entries()) {
					expect(isInside(box, REGION)).toBe(true);
					expect(overlaps(box, solid)).toBe(false);
					for (const other of placed.slice(index + 1)) expect(overlaps(box, other.box)).toBe(false);
				}
			}),
			{ numRuns: 60 },
		);
	});
});

describe("the texts of a picture", () => {
	test.each(Object.entries(SAMPLE_CHARTS))(
		"%s: none overlaps another or leaves the picture",
		(_, { chart, look }) => {
			const { texts } = draw(chart, look);
			const picture: Box = { left: 0, right: look.widthPx, top: 0, bottom: look.heightPx };
			for (const [index, { text, box }] of texts.entries()) {
				expect({ text, inside: isInside(box, picture) }).toEqual({ text, inside: true });
				const covered = texts.slice(index + 1).find((other) => overlaps(box, other.box));
				expect({ text, covered: covered?.text }).toEqual({ text, covered: undefined });
			}
		},
	);

	test("all labels of an incident find their place, in a wide and in a narrow drawing", () => {
		for (const name of ["before-decision", "after-action"]) {
			const wide = SAMPLE_CHARTS[name];
			const narrow = SAMPLE_CHARTS[`${name}-narrow`];
			if (wide === undefined || narrow === undefined) throw new Error(`no sample ${name}`);
			const said = draw(wide.chart, wide.look).texts.map(({ text }) => text);
			const { band, outside = [], limit, forecast, mark, changes = [], actions = [], checked } = wide.chart;
			const labels = [band, ...outside, limit, forecast, mark, ...changes, ...actions, checked].flatMap(
				(each) => each?.label ?? [],
			);
			expect(labels.filter((text) => !said.includes(text))).toEqual([]);
			const saidNarrow = draw(narrow.chart, narrow.look)
				.texts.map(({ text }) => text)
				.join("\n");
			for (const text of labels) expect(saidNarrow).toContain(text.slice(0, 11));
		}
	});
});
