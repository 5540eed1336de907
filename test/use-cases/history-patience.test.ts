import { robustBand } from "../../models/robust-band.ts";
import { AppError } from "../../src/domain/errors.ts";
import { createHistory } from "../../src/use-cases/learn-history.ts";
import { emptyState } from "../../src/use-cases/watch-state.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";

const NOW_MS = 1_700_000_000_000;
const down = new AppError("unavailable", "The source does not answer.");

/** The history of a watch whose source fails at first, and is back after so many tries; the pauses between them. */
async function learnWith(failing: number) {
	const metrics = fakeMetrics();
	metrics.showValue((t) => (t > NOW_MS - 3_600_000 ? 100 : undefined));
	metrics.fail(down);
	const pauses: number[] = [];
	const pause = async (ms: number) => {
		if (pauses.push(ms) === failing) metrics.fail(undefined);
	};
	const state = emptyState(exampleWatch(), robustBand, { maximumSeries: 10, chartedSeries: 10 });
	const history = createHistory({ metrics, logger: recordingLogger(), pause }, state, { anew: false });
	while (await history.learn(NOW_MS)) expect(pauses.length).toBeLessThan(5);
	return { history, pauses, series: state.table.size };
}

test("a history that can't be read is tried again after growing pauses, and is learned when it comes", async () => {
	for (const failing of [1, 2]) {
		const { history, pauses, series } = await learnWith(failing);
		expect(pauses).toEqual([1000, 4000].slice(0, failing));
		expect([history.failed(), series]).toEqual([false, 1]);
	}
});

test("after the third failure it is given up, and known to be", async () => {
	const { history, pauses, series } = await learnWith(Number.NaN);
	expect(pauses).toEqual([1000, 4000]);
	expect([history.failed(), series]).toEqual([true, 0]);
});
