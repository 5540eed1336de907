import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prometheusMetrics } from "../../../src/adapters/prometheus/prometheus-metrics.ts";
import type { MetricsSource } from "../../../src/ports/metrics-source.ts";
import { computedMetrics } from "../../fakes/computed-metrics.ts";
import { type ServedMetrics, serveMetrics } from "../../fakes/serve-metrics.ts";
import { openWorld, type World } from "../support/open-world.ts";
import { runCli } from "../support/run-cli.ts";
import { aReading } from "../support/samples.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MB = 1024 ** 2;
const QUERY = "sum by (job) (process_resident_memory_bytes)";
const now = Date.now();

/** Between -0.5 and 0.5, the same at each time. */
const wobble = (t: number) => {
	const x = Math.imul((t / 1000) | 0, 0x9e3779b1);
	return ((Math.imul(x ^ (x >>> 15), 0x85ebca6b) >>> 0) % 1000) / 1000 - 0.5;
};
const during = (t: number, daysAgo: number, hours: number) =>
	t >= now - daysAgo * DAY && t < now - daysAgo * DAY + hours * HOUR;

/** By so many MB, two hours each: less than an outage, after which such things hardly count. */
const RISES = [
	{ daysAgo: 26, by: 8 },
	{ daysAgo: 24, by: 9 },
	{ daysAgo: 22, by: 10 },
	{ daysAgo: 20, by: 12 },
	{ daysAgo: 18, by: 14 },
	{ daysAgo: 16, by: 16 },
	{ daysAgo: 14, by: 20 },
];

/** Far out of its band twice, the last time until now; and seven times by so little that only some would tell. */
const restless = computedMetrics([
	{
		labels: { job: "payments-reconciliation" },
		at: (t) =>
			(200 +
				8 * wobble(t) +
				(during(t, 9, 2) || during(t, 0.1, 3) ? 600 : 0) +
				(RISES.find(({ daysAgo }) => during(t, daysAgo, 2))?.by ?? 0)) *
			MB,
	},
	{ labels: { job: "search" }, at: (t) => (100 + wobble(t)) * MB },
]);
const calm = computedMetrics([{ labels: { job: "search" }, at: (t) => (100 + wobble(t)) * MB }]);

let prometheus: ServedMetrics;
let world: World;
let folder: string;

const folderOf = ({ url, keys }: Pick<World, "url" | "keys">) => {
	const made = mkdtempSync(join(tmpdir(), "backtest-"));
	writeFileSync(join(made, "running.json"), JSON.stringify({ url, timeZone: "Asia/Kolkata" }));
	writeFileSync(join(made, "admin-key"), `${keys.admin}\n`);
	return made;
};
const run = (args: readonly string[], dataDir = folder) => runCli("backtest", args, { DATA_DIR: dataDir });
const watch = { query: QUERY, intervalSeconds: 300, target: { label: "job" }, minimumChange: MB };

beforeAll(async () => {
	const pick = (query: string): MetricsSource => (query === QUERY ? restless : calm);
	prometheus = await serveMetrics({
		instant: (query, atMs) => pick(query).instant(query, atMs),
		range: (query, span) => pick(query).range(query, span),
	});
	world = await openWorld({
		metrics: prometheusMetrics({ url: prometheus.url }),
		readings: [aReading({ name: "service-memory", watch }), aReading({ name: "other", watch })],
	});
	folder = folderOf(world);
});
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await world.close();
	await prometheus.close();
});

/** The lines of a table from its heading to the blank line after it. */
function tableIn(text: string, heading: RegExp): readonly string[] {
	const lines = text.split("\n");
	const from = lines.findIndex((line) => heading.test(line));
	return from < 0 ? [] : lines.slice(from, lines.indexOf("", from));
}

/** Where the words of a table's heading begin; two spaces or more part its columns. */
const columnsOf = (heading: string) => [...heading.matchAll(/(?:^| {2})(\S)/g)].map(({ index }) => index);

/** Every column of the table begins at the same place in each row, behind two spaces. */
function expectAligned(table: readonly string[]): void {
	const [heading = "", ...rows] = table;
	expect(rows.length).toBeGreaterThan(0);
	for (const row of rows)
		for (const at of columnsOf(heading).slice(1)) expect(row.slice(at, at + 3)).toMatch(/^ {2}\S$/);
}

test("it prints what would have been reported in 30 days as a table, and what turning the knob would have done", async () => {
	const { code, stdout, stderr } = await run(["--watch", "service-memory", "--days", "30"]);
	expect(code).toBe(0);
	const turned = tableIn(stdout, /^sensitivity +findings +days with findings$/);
	const counts = turned.slice(1).map((row) => /^(\w+)( \(now\))? +(\d+) +(\d+)$/.exec(row)?.slice(1) ?? []);
	expect(counts.map(([level, isNow]) => [level, isNow !== undefined])).toEqual([
		["low", false],
		["normal", true],
		["high", false],
	]);
	const [low, normal, high] = counts.map(([, , count]) => Number(count));
	expect(low).toBeGreaterThanOrEqual(2);
	expect(normal).toBeGreaterThanOrEqual(low ?? 0);
	expect(high).toBeGreaterThan(low ?? 0);
	expect(stdout).toMatch(
		new RegExp(`^service-memory would have reported ${normal} findings in 30 d, 1 every `),
	);
	expect(stdout).toContain(`\nThis is normal; at high it would have been ${high}, at low ${low}.\n`);
	const findings = tableIn(
		stdout,
		/^when \(Asia\/Kolkata\) +severity +target +furthest +expected +lasted +why$/,
	);
	expect(findings).toHaveLength(1 + (normal ?? 0));
	expectAligned(findings);
	expectAligned(turned);
	expect(findings.at(-1)).toMatch(
		/ payments-reconciliation\s+8\d\d\sMB\s+\d+–\d+\sMB\s+2\sh\s\d+\smin, open\s+Memory (?:is|reached) /,
	);
	expect(stdout).toMatch(/\nDetector \S+, 2 series, 17,28\d points every 5 min; learned from .*\.\n$/);
	expect(stderr).toMatch(/^ {2}0 % {2}Looking where the data begin\n/);
	expect(prometheus.asked).toContain(QUERY);
});

test("a day is the installation's: what it learned from is told by the clock of the table", async () => {
	const { stdout } = await run(["--watch", "service-memory", "--days", "2"]);
	const told = /learned from (?:[\w ]+ )?(\d\d:\d\d) /.exec(stdout)?.[1];
	const kolkata = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Kolkata", timeStyle: "short" });
	const begins = [0, 5, 10].map((late) => kolkata.format(Date.now() - 2 * DAY - late * 60_000));
	expect(begins.map((text) => text.slice(0, 2))).toContain(told?.slice(0, 2));
});

test("--sensitivity shows what another setting would have reported", async () => {
	const args = ["--watch", "service-memory", "--days", "30", "--sensitivity"];
	const rows = async (level: string) => {
		const { code, stdout } = await run([...args, level]);
		expect([code, stdout.includes(`\n${level} (now) `)]).toEqual([0, true]);
		expect(stdout).toContain(`\nThis is ${level}; at `);
		return tableIn(stdout, /^when /).length;
	};
	expect(await rows("high")).toBeGreaterThan(await rows("low"));
});

test("--query tries another query and leaves the watch as it is", async () => {
	const { code, stdout } = await run(["--watch", "service-memory", "--days", "3", "--query", "calm"]);
	expect([code, stdout.split("\n")[0]]).toEqual([0, "service-memory would have reported nothing in 3 d."]);
	expect(tableIn(stdout, /^when /)).toEqual([]);
	expect(prometheus.asked.at(-1)).toBe("calm");
	expect(await world.store.settings.list()).toEqual([]);
});

test.each([
	[[], 'Write "npm run backtest'],
	[["--watch", ""], 'Write "npm run backtest'],
	[["service-memory"], 'Write "npm run backtest'],
	[["--watch", "service-memory", "--dayz", "3"], 'Write "npm run backtest'],
	[["--watch", "service-memory", "--days", "0"], '1 to 90, not "0"'],
	[["--watch", "service-memory", "--days", "0.01"], '1 to 90, not "0.01"'],
	[["--watch", "service-memory", "--days", "91"], '1 to 90, not "91"'],
	[["--watch", "service-memory", "--days", "soon"], '1 to 90, not "soon"'],
	[["--watch", "service-memory", "--sensitivity", "loud"], 'low, normal or high, not "loud"'],
	[["--watch", "Service Memory"], "watch must be a name of lower-case letters"],
	[["--watch", "nosuch"], 'There is no watch "nosuch"; there are: service-memory, other. (404)'],
])("%j ends with 1 and one sentence on what to write", async (args, sentence) => {
	const { code, stdout, stderr } = await run(args);
	expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
	expect(stderr).toMatch(/^[^\n]+\n$/);
	expect(stderr).toContain(sentence);
});

test("--help says how it is written, and is no error", async () => {
	const { code, stdout, stderr } = await run(["--help"]);
	expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	expect(stdout).toContain('Write "npm run backtest -- --watch <name>');
});

test("where nothing runs, or nothing is watched, it says so", async () => {
	const nowhere = await run(["--watch", "service-memory"], "/nowhere");
	expect(nowhere).toEqual({
		code: 1,
		stdout: "",
		stderr: expect.stringMatching(/^No product runs on [^\n]+\n$/),
	});
	const empty = await openWorld({ readings: [] });
	const dataDir = folderOf(empty);
	const { code, stderr } = await run(["--watch", "service-memory"], dataDir);
	rmSync(dataDir, { recursive: true });
	await empty.close();
	expect([code, stderr]).toEqual([1, 'There is no watch "service-memory"; none is configured. (404)\n']);
});

test("a product that goes away meanwhile is told in a sentence, without a table of half of the days", async () => {
	const dying = createServer((_request, response) => {
		response.writeHead(200, { "content-type": "application/x-ndjson" });
		response.write('{"progress":{"share":0.5,"step":"Replayed 15 d of 30 d"}}\n{"resu', () =>
			response.destroy(),
		);
	});
	await new Promise<void>((listening) => dying.listen(0, "127.0.0.1", listening));
	const dataDir = folderOf({ ...world, url: `http://127.0.0.1:${(dying.address() as AddressInfo).port}` });
	const { code, stdout, stderr } = await run(["--watch", "service-memory"], dataDir);
	rmSync(dataDir, { recursive: true });
	dying.close();
	expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
	expect(stderr.split("\n").at(-2)).toBe(
		"The product went away before the replay was done; start it and try again.",
	);
});

test("a Prometheus that can't be reached ends it with 1 and what to check", async () => {
	await prometheus.close();
	const { code, stdout, stderr } = await run(["--watch", "service-memory", "--days", "30"]);
	expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
	expect(stderr.split("\n").at(-2)).toMatch(
		/^Prometheus at \S+ can't be reached \(ECONNREFUSED\); check PROMETHEUS_URL .* \(503\)$/,
	);
});
