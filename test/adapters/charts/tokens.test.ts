import { THEMES } from "../../../src/adapters/charts/tokens.ts";

/** Relative luminance as WCAG 2.2 defines it, of `#RRGGBB`. */
function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
	const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
	return (high + 0.05) / (low + 0.05);
}

describe.each(Object.entries(THEMES))("the %s theme", (_, theme) => {
	test("has every text at 4.5 to 1 or more on what is behind it", () => {
		for (const color of [theme.text, theme.text2, theme.text3, theme.ok])
			expect(contrast(color, theme.surface)).toBeGreaterThanOrEqual(4.5);
		expect(contrast(theme.onAccent, theme.accent)).toBeGreaterThanOrEqual(4.5);
	});

	test("has every line and shape at 3 to 1 or more, on the surface and on its tint", () => {
		for (const color of [...theme.series, theme.accent, theme.lineStrong])
			expect(contrast(color, theme.surface)).toBeGreaterThanOrEqual(3);
		for (const { ink, soft } of Object.values(theme.severity)) {
			expect(contrast(ink, theme.surface)).toBeGreaterThanOrEqual(3);
			expect(contrast(ink, soft)).toBeGreaterThanOrEqual(3);
		}
	});

	test("has a colour of its own for each of five lines and each severity", () => {
		expect(new Set(theme.series).size).toBe(5);
		expect(new Set(Object.values(theme.severity).map(({ ink }) => ink)).size).toBe(4);
	});
});
