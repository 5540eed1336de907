import type { Severity } from "../../domain/severity.ts";

/** Colours of one theme, resolved: a picture shown in an `<img>` cannot read the page's variables. */
export type Theme = {
	readonly surface: string;
	readonly line: string;
	readonly lineStrong: string;
	readonly text: string;
	readonly text2: string;
	readonly text3: string;
	readonly accent: string;
	readonly onAccent: string;
	readonly ok: string;
	/** Lines 1 to 5, told apart with any kind of colour vision. */
	readonly series: readonly string[];
	readonly severity: Readonly<Record<Severity, { readonly ink: string; readonly soft: string }>>;
};

/** The product's design tokens, as far as charts use them. */
export const THEMES: Readonly<Record<"light" | "dark", Theme>> = {
	light: {
		surface: "#FFFFFF",
		line: "#DDE1E7",
		lineStrong: "#7C8594",
		text: "#151922",
		text2: "#454D5A",
		text3: "#5A6372",
		accent: "#2B50C4",
		onAccent: "#FFFFFF",
		ok: "#1B6640",
		series: ["#1F5FC4", "#9B6A00", "#07A497", "#822100", "#591D70"],
		severity: {
			critical: { ink: "#B42318", soft: "#FDECEA" },
			high: { ink: "#9C4008", soft: "#FDEFE3" },
			medium: { ink: "#755500", soft: "#FAF2D6" },
			low: { ink: "#3D5F80", soft: "#E9F0F6" },
		},
	},
	dark: {
		surface: "#14181F",
		line: "#272D38",
		lineStrong: "#727C8C",
		text: "#E9ECF1",
		text2: "#B4BBC8",
		text3: "#939CAB",
		accent: "#93AEFF",
		onAccent: "#0B1430",
		ok: "#7FD3A4",
		series: ["#7CACF8", "#E1C725", "#C1F0E6", "#DD4714", "#906E96"],
		severity: {
			critical: { ink: "#FF9A8F", soft: "#391614" },
			high: { ink: "#FFB27A", soft: "#361F0F" },
			medium: { ink: "#E9C65B", soft: "#2D2509" },
			low: { ink: "#A3BEDB", soft: "#17232F" },
		},
	},
};

/** Dashes of lines 1 to 5; the first is solid. */
export const SERIES_DASHES: readonly (string | undefined)[] = [undefined, "8 3", "2 4", "10 3 2 3", "4 4"];

/** Widths in CSS pixels, opacities 0-1, dashes in SVG notation. */
export const STROKE = {
	lineWidth: 1.75,
	outsideWidth: 2.75,
	thinWidth: 1.25,
	bandOpacity: 0.15,
	learningBandOpacity: 0.07,
	fanOpacity: 0.16,
	tintOpacity: 0.55,
	hatchOpacity: 0.5,
	limitDash: "6 4",
	forecastDash: "2 4",
	comparedDash: "1 3",
	changeDash: "1 3",
} as const;

/** Inter, then the system's own; on Linux the two that are as narrow as Inter go before whatever else is set there. */
export const FONT_FAMILY =
	"Inter, 'Inter Variable', -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', system-ui, sans-serif";
/** The smallest and only text size of a chart, in CSS pixels. */
export const FONT_SIZE_PX = 12;
