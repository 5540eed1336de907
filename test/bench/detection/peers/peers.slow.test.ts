import type { Candidate } from "../../../../bench/detection/candidate.ts";
import { alwaysOn, random } from "../../../../bench/detection/peers/baselines.ts";
import { grafanaAdaptive } from "../../../../bench/detection/peers/grafana-adaptive.ts";
import { netdata } from "../../../../bench/detection/peers/netdata.ts";
import { ROLLING_FEATURES, rollingFeatures } from "../../../../bench/detection/peers/rolling-features.ts";
import { seasonalMedian } from "../../../../bench/detection/peers/seasonal-median.ts";
import { zScore } from "../../../../bench/detection/peers/z-score.ts";
import { synthesize } from "../../../../bench/detection/synthetic.ts";

const [series] = synthesize(1, 1);
const timesMs = series?.timesMs.subarray(0, 2000) ?? new Float64Array();
const values = series?.values.slice(0, 2000) ?? new Float64Array();
/** Five times the usual level at one point. */
values[1900] = 5 * Math.max(...values);

async function scoresOf(peer: Candidate, points = values.length): Promise<Float32Array> {
	const given = { name: "s", timesMs: timesMs.subarray(0, points), values: values.subarray(0, points) };
	return Float32Array.from((await peer.score(given)) ?? []);
}

test.each([zScore, netdata, grafanaAdaptive, seasonalMedian])(
	"$name alarms at a value far off",
	async (peer) => {
		const scores = await scoresOf(peer);
		expect(scores[1900]).toBeGreaterThan(1);
		expect(scores.every((score) => score >= 0)).toBe(true);
	},
);

test.each([random, alwaysOn, zScore, netdata, grafanaAdaptive, seasonalMedian])(
	"$name says the same of the past whatever comes",
	async (peer) => {
		expect([...(await scoresOf(peer, 1500))]).toEqual([...(await scoresOf(peer))].slice(0, 1500));
	},
);

test("the z-score is the distance from the mean before in deviations, three being an alarm", () => {
	const given = Float64Array.from({ length: 41 }, (_, i) => (i === 40 ? 7 : i % 2));
	const scores = zScore.score({ name: "s", timesMs: new Float64Array(41), values: given });
	// Mean .5 and deviation .5 of forty values: 13 deviations.
	expect((scores as Float32Array)[40]).toBeCloseTo(13 / 3, 5);
});

test("the eighteen features of a point are finite and know nothing of later points", () => {
	const whole = rollingFeatures(timesMs, values);
	expect(whole).toHaveLength(2000 * ROLLING_FEATURES);
	expect(whole.every(Number.isFinite)).toBe(true);
	const cut = rollingFeatures(timesMs.subarray(0, 1000), values.subarray(0, 1000));
	expect(Buffer.compare(Buffer.from(cut.buffer), Buffer.from(whole.slice(0, cut.length).buffer))).toBe(0);
});
