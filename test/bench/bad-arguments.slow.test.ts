import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

const run = promisify(execFile);
const PATIENCE_MS = 120_000;
const dir = mkdtempSync(join(tmpdir(), "bench-arguments-"));
const empty = join(dir, "empty");
const damaged = join(dir, "damaged");
mkdirSync(empty);
mkdirSync(join(damaged, "nab"), { recursive: true });
const short = join(dir, "short");
const rows = Array.from({ length: 40 }, (_, index) => `${index * 300},${index % 7},0`);
mkdirSync(join(short, "nab"), { recursive: true });
writeFileSync(join(short, "nab", "one.csv.gz"), gzipSync(`unix,value,label\n${rows.join("\n")}\n`));
writeFileSync(join(damaged, "nab", "one.csv.gz"), "not gzip");
writeFileSync(join(damaged, "nab", "two.csv.gz"), gzipSync("no,such,columns\n1,2,3\n"));
afterAll(() => rmSync(dir, { recursive: true }));

const bench = (name: string, ...args: string[]) =>
	run(process.execPath, ["--no-warnings", `bench/${name}.ts`, ...args]);

describe.each([
	["scale", ["--series", "0"], "--series must be a whole number from 1 on."],
	["scale", ["--series", "abc"], "--series must be a whole number from 1 on."],
	["scale", ["--series", "10", "--ticks", "0"], "--ticks must be a whole number from 1 on."],
	["scale", ["--series", "10", "--detector", "nope"], 'There is no detector "nope". There are: stream, '],
	["scale", ["--bogus"], "Unknown option '--bogus'. --help tells what there is."],
	["detection", ["--bogus"], "Unknown option '--bogus'. --help tells what there is."],
	["detection", ["--data", "README.md"], "README.md is not a folder; name one with --data."],
	["detection", ["--data", empty], "empty has no usable series in nab/ or jumpstarter/; name another folder"],
	[
		"detection",
		["--data", damaged, "--only", "nab"],
		"nab/one.csv.gz is left out: it is not a whole gzip file.",
	],
	["forecast", ["--data", short], "None of the 1 series of"],
	["forests", ["--bogus"], "Unknown option '--bogus'. --help tells what there is."],
	["forecast", ["--bogus"], "Unknown option '--bogus'. --help tells what there is."],
	["forecast", ["--seed", "x"], "--seed must be a whole number from 0 on."],
	["forecast", ["--data", "README.md"], "README.md is not a folder; name one with --data."],
	[
		"forecast",
		["--data", empty],
		"empty has no usable series in nab/, jumpstarter/ or nezha/; name another folder",
	],
	["forecast", ["--data", damaged], "nab/one.csv.gz is left out: it is not a whole gzip file."],
])("bench:%s %j", (name, args, sentence) => {
	test(
		"is refused with a sentence and exit code 2, before anything is measured",
		async () => {
			const refused = {
				code: 2,
				stdout: expect.not.stringContaining("{"),
				stderr: expect.stringContaining(sentence),
			};
			await expect(bench(name, ...args)).rejects.toMatchObject(refused);
			await expect(bench(name, ...args)).rejects.toMatchObject({
				stderr: expect.not.stringMatching(/\n {4}at /),
			});
		},
		PATIENCE_MS,
	);
});

test.each(["scale", "detection", "forecast", "forests"])(
	"bench:%s --help says what it can do",
	async (name) => {
		expect((await bench(name, "--help")).stdout).toContain(`npm run bench:${name} -- `);
	},
	PATIENCE_MS,
);
