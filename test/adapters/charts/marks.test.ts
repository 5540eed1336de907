import { Severity } from "../../../src/domain/severity.ts";
import { DARK, draw, MINUTE, pathPoints, START, said, sample, simpleBand, simpleChart } from "./picture.ts";

describe("expectation", () => {
	test("the band is an area of the first colour at 15 %, without an edge, with its label at its left end", () => {
		const picture = draw(simpleChart({ band: simpleBand("expected 15–30 %") }));
		const [area] = picture.marks("band");
		expect(area?.attributes).toMatchObject({ fill: DARK.series[0], opacity: "0.15" });
		expect(area?.attributes.stroke).toBeUndefined();
		const label = picture.texts.find(({ text }) => text === "expected 15–30 %");
		expect(label?.box.left).toBeLessThan(100);
	});

	test("while learning it is at 7 % and no severity appears", () => {
		const picture = sample("learning");
		expect(picture.marks("band learning")[0]?.attributes.opacity).toBe("0.07");
		expect(picture.marks("outside")).toEqual([]);
		expect(picture.marks("tint")).toEqual([]);
		expect(said(picture)).not.toContain("must not be shown");
		expect(said(picture)).toContain("the expected band appears when enough is known");
		for (const { ink } of Object.values(DARK.severity)) expect(picture.svg).not.toContain(ink);
	});

	test("outside the band the line is heavier, in the severity's colour, on a tint, from its shape on", () => {
		const picture = sample("before-decision");
		const [heavy] = picture.marks("outside");
		expect(heavy?.attributes).toMatchObject({ stroke: DARK.severity.high.ink, "stroke-width": "2.75" });
		const [firstX = 0, firstY = 0] = pathPoints(heavy)[0] ?? [];
		const [shape] = picture.marks("severity high");
		expect(Number(shape?.attributes.x) + 8).toBeCloseTo(firstX, 0);
		expect(Number(shape?.attributes.y) + 8).toBeCloseTo(firstY, 0);
		expect(Number(picture.marks("tint")[0]?.attributes.x)).toBeCloseTo(firstX, 0);
		expect(said(picture)).toContain("left its band at 02:36");
	});

	test("in grey, severities are still told apart by their shape and said in words", () => {
		const picture = sample("severities");
		const outlines = Severity.options.map((severity) => {
			const [shape] = picture.marks(`severity ${severity}`);
			return shape?.children
				.map(({ name, attributes }) =>
					[name, attributes.d, attributes.r, attributes.fill === "none"].join(" "),
				)
				.join("|");
		});
		expect(outlines).not.toContain(undefined);
		expect(new Set(outlines).size).toBe(Severity.options.length);
		for (const severity of Severity.options) expect(said(picture)).toContain(severity);
	});

	test("an outside span without any sample still shows its shape and its label", () => {
		const picture = draw(
			simpleChart({
				outside: [
					{
						startMs: START + 55 * MINUTE,
						endMs: START + 58 * MINUTE,
						severity: "low",
						label: "left its band at 02:55",
					},
				],
			}),
		);
		expect(picture.marks("severity low")).toHaveLength(1);
		expect(said(picture)).toContain("left its band at 02:55");
	});
});

describe("limit and forecast", () => {
	test("a limit in view is dashed 6 4 with its label on it", () => {
		const picture = sample("before-decision");
		const [line] = picture.marks("limit");
		expect(line?.attributes).toMatchObject({ stroke: DARK.text2, "stroke-dasharray": "6 4" });
		const label = picture.texts.find(({ text }) => text === "container limit 1,024 MB");
		expect(Math.abs(Number(line?.attributes.y1) - (label?.box.bottom ?? 0))).toBeLessThan(12);
	});

	test("a limit out of view is named in words and does not stretch the scale", () => {
		const picture = draw(simpleChart({ limit: { value: 95, label: "quota 95 %" } }));
		expect(picture.marks("limit")).toEqual([]);
		expect(said(picture)).toContain("above: quota 95 %");
		expect(said(picture)).not.toContain("100");
	});

	test("a forecast is dotted 2 4 with its range as a fan, and begins at the last value", () => {
		const picture = sample("before-decision");
		expect(picture.marks("forecast")[0]?.attributes).toMatchObject({
			stroke: DARK.text2,
			"stroke-dasharray": "2 4",
		});
		expect(picture.marks("fan")[0]?.attributes).toMatchObject({ fill: DARK.text3, opacity: "0.16" });
		expect(pathPoints(picture.marks("forecast")[0])[0]?.[0]).toBeCloseTo(
			pathPoints(picture.marks("value")[0]).at(-1)?.[0] ?? 0,
			0,
		);
		expect(said(picture)).toContain("if nothing is done");
	});

	test("a forecast that begins soon after the last value is joined to it, a later one is not", () => {
		const first = (minute: number) => {
			const point = { t: START + minute * MINUTE, v: 25, low: 24, high: 26 };
			const picture = draw(simpleChart({ forecast: { points: [point], label: "if nothing is done" } }));
			return pathPoints(picture.marks("forecast")[0]).length;
		};
		expect([first(50), first(58)]).toEqual([2, 1]);
	});

	test("the value axis is the same before and after the action", () => {
		const numbers = (name: string) => said(sample(name)).filter((text) => /^[\d,]+$/.test(text));
		expect(numbers("after-action")).toEqual(numbers("before-decision"));
		const limitY = (name: string) => sample(name).marks("limit")[0]?.attributes.y1;
		expect(limitY("after-action")).toBe(limitY("before-decision"));
	});

	test("a mark on the forecast is grey, one outside the band has the severity's colour", () => {
		expect(sample("disk-full").marks("dot")[0]?.attributes.fill).toBe(DARK.text2);
		expect(sample("before-decision").marks("dot")[0]?.attributes.fill).toBe(DARK.severity.high.ink);
		expect(sample("after-action").marks("dot")[0]?.attributes.fill).toBe(DARK.series[0]);
	});
});

describe("what happened", () => {
	test("an action is an upright accent line with a flag, the undo has its own", () => {
		const picture = sample("did-not-help");
		const uprights = picture.marks("action");
		expect(uprights.map(({ attributes }) => attributes.stroke)).toEqual([DARK.accent, DARK.accent]);
		expect(uprights.every(({ attributes }) => attributes.x1 === attributes.x2)).toBe(true);
		expect(picture.marks("flag")).toHaveLength(2);
		expect(said(picture)).toEqual(expect.arrayContaining(["4 → 6", "back to 4"]));
	});

	test("actions at the same moment have flags that do not cover one another", () => {
		const t = START + 30 * MINUTE;
		const picture = draw(
			simpleChart({ actions: ["first", "second", "third"].map((label) => ({ t, label })) }),
		);
		const flags = picture.texts.filter(({ text }) => ["first", "second", "third"].includes(text));
		expect(new Set(flags.map(({ box }) => `${box.left} ${box.top}`)).size).toBe(3);
	});

	test("a long flag near the left end stays clear of the value axis", () => {
		const actions = [{ t: START + 20 * MINUTE, label: "restarted both tasks of checkout one by one" }];
		const picture = draw(simpleChart({ actions }), { widthPx: 360 });
		const flag = picture.texts.find(({ text }) => text.startsWith("restarted"));
		expect(flag?.box.left).toBeGreaterThan(32);
	});

	test("a change from outside is a fine dotted upright with its label at the top", () => {
		const picture = sample("before-decision");
		expect(picture.marks("change")[0]?.attributes).toMatchObject({
			stroke: DARK.lineStrong,
			"stroke-dasharray": "1 3",
		});
		expect(picture.texts.find(({ text }) => text === "release 418, 02:31")?.box.top).toBeLessThan(60);
	});

	test("the checked span is a 3 px bar of the ok colour on the time axis", () => {
		const picture = sample("after-action");
		const [bar] = picture.marks("checked");
		expect(bar?.attributes).toMatchObject({ stroke: DARK.ok, "stroke-width": "3" });
		expect(Number(bar?.attributes.y1)).toBeGreaterThan(235);
		expect(said(picture)).toContain("verified 02:51");
	});

	test("what lies outside the span is not drawn", () => {
		const late = START + 90 * MINUTE;
		const picture = draw(
			simpleChart({
				actions: [{ t: late, label: "late" }],
				changes: [{ t: START - MINUTE, label: "early" }],
				mark: { t: late, v: 20, label: "mark" },
				checked: { startMs: late, endMs: late + MINUTE, label: "checked" },
			}),
		);
		expect(said(picture).filter((text) => ["late", "early", "mark", "checked"].includes(text))).toEqual([]);
	});
});
