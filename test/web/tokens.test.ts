import { readFileSync } from "node:fs";

const css = readFileSync(new URL("../../web/src/styles/tokens.css", import.meta.url), "utf8");
const tokens = new Map(
	[...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
		([, name = "", light = "", dark = ""]) => [name, { light, dark }],
	),
);

function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(front: string, back: string, theme: "light" | "dark"): number {
	const [a, b] = [front, back].map((name) => {
		const token = tokens.get(name);
		if (!token) throw new Error(`tokens.css has no colour --${name}`);
		return luminance(token[theme]);
	}) as [number, number];
	return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const TEXTS = ["text", "text-2", "text-3"].flatMap((front) =>
	["surface", "canvas", "sunken", "hover"].map((back) => [front, back] as const),
);
const TONES = ["critical", "high", "medium", "low", "ok", "back", "unknown"].flatMap((tone) => [
	[tone, "surface"] as const,
	[tone, `${tone}-soft`] as const,
]);
const ACCENT = [
	["accent", "surface"],
	["accent", "canvas"],
	["accent", "accent-soft"],
	["accent", "sunken"],
	["on-accent", "accent"],
	["on-accent", "accent-hover"],
	["text-2", "accent-soft"],
	["high", "accent-soft"],
] as const;

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
	test.each([...TEXTS, ...TONES, ...ACCENT])("%s on %s can be read (4.5)", (front, back) => {
		expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(4.5);
	});

	test.each([
		["line-strong", "surface"],
		["line-strong", "canvas"],
		["line-strong", "sunken"],
		["c1", "surface"],
		["c1", "canvas"],
	] as const)("%s on %s can be seen (3)", (front, back) => {
		expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(3);
	});
});
