import { readDiskReport, sumReports } from "../../../src/remediations/aws/disk-report.ts";

describe("the report of a disk", () => {
	it("is read from the last line, of the report and of the clean-up", () => {
		expect(readDiskReport('warning\n{"wouldFreeBytes":10,"files":2,"skipped":["/a: missing"]}\n')).toEqual({
			bytes: 10,
			files: 2,
			skipped: ["/a: missing"],
		});
		expect(readDiskReport('{"freedBytes":5,"files":1,"skipped":[]}')?.bytes).toBe(5);
	});

	it.each([
		"",
		"no",
		"{}",
		'{"files":1}',
		'{"wouldFreeBytes":"1","files":1}',
		'{"wouldFreeBytes":-1,"files":1}',
		"null",
	])("is none in %j", (output) => {
		expect(readDiskReport(output)).toBeUndefined();
	});

	it("repeats reasons harmlessly and in bounds", () => {
		const skipped = Array.from({ length: 20 }, () => `\u202E${"x".repeat(500)}`);
		const report = readDiskReport(JSON.stringify({ freedBytes: 0, files: 0, skipped }));
		expect(report?.skipped).toHaveLength(10);
		expect(report?.skipped[0]).toMatch(/^\[U\+202E\]x+…$/);
		expect(report?.skipped[0]).toHaveLength(120);
	});

	it("adds up over instances", () => {
		expect(
			sumReports([
				{ bytes: 1, files: 2, skipped: [] },
				{ bytes: 3, files: 4, skipped: [] },
			]),
		).toEqual({ bytes: 4, files: 6 });
	});
});
