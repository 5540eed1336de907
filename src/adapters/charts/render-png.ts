import { fileURLToPath } from "node:url";
import { FONT_SIZE_PX } from "./tokens.ts";

/** Pixels of a picture for each CSS pixel of its drawing. */
const SCALE = 2;
const FONT_FILES = ["Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf"].map((file) =>
	fileURLToPath(new URL(`./fonts/${file}`, import.meta.url)),
);

/**
 * A drawing as a PNG with twice as many pixels each way, made on another thread. Only the bundled font is used, so that
 * a picture looks the same on every machine. The drawing library is loaded with the first picture, not before.
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
	const { renderAsync } = await import("@resvg/resvg-js");
	const picture = await renderAsync(svg, {
		fitTo: { mode: "zoom", value: SCALE },
		font: {
			loadSystemFonts: false,
			fontFiles: FONT_FILES,
			defaultFontFamily: "Inter",
			sansSerifFamily: "Inter",
			defaultFontSize: FONT_SIZE_PX,
		},
		logLevel: "off",
	});
	return picture.asPng();
}
