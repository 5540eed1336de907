import { understand } from "../question-cases.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// It is Friday 20 Nov 2026, 14:30 in Berlin.
const MIDNIGHT = 9.5 * HOUR;

describe("questions about a time to come", () => {
	it.each([
		["what will the cpu of host be in 2 hours?", "cpu", 2 * HOUR, 2 * HOUR],
		["what will cpu of checkout be 90 minutes from now", "cpu", 90 * MINUTE, 90 * MINUTE],
		["forecast cpu of host for the next 24 hours", "cpu", 0, DAY],
		["forecast cpu of host for 24 hours", "cpu", 0, DAY],
		["forecast memory of checkout over 3 days", "memory", 0, 3 * DAY],
		["predict the disk of this host for the coming week", "disk", 0, 7 * DAY],
		["latency of checkout in the next hour", "latency", 0, HOUR],
		["how will traffic of checkout develop over the next 6 hours", "traffic", 0, 6 * HOUR],
		["will checkout be slow in 30 minutes", "latency", 30 * MINUTE, 30 * MINUTE],
		["cpu of host tomorrow", "cpu", MIDNIGHT, MIDNIGHT + DAY],
		["memory of host tomorrow at 18:00", "memory", MIDNIGHT + 18 * HOUR, MIDNIGHT + 18 * HOUR],
		["what will the load be at 16:00", "load", 1.5 * HOUR, 1.5 * HOUR],
		["what will the load be at 9:00", "load", MIDNIGHT + 9 * HOUR, MIDNIGHT + 9 * HOUR],
		["forecast load of ops-1 tonight", "load", 3.5 * HOUR, 9.5 * HOUR],
		["what will traffic of checkout be on monday", "traffic", MIDNIGHT + 2 * DAY, MIDNIGHT + 3 * DAY],
	])("%s", (text, metric, fromMs, toMs) => {
		const { intent, slots } = understand(text);
		expect({ intent, metric: slots.metrics[0], period: slots.period }).toMatchObject({
			intent: "forecast",
			metric,
			period: { kind: "ahead", fromMs, toMs },
		});
	});

	it.each([
		["what was the cpu of checkout for 24 hours", "value", "length"],
		["cpu of checkout at 16:00", "value", "at"],
		["going by the last 6 hours, when will the disk be full", "forecast", "length"],
		["traffic of checkout on monday", "value", "range"],
	])("what has been stays so: %s", (text, intent, kind) => {
		const read = understand(text);
		expect([read.intent, read.slots.period?.kind]).toEqual([intent, kind]);
	});

	it("whether a limit is asked for is told from what comes", () => {
		expect(understand("when will the disk be full").slots.reaches).toBe(true);
		expect(understand("forecast cpu of host for 24 hours").slots.reaches).toBeUndefined();
	});

	it.each([
		"anomalies in the next hour",
		"what is wrong tomorrow",
		"which process will use most cpu tomorrow",
	])("is no forecast where nothing measured is named: %s", (text) => {
		const { intent, slots } = understand(text);
		expect(intent).not.toBe("forecast");
		expect(slots.period?.kind).toBe("ahead");
	});
});
