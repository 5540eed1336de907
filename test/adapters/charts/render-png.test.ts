import { readdirSync, statSync } from "node:fs";
import { renderAsync } from "@resvg/resvg-js";
import { chartRenderer } from "../../../src/adapters/charts/chart-renderer.ts";
import { renderPng } from "../../../src/adapters/charts/render-png.ts";
import type { ChartLook } from "../../../src/ports/chart-renderer.ts";
import { beforeDecision } from "../../fixtures/incident-charts.ts";

const LOOK: ChartLook = { theme: "dark", widthPx: 600, heightPx: 240, timeZone: "Europe/Berlin" };
const withNow = (label: string) => ({
	...beforeDecision,
	mark: { ...(beforeDecision.mark ?? { t: 0, v: 0 }), label },
});

describe("a chart as a PNG", () => {
	it("is a PNG with two pixels for each of the drawing's, each way", async () => {
		const png = Buffer.from(await chartRenderer.png(beforeDecision, LOOK));
		expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
		expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 480]);
	});

	it("is the same for the same chart and look, and another in the other theme", async () => {
		const [first, second, light] = await Promise.all([
			chartRenderer.png(beforeDecision, LOOK),
			chartRenderer.png(beforeDecision, LOOK),
			chartRenderer.png(beforeDecision, { ...LOOK, theme: "light" }),
		]);
		expect(Buffer.compare(first, second)).toBe(0);
		expect(Buffer.compare(first, light)).not.toBe(0);
	});

	it("shows its texts, which need the bundled font and no other", async () => {
		const [eight, three] = await Promise.all([
			chartRenderer.png(withNow("now 884 MB"), LOOK),
			chartRenderer.png(withNow("now 834 MB"), LOOK),
		]);
		expect(Buffer.compare(eight, three)).not.toBe(0);
		const svg = chartRenderer.svg(beforeDecision, LOOK);
		const fontless = await renderAsync(svg, {
			font: { loadSystemFonts: false },
			fitTo: { mode: "zoom", value: 2 },
		});
		const bare = await renderPng(svg.replaceAll(/<text.*?<\/text>/g, ""));
		expect(Buffer.compare(fontless.asPng(), bare)).toBe(0);
		expect((await renderPng(svg)).length).toBeGreaterThan(bare.length * 1.2);
	});

	it("draws each weight with a face of its own", async () => {
		const text = (weight: number) =>
			`<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><text y="15" font-family="Inter" font-weight="${weight}">804 MB</text></svg>`;
		const pictures = await Promise.all([400, 500, 600].map((weight) => renderPng(text(weight))));
		expect(new Set(pictures.map((png) => Buffer.from(png).toString("base64"))).size).toBe(3);
	});
});

test("the bundled fonts stay small and carry their licence", () => {
	const folder = new URL("../../../src/adapters/charts/fonts/", import.meta.url);
	const files = readdirSync(folder);
	expect(files.toSorted()).toEqual([
		"Inter-Medium.otf",
		"Inter-Regular.otf",
		"Inter-SemiBold.otf",
		"OFL.txt",
	]);
	const bytes = files.reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0);
	expect(bytes).toBeLessThan(1_500_000);
});
