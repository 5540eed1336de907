import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { readJumpstarter } from "../../../../bench/detection/corpus/read-jumpstarter.ts";
import { readNab } from "../../../../bench/detection/corpus/read-nab.ts";
import { readNezha } from "../../../../bench/detection/corpus/read-nezha.ts";

let dir = "";
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "corpus-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

function put(path: string, content: string | Buffer): void {
	mkdirSync(dirname(join(dir, path)), { recursive: true });
	writeFileSync(join(dir, path), content);
}
const csv = (...lines: string[]) => gzipSync(`${lines.join("\n")}\n`);

describe("the NAB reader", () => {
	const rows = csv("unix,value,label", "100,1.5,0", "400,2,1", "700,,1", "1000,3,0");

	test("gives times, values, labels and the windows of the manifest", () => {
		put("nab/realTweets/a.csv.gz", rows);
		put("manifest.json", JSON.stringify([{ file: "nab/realTweets/a.csv.gz", windows: [[100, 700]] }]));
		const { items, skipped } = readNab(dir);
		expect(skipped).toEqual([]);
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			name: "realTweets/a",
			category: "realTweets",
			windows: [[100_000, 700_000]],
		});
		expect([...(items[0]?.timesMs ?? [])]).toEqual([100_000, 400_000, 700_000, 1_000_000]);
		expect([...(items[0]?.values ?? [])]).toEqual([1.5, 2, Number.NaN, 3]);
		expect([...(items[0]?.labels ?? [])]).toEqual([0, 1, 1, 0]);
	});

	test("takes windows from the labels where there is no manifest, and says so", () => {
		put("nab/realTweets/a.csv.gz", rows);
		const { items, skipped } = readNab(dir);
		expect(items[0]?.windows).toEqual([[400_000, 700_000]]);
		expect(skipped).toEqual([expect.stringContaining("manifest.json is missing or damaged")]);
	});

	test("leaves out damaged and unknown files with a sentence and reads the others", () => {
		put("manifest.json", "[]");
		put("nab/x/good.csv.gz", rows);
		put("nab/x/cut.csv.gz", rows.subarray(0, rows.length - 12));
		put("nab/x/empty.csv.gz", csv("unix,value,label"));
		put("nab/x/ragged.csv.gz", csv("unix,value,label", "1,2"));
		put("nab/x/other.csv.gz", csv("unix,other", "1,2"));
		put("nab/x/notes.txt", "hello");
		const { items, skipped } = readNab(dir);
		expect(items.map((item) => item.name)).toEqual(["x/good"]);
		expect(skipped).toEqual([
			"nab/x/cut.csv.gz is left out: it is not a whole gzip file.",
			"nab/x/empty.csv.gz is left out: it has no rows.",
			"nab/x/notes.txt is left out: it is not a .csv.gz file.",
			'nab/x/other.csv.gz is left out: it has no column "label".',
			"nab/x/ragged.csv.gz is left out: row 1 has 2 cells.",
		]);
	});

	test("gives nothing where there is no such folder", () => {
		expect(readNab(dir)).toEqual({ items: [], skipped: [] });
	});
});

test("the JumpStarter reader tells history from the labelled part", () => {
	put(
		"jumpstarter/d2-service00.csv.gz",
		csv("part,m0,m1,label", "tr,1,2,", "tr,3,,", "te,5,6,1", "te,7,8,0"),
	);
	put("jumpstarter/d9-service00.csv.gz", csv("part,m0,label", "te,1,0"));
	const { items, skipped } = readJumpstarter(dir);
	expect(items).toHaveLength(1);
	expect(items[0]).toMatchObject({
		name: "d2-service00",
		set: "d2",
		trainPoints: 2,
		metricNames: ["m0", "m1"],
	});
	expect(items[0]?.metrics.map((metric) => [...metric])).toEqual([
		[1, 3, 5, 7],
		[2, Number.NaN, 6, 8],
	]);
	expect([...(items[0]?.labels ?? [])]).toEqual([0, 0, 1, 0]);
	expect(skipped).toHaveLength(1);
});

test("the Nezha reader sets the clock of the ad service right and gives the faults", () => {
	const pod = csv("unix,Cpu", "1861140279,1", "1861140339,2");
	put("nezha/2022-08-22/adservice-1_metric.csv.gz", pod);
	put("nezha/2022-08-22/normal/cart-1_metric.csv.gz", csv("TimeStamp,Cpu", "1661140279,1"));
	const fault = { inject_timestamp: "1661140434", inject_pod: "cart-1", inject_type: "return" };
	put("nezha/2022-08-22/faults.json", JSON.stringify([fault]));
	put("nezha/2023-01-29/faults.json", "{");
	const { items, faults, skipped } = readNezha(dir);
	expect(items.map(({ name, normal, day }) => ({ name, normal, day }))).toEqual([
		{ name: "adservice-1", normal: false, day: "2022-08-22" },
		{ name: "cart-1", normal: true, day: "2022-08-22" },
	]);
	expect(items[0]?.timesMs[0]).toBe(1_661_140_279_000);
	expect(faults).toEqual([{ day: "2022-08-22", pod: "cart-1", kind: "return", atMs: 1_661_140_434_000 }]);
	expect(skipped).toEqual(["nezha/2023-01-29/faults.json is left out: it is not as expected."]);
});
