import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { synthesize } from "../../../bench/detection/synthetic.ts";

const run = promisify(execFile);
const POINTS = 5000;
/** Two whole runs of the command on a machine that may be busy. */
const PATIENCE_MS = 300_000;
let dir = "";

beforeAll(() => {
	dir = mkdtempSync(join(tmpdir(), "bench-detection-"));
	const put = (path: string, lines: readonly string[]) => {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), gzipSync(`${lines.join("\n")}\n`));
	};
	const series = synthesize(3, 1).filter(({ category }) => category === "spike" || category === "ramp");
	for (const { name, timesMs, values, labels } of series) {
		const rows = Array.from(
			values.subarray(0, POINTS),
			(value, i) => `${(timesMs[i] ?? 0) / 1000},${value},${labels[i]}`,
		);
		put(`nab/made/${name}.csv.gz`, ["unix,value,label", ...rows]);
	}
	const [first, second] = series;
	const rows = Array.from(first?.values.subarray(0, POINTS) ?? [], (value, i) =>
		[i < 3000 ? "tr" : "te", value, second?.values[i], i < 3000 ? "" : first?.labels[i]].join(","),
	);
	put("jumpstarter/d2-service00.csv.gz", ["part,m0,m1,label", ...rows]);
	writeFileSync(join(dir, "nab/made/damaged.csv.gz"), "not gzip");
});
afterAll(() => rmSync(dir, { recursive: true }));

const bench = (...args: string[]) =>
	run(process.execPath, ["--no-warnings", "bench/detection.ts", ...args], { maxBuffer: 2 ** 24 });

type Line = { hash: string; prefixStable: boolean; nab: { standard: number } } & Record<string, unknown>;
const lastLine = (stdout: string) => JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Line;

describe("npm run bench:detection", () => {
	test(
		"prints tables and one JSON line with the agreed keys, the same hash each time",
		async () => {
			const args = ["--data", dir, "--no-peers", "--only", "nab", "--only", "jumpstarter"];
			const { stdout, stderr } = await bench(...args);
			const line = lastLine(stdout);
			expect(line).toMatchObject({
				nab: {
					standard: expect.any(Number),
					lowFp: expect.any(Number),
					lowFn: expect.any(Number),
					frozen: expect.any(Number),
					series: 2,
				},
				jumpstarter: { d2: { aucPr: expect.any(Number), eventF1: expect.any(Number) }, d3: null },
				synthetic: null,
				usPerPoint: { p50: expect.any(Number), p99: expect.any(Number) },
				bytesPerSeries: expect.any(Number),
				prefixStable: true,
			});
			expect(line.nab.standard).toBeLessThanOrEqual(100);
			expect(stdout).toContain("nab/made/damaged.csv.gz is left out: it is not a whole gzip file.");
			expect(stderr).toContain("NAB: ");
			expect(lastLine((await bench(...args)).stdout).hash).toBe(line.hash);
		},
		PATIENCE_MS,
	);

	test("refuses what it does not know with a sentence and exit code 2", async () => {
		await expect(bench("--detector", "oracle")).rejects.toMatchObject({
			code: 2,
			stderr: expect.stringContaining('There is no detector "oracle". There are: '),
		});
		await expect(bench("--only", "yahoo")).rejects.toMatchObject({ code: 2 });
		await expect(bench("--data", join(dir, "none"))).rejects.toMatchObject({ code: 2 });
	});

	test("says what it can do", async () => {
		expect((await bench("--help")).stdout).toContain("--no-peers");
	});
});
