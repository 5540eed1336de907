import { nowReading } from "../../src/use-cases/now-reading.ts";
import { anApproval, aReading, NOW_MS } from "../handlers/support/samples.ts";

const quiet = {
	nowMs: NOW_MS,
	open: [],
	pending: [],
	unknown: [],
	ended: [],
	resolved: [],
	watches: [],
	troubled: [],
	firstRun: { startedInSeconds: 3.8, demo: false, broken: false },
};

test("without a sample service and without watches there is no first run that never ends", () => {
	const reading = nowReading(quiet);
	expect(reading.firstRun).toBeUndefined();
	expect(reading.sentence).toBe("Nothing is watched yet.");
	expect(reading.lead).toBe("Connect Prometheus, write watches in smartcloudops.yaml, then start again.");
});

test("while a decision waits, no share of no watches is told", () => {
	expect(nowReading({ ...quiet, pending: [anApproval()] }).lead).toMatch(/Nothing is watched yet\.$/);
});

test("without a sample service the first run lasts until its watches have learned", () => {
	const learning = aReading({ state: "learning", progress: 0.5 });
	expect(nowReading({ ...quiet, watches: [learning] }).firstRun?.breakable).toBe(false);
	expect(nowReading({ ...quiet, watches: [aReading()] }).firstRun).toBeUndefined();
});
