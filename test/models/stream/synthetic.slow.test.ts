import { runBank } from "../../../bench/detection/run-bank.ts";
import { scoreEvents } from "../../../bench/detection/score/event-f1.ts";
import { STEP_SECONDS, synthesize, WARM_UP_POINTS } from "../../../bench/detection/synthetic.ts";
import { stream } from "../../../models/stream/stream.ts";

describe("the stream detector on made series", () => {
	it.each([11, 12])(
		"finds what was injected with an event F1 of .92 at its one threshold, seed %p",
		(seed) => {
			const runs = synthesize(seed).map(({ timesMs, values, labels }) => ({
				scores: runBank(stream, timesMs, values),
				labels,
				from: WARM_UP_POINTS,
				stepSeconds: STEP_SECONDS,
			}));
			expect(scoreEvents(runs, 1).f1).toBeGreaterThanOrEqual(0.92);
		},
	);
});
