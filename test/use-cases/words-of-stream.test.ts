import { seededRandom } from "../../models/random.ts";
import { stream } from "../../models/stream/stream.ts";
import { isOutside } from "../../src/domain/left-band.ts";
import { explainFinding, findingTitle } from "../../src/use-cases/describe-finding.ts";
import { exampleWatch } from "../fakes/example-watch.ts";

const POINTS = 6000;

/** Steady noise, which drifts within its range from 3000 on and stands still from 5500 on. */
function valueAt(i: number, random: () => number): number {
	const drift = i > 3000 ? Math.min(0.7, (i - 3000) / 300) : 0;
	return i > 5500 ? 9.84 : 9.05 + 1.7 * random() * (1 - drift / 2) + drift;
}

test("the stream detector's findings inside their band are told by their signal, never as outside", () => {
	const random = seededRandom(7);
	const watch = exampleWatch({ metric: "big", unit: "count", direction: "both", minimumChange: 0 });
	const bank = stream.open({ stepSeconds: 60, direction: "both", minimumChange: 0, sensitivity: "high" });
	const slot = bank.add();
	const titles = new Set<string>();
	const texts: string[] = [];
	for (let i = 0; i < POINTS; i += 1) {
		const value = valueAt(i, random);
		bank.push(slot, value, i * 60_000);
		const { ready, outside, band } = bank.judgement(slot);
		if (!ready || !outside || !band || isOutside(value, band)) continue;
		const reasons = bank.reasons(slot);
		titles.add(findingTitle("big", watch, value, band, [], reasons));
		texts.push(explainFinding(watch, value, band, [], reasons));
	}
	expect(titles.size).toBeGreaterThan(1);
	for (const title of titles) expect(title).not.toMatch(/above|below|twice|times/);
	for (const text of texts) expect(text).toContain(", inside its expected ");
});
