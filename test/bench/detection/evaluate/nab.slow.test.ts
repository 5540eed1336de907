import type { Window } from "../../../../bench/detection/corpus/labelled-series.ts";
import { evaluateNab } from "../../../../bench/detection/evaluate/nab.ts";

const POINTS = 400;
const spiky = (name: string) => {
	const scores = new Float32Array(POINTS);
	scores[300] = 2;
	const timesMs = Float64Array.from({ length: POINTS }, (_, i) => i * 300_000);
	const windows: readonly Window[] = [[290 * 300_000, 310 * 300_000]];
	const labels = Uint8Array.from(timesMs, (_, i) => (i >= 290 && i <= 310 ? 1 : 0));
	return {
		series: { name, category: "made", timesMs, values: Float64Array.from(scores), labels, windows },
		scores,
	};
};
const first = spiky("artificialNoAnomaly/art_noisy");
const second = spiky("artificialNoAnomaly/art_flatline");

test("a threshold that was chosen on other series needs another series", () => {
	expect(evaluateNab([first], true).unseen).toBeUndefined();
	expect(evaluateNab([first, second], true).unseen?.standard).toBeGreaterThan(0);
});
