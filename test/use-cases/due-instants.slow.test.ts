import { isDue, newestDue } from "../../src/use-cases/due-instants.ts";

const MINUTE = 60_000;
const at = (text: string) => Date.parse(text);
const berlin = (cron: string) => ({ cron, timeZone: "Europe/Berlin" });
/** Every instant of a span at which a schedule is due, looked up minute by minute. */
const allDue = (cron: string, from: string, to: string) => {
	const found: string[] = [];
	for (let ms = at(from); ms < at(to); ms += MINUTE)
		if (isDue(berlin(cron), ms)) found.push(new Date(ms).toISOString().slice(0, 16));
	return found;
};
const newest = (cron: string, after: string, until: string) => {
	const ms = newestDue(berlin(cron), at(after), at(until));
	return ms === undefined ? undefined : new Date(ms).toISOString();
};

describe("due instants", () => {
	it("follow the clocks of their zone through the year", () => {
		expect(newest("0 9 * * *", "2026-01-01T00:00Z", "2026-03-28T12:00Z")).toBe("2026-03-28T08:00:00.000Z");
		expect(newest("0 9 * * *", "2026-01-01T00:00Z", "2026-03-29T12:00Z")).toBe("2026-03-29T07:00:00.000Z");
		expect(newest("0 9 * * *", "2026-01-01T00:00Z", "2026-10-25T12:00Z")).toBe("2026-10-25T08:00:00.000Z");
	});

	it("on the day clocks go forward come once, an hour later, where their hour does not exist", () => {
		expect(allDue("30 2 * * *", "2026-03-28T22:00Z", "2026-03-29T22:00Z")).toEqual(["2026-03-29T01:30"]);
		expect(newest("30 2 * * *", "2026-03-28T12:00Z", "2026-03-29T12:00Z")).toBe("2026-03-29T01:30:00.000Z");
	});

	it("on the day clocks go back come once where their hour exists twice", () => {
		expect(allDue("30 2 * * *", "2026-10-24T22:00Z", "2026-10-25T23:00Z")).toEqual(["2026-10-25T00:30"]);
		expect(newest("30 2 * * *", "2026-10-24T12:00Z", "2026-10-25T12:00Z")).toBe("2026-10-25T00:30:00.000Z");
		expect(newest("30 2 * * *", "2026-10-25T00:30Z", "2026-10-25T12:00Z")).toBeUndefined();
	});

	it("each hour come in every hour of both days", () => {
		expect(allDue("0 * * * *", "2026-03-28T23:00Z", "2026-03-29T22:00Z")).toHaveLength(23);
		expect(allDue("0 * * * *", "2026-10-24T22:00Z", "2026-10-25T23:00Z")).toHaveLength(25);
	});

	it("lie after the first bound, and may be the second", () => {
		expect(newest("0 9 * * *", "2026-11-20T08:00Z", "2026-11-20T20:00Z")).toBeUndefined();
		expect(newest("0 9 * * *", "2026-11-20T07:59:59.999Z", "2026-11-20T08:00Z")).toBe(
			"2026-11-20T08:00:00.000Z",
		);
		expect(newest("0 9 * * *", "2026-11-20T07:00Z", "2026-11-20T07:59:59.999Z")).toBeUndefined();
	});

	it("are found however rare or dense they are", () => {
		expect(newest("0 0 29 2 *", "2015-01-01T00:00Z", "2023-11-20T00:00Z")).toBe("2020-02-28T23:00:00.000Z");
		expect(newest("0 9 1 * *", "2026-01-01T00:00Z", "2026-11-20T00:00Z")).toBe("2026-11-01T08:00:00.000Z");
		expect(newest("* * * * * *", "2026-01-01T00:00Z", "2026-11-20T00:00:07.5Z")).toBe(
			"2026-11-20T00:00:07.000Z",
		);
	});

	it("may be written with whole names of days and months", () => {
		expect(newest("0 9 * January Sunday", "2026-01-01T00:00Z", "2026-11-20T00:00Z")).toBe(
			"2026-01-25T08:00:00.000Z",
		);
	});

	it("of what is no cron expression can't be told", () => {
		expect(() => isDue(berlin("every day"), 0)).toThrow(/\S/);
	});
});
