import { SERIES_DASHES, THEMES } from "../../../src/adapters/charts/tokens.ts";
import { DARK, draw, MINUTE, pathPoints, pointsOf, START, said, sample, simpleChart } from "./picture.ts";

describe("the document", () => {
	test("is an image with the alt text as its title, and asks for nothing from outside", () => {
		const { root, svg } = draw(simpleChart());
		expect(root.attributes.role).toBe("img");
		expect(root.attributes.viewBox).toBe("0 0 620 270");
		expect(root.children[0]).toMatchObject({ name: "title", text: "Errors of web." });
		expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
			/<script|<style|href|url\(|http|\bid=|\son\w+=/,
		);
	});

	test("has the same text for the same chart and look, and the other colours in the other theme", () => {
		expect(draw(simpleChart()).svg).toBe(draw(simpleChart()).svg);
		const light = draw(simpleChart(), { theme: "light" }).svg;
		expect(light).toContain(THEMES.light.surface);
		expect(light).not.toContain(DARK.surface);
	});

	test("has no text smaller than 12 px", () => {
		const { elements } = draw(simpleChart({ actions: [{ t: START + MINUTE, label: "4 → 6" }] }), {
			widthPx: 360,
		});
		const sizes = elements.flatMap((element) => element.attributes["font-size"] ?? []);
		expect(sizes.length).toBeGreaterThan(0);
		for (const size of sizes) expect(Number(size)).toBeGreaterThanOrEqual(12);
	});

	test("shows hostile labels as text, clipped to 60 characters", () => {
		const hostile = `</text><script>alert(1)</script>&\u0000\u202E${"x".repeat(200)}`;
		const picture = draw(simpleChart({ limit: { value: 22, label: hostile }, alt: hostile }));
		expect(picture.elements.some((element) => element.name === "script")).toBe(false);
		const shown = said(picture).find((text) => text.startsWith("</text>")) ?? "";
		expect(shown.startsWith("</text><script>alert(1)</script>& x")).toBe(true);
		expect(Array.from(shown).length).toBeLessThanOrEqual(60);
	});

	test("stays bounded for 200,000 points and hundreds of events", () => {
		const many = Array.from({ length: 200_000 }, (_, index) => ({
			t: START + index * 18,
			v: index % 1000,
		}));
		const events = Array.from({ length: 500 }, (_, index) => ({
			t: START + index * 1000,
			label: `event ${index}`,
		}));
		const { svg, marks } = draw(
			simpleChart({
				unit: "count",
				lines: [{ name: "a", role: "value", points: many }],
				actions: events,
				changes: events,
			}),
		);
		expect(pathPoints(marks("value")[0]).length).toBeLessThanOrEqual(20_000);
		expect(marks("action")).toHaveLength(50);
		expect(svg.length).toBeLessThan(400_000);
	});
});

describe("lines", () => {
	test("a single value line is solid, 1.75 wide, in the first colour, with a dot at its end and no name", () => {
		const picture = draw(simpleChart());
		const [line] = picture.marks("value");
		expect(line?.attributes).toMatchObject({ stroke: DARK.series[0], "stroke-width": "1.75" });
		expect(line?.attributes["stroke-dasharray"]).toBeUndefined();
		const [x, y] = pathPoints(line).at(-1) ?? [];
		expect(picture.marks("dot")[0]?.attributes.fill).toBe(DARK.series[0]);
		expect(Number(picture.marks("dot")[0]?.attributes.cx)).toBeCloseTo(x ?? 0, 0);
		expect(Number(picture.marks("dot")[0]?.attributes.cy)).toBeCloseTo(y ?? 0, 0);
		expect(said(picture)).not.toContain("web");
	});

	test("several have a colour, a dash and their name at the end each, at most five; more are grey", () => {
		const lines = Array.from({ length: 7 }, (_, index) => ({
			name: `service-${index}`,
			role: "value" as const,
			points: pointsOf([index * 10, index * 10 + 1]),
		}));
		const picture = draw(simpleChart({ lines }));
		const drawn = picture
			.marks("value")
			.map(({ attributes }) => [attributes.stroke, attributes["stroke-dasharray"]]);
		expect(drawn).toEqual(DARK.series.map((color, index) => [color, SERIES_DASHES[index]]));
		expect(said(picture).filter((text) => text.startsWith("service-"))).toHaveLength(5);
		expect(picture.marks("rest")).toHaveLength(2);
	});

	test("the rest is grey and named together once", () => {
		const picture = sample("many-series");
		expect(picture.marks("rest")).toHaveLength(37);
		expect(new Set(picture.marks("rest").map(({ attributes }) => attributes.stroke))).toEqual(
			new Set([DARK.lineStrong]),
		);
		expect(said(picture).filter((text) => text === "and 37 others")).toHaveLength(1);
		expect(said(picture).some((text) => text.startsWith("other-"))).toBe(false);
	});

	test("another period is dotted 1 3 in the metadata colour and named in words", () => {
		const picture = sample("question");
		expect(picture.marks("compared")[0]?.attributes).toMatchObject({
			stroke: DARK.text3,
			"stroke-dasharray": "1 3",
		});
		expect(said(picture)).toContain("dotted: the day before");
	});

	test("stop where there is no value, and a lone value is still seen", () => {
		const data =
			draw(
				simpleChart({
					lines: [{ name: "web", role: "value", points: pointsOf([1, 2, null, 5, null, 6, 7]) }],
				}),
			).marks("value")[0]?.attributes.d ?? "";
		expect(data.match(/M/g)).toHaveLength(3);
		expect(data).toContain("h0.1");
	});
});

describe("missing data", () => {
	test("a gap is hatched and named, and the line is not joined across it", () => {
		const picture = sample("missing-data");
		expect(picture.marks("gap")).toHaveLength(1);
		expect(said(picture)).toContain("no data");
		expect(picture.marks("value")[0]?.attributes.d?.match(/M/g)).toHaveLength(2);
		expect(picture.marks("value")[0]?.attributes["stroke-dasharray"]).toBeUndefined();
	});

	test("a chart without samples is a frame, the time axis and one sentence", () => {
		const picture = sample("empty");
		expect(said(picture)).toEqual([
			"02:00",
			"02:15",
			"02:30",
			"02:45",
			"03:00 CET",
			"No samples in this span.",
		]);
		expect(picture.marks("grid")[0]?.children.map(({ name }) => name)).toEqual(["rect"]);
	});

	test("samples that are all not numbers count as none", () => {
		const picture = draw(
			simpleChart({
				lines: [
					{ name: "web", role: "value", points: pointsOf([Number.NaN, Number.POSITIVE_INFINITY, null]) },
				],
			}),
		);
		expect(said(picture)).toContain("No samples in this span.");
		expect(picture.svg).not.toMatch(/NaN|Infinity/);
	});

	test("lines may not be there at all", () => {
		expect(said(draw(simpleChart({ lines: [] })))).toContain("No samples in this span.");
	});
});

describe("a narrow drawing", () => {
	test("has fewer ticks and shorter labels", () => {
		const wide = sample("before-decision");
		const narrow = sample("before-decision-narrow");
		const times = (texts: readonly string[]) => texts.filter((text) => /^\d\d:\d\d/.test(text)).length;
		expect(times(said(narrow))).toBeLessThan(times(said(wide)));
		expect(said(narrow)).toEqual(expect.arrayContaining(["left its band 02:36", "release 418"]));
	});
});
