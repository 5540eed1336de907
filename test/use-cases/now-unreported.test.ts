import { insideText } from "../../src/use-cases/now-lead.ts";
import { quietSentence } from "../../src/use-cases/now-quiet.ts";
import { isInside, isUnreported } from "../../src/use-cases/watch-wellbeing.ts";
import { isOutsideBand } from "../../web/src/lib/order-watches.ts";
import { watchLook } from "../../web/src/lib/watch-words.ts";
import { aReading, NOW_MS } from "../handlers/support/samples.ts";

const point = (v: number) => ({ t: NOW_MS - 1000, v, score: 0.9, low: 118, high: 176 });
const [outside, inside] = [aReading({ points: [point(184)] }), aReading({ points: [point(150)] })];

test("a watch whose newest value is outside its band is not counted as inside, though nothing is reported", () => {
	expect([outside, inside].map((reading) => isInside(reading, NOW_MS))).toEqual([false, true]);
	expect([outside, inside].map((reading) => isUnreported(reading, NOW_MS))).toEqual([true, false]);
	const told = aReading({ points: [point(184)], severity: "high" });
	expect(isUnreported(told, NOW_MS)).toBe(false);
});

test("the page says so", () => {
	const facts = {
		nowMs: NOW_MS,
		watches: [outside, inside],
		resolved: [],
		inside: 1,
		unreported: 1,
		troubled: [],
	};
	expect(quietSentence(facts)).toMatchObject({
		sentence: "Nothing needs you.",
		lead: "1 of 2 watches are inside their expected bands, one is outside its band, not reported yet.",
	});
	expect(insideText(0, 1, 1)).toBe("The one watch is outside its band, not reported yet.");
	const view = { state: "ready", progress: 1 } as const;
	expect(watchLook({ ...view, spark: [point(184)] }).word).toBe("Outside its band, not reported yet");
	expect(watchLook({ ...view, spark: [point(150)] }).word).toBe("Inside its band");
	expect(isOutsideBand({ spark: [{ t: 1, v: 184, low: 150, high: 150 }] })).toBe(false);
});
