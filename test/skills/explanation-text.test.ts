import { explanationText } from "../../skills/explain/explanation-text.ts";
import { exampleAnomaly, exampleWatch } from "../fakes/example-watch.ts";

const watch = exampleWatch({ metric: "big", unit: "count" });
const anomaly = exampleAnomaly({
	outsideSinceMs: 56_000,
	value: 9.84,
	peak: 10.3,
	band: { low: 8.98, high: 10.9 },
	explanation:
		"Big is 9.84, inside its expected 8.98–10.9. What stands out: falling 4.19 times faster than usual.",
});
const told = (parts: Partial<Parameters<typeof explanationText>[0]>) =>
	explanationText({
		first: anomaly,
		watch,
		value: 9.84,
		samples: [{ t: 56_000, v: 10.3 }],
		readAtMs: 90_000,
		others: [],
		ruledOut: [],
		cause: { text: "The cause is not known.", certainty: "not known" },
		...parts,
	});

test("a value inside its band did not leave it: what stood out is said instead", () => {
	expect(told({})).toBe(
		"Big became abnormal first, at {{time:56000}}: it was 9.84 at {{time:90000}}, inside its expected 8.98–10.9. What stood out: falling 4.19 times faster than usual. The cause is not known.",
	);
	const over = { ...anomaly, closedAtMs: 80_000 };
	expect(told({ first: over })).toContain(": it reached 10.3, inside its expected 8.98–10.9. What stood out");
});

test("a value that left its band did so, and is expected inside of it", () => {
	const first = { ...anomaly, peak: 12 };
	expect(told({ first, value: 12, samples: [{ t: 56_000, v: 11.5 }] })).toBe(
		"Big left its band first, at {{time:56000}}: it was 12 at {{time:90000}}, expected 8.98–10.9. The cause is not known.",
	);
});

test("no range is named where the detector expects none", () => {
	const first = { ...anomaly, band: { low: 9, high: 9 } };
	expect(told({ first })).toContain(": it was 9.84 at {{time:90000}}. What stood out");
});
