import { judgeFreed, readDiskReport, sumReports } from "../../../src/remediations/aws/disk-report.ts";

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

describe("a clean-up by its reports", () => {
	const on = (...outputs: readonly string[]) =>
		judgeFreed(
			"orders",
			outputs.map((output, index) => ({ id: `i-${index + 1}`, output })),
		);
	const freed = (bytes: number, files: number, skipped: readonly string[] = []) =>
		JSON.stringify({ freedBytes: bytes, files, skipped });

	it("did its job where it freed something, and says where it has no report", () => {
		expect(on(freed(2 * 1024 ** 2, 3), freed(0, 0), "find: no")).toEqual({
			kind: "done",
			text: "orders: freed 2\u00a0MB in 3 files on 3 instances; no report from i-3",
		});
	});

	it.each([
		["freed nothing", [freed(0, 0)], "orders: freed nothing on 1 instance"],
		["deleted empty files only", [freed(0, 4)], "orders: freed nothing on 1 instance"],
		[
			"left its folders alone",
			[freed(0, 0, ["/var/log/orders: missing"])],
			"orders: freed nothing on 1 instance; left alone: /var/log/orders: missing",
		],
		[
			"reports nothing",
			["", "no"],
			"orders: it is not known what was freed on 2 instances; no report from i-1 and i-2",
		],
	])("did not where it %s", (_what, outputs, text) => {
		expect(on(...outputs)).toEqual({ kind: "failed", text });
	});
});
