import * as fc from "fast-check";
import { isInside, overlaps } from "../../../src/adapters/charts/geometry.ts";
import { Chart } from "../../../src/domain/chart.ts";
import { Unit } from "../../../src/domain/quantity.ts";
import { Severity } from "../../../src/domain/severity.ts";
import { draw } from "./picture.ts";

const START = Date.UTC(2026, 10, 20);
const wildNumber = fc.oneof(
	fc.double({ min: 0, max: 2000, noNaN: true }),
	fc.double(),
	fc.constantFrom(
		Number.NaN,
		Number.POSITIVE_INFINITY,
		Number.NEGATIVE_INFINITY,
		Number.MAX_VALUE,
		Number.MIN_VALUE,
		-0,
	),
);
const instant = fc.oneof(
	{ weight: 9, arbitrary: fc.integer({ min: START - 600_000, max: START + 7_200_000 }) },
	{ weight: 1, arbitrary: fc.double() },
);
const text = fc.oneof(
	fc.string({ unit: "binary", maxLength: 90 }),
	fc.string({ unit: "grapheme", maxLength: 90 }),
	fc.constantFrom(
		"expected 190–260 MB",
		"left its band at 02:36",
		"and 37 others",
		"<a href='x'>&",
		"\u0000\uD800\uFFFF",
	),
);
const many = <T>(item: fc.Arbitrary<T>, maxLength: number) => fc.array(item, { maxLength });
const event = fc.record({ t: instant, label: text });
const span = { startMs: instant, endMs: instant };
const ranges = many(fc.record({ t: instant, low: wildNumber, high: wildNumber }), 30);

const anyChart: fc.Arbitrary<Chart> = fc.record(
	{
		title: text,
		unit: fc.constantFrom(...Unit.options),
		startMs: instant,
		endMs: instant,
		lines: many(
			fc.record({
				name: text,
				role: fc.constantFrom("value" as const, "compared" as const, "rest" as const),
				points: many(fc.record({ t: instant, v: fc.option(wildNumber) }), 60),
			}),
			8,
		),
		alt: text,
		band: fc.record({ points: ranges, label: text }),
		learning: fc.boolean(),
		outside: many(fc.record({ ...span, severity: fc.constantFrom(...Severity.options), label: text }), 4),
		limit: fc.record({ value: wildNumber, label: text }),
		forecast: fc.record({
			points: many(fc.record({ t: instant, v: wildNumber, low: wildNumber, high: wildNumber }), 20),
			label: text,
		}),
		actions: many(event, 5),
		changes: many(event, 5),
		checked: fc.record({ ...span, label: text }),
		mark: fc.record({ t: instant, v: wildNumber, label: text }),
		gaps: many(fc.record(span), 4),
	},
	{ requiredKeys: ["title", "unit", "startMs", "endMs", "lines", "alt"] },
);
const size = (min: number, max: number) =>
	fc.oneof(fc.integer({ min, max }), fc.constantFrom(0, 1e9, Number.NaN));
const anyLook = fc.record({
	theme: fc.constantFrom("light" as const, "dark" as const),
	widthPx: size(240, 1600),
	heightPx: size(120, 900),
	timeZone: fc.constantFrom("Europe/Berlin", "UTC", "Asia/Kathmandu", "America/St_Johns", "nowhere"),
});

describe("any chart", () => {
	test("becomes well-formed XML with only finite numbers, texts inside the picture, and no label on another", () => {
		fc.assert(
			fc.property(anyChart, anyLook, (chart, look) => {
				const { svg, root, elements, texts, marks } = draw(chart, look);
				expect(root.name).toBe("svg");
				const numbers = elements.flatMap(({ name, attributes }) =>
					name === "title" ? [] : Object.values(attributes),
				);
				expect(numbers.filter((value) => /NaN|Infinity|undefined|e[+-]?\d/.test(value))).toEqual([]);
				expect(svg.length).toBeLessThan(500_000);
				const picture = {
					left: 0,
					right: Number(root.attributes.width),
					top: 0,
					bottom: Number(root.attributes.height),
				};
				for (const { text: shown, box } of texts) {
					expect({ shown, inside: isInside(box, picture) }).toEqual({ shown, inside: true });
					const covered = texts.find((other) => other.box !== box && overlaps(box, other.box));
					expect({ shown, covered: covered?.text }).toEqual({ shown, covered: undefined });
				}
				expect(marks("labels").length).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 150, endOnFailure: true },
		);
	});

	test("that the schema lets through is drawn", () => {
		fc.assert(
			fc.property(anyChart, (chart) => {
				const parsed = Chart.safeParse(chart);
				fc.pre(parsed.success);
				expect(draw(parsed.data ?? chart).root.children[0]?.name).toBe("title");
			}),
			{ numRuns: 40, endOnFailure: true },
		);
	});
});
