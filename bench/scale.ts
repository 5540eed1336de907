/**
 * `npm run bench:scale [-- --series N --ticks T --detector NAME]`; see `--help`.
 *
 * Scores N series at one point a minute of virtual time, as fast as it goes, and prints one JSON line last. The figures
 * on top are the engine alone (bank, tracking, snapshots); `endToEnd` is the same with fetching from a Prometheus-shaped
 * server on loopback, in a process of its own, and parsing. Without --series a table over 1,000, 10,000 and 100,000.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { refuse } from "./read-arguments.ts";
import type { ScaleFigures } from "./scale/measure-scoring.ts";
import { HELP, readScaleArguments, type ScaleArguments, type ScalePart } from "./scale/read-scale-options.ts";

const TABLE = [
	[1000, 600],
	[10_000, 300],
	[100_000, 60],
] as const;
const TICKS = 300;

const asked = readScaleArguments(process.argv.slice(2));
if (asked === "help") process.stdout.write(HELP);
else if ("wrong" in asked) process.exitCode = refuse(asked);
else if (asked.part) await runPart(asked.part, asked);
else if (asked.series) writeJson(await measure(asked, asked.series, asked.ticks ?? TICKS));
else writeJson({ rows: await measureTable(asked) });

async function runPart(part: ScalePart, { series = 1, ticks = 1, detector }: ScaleArguments): Promise<void> {
	if (part === "server") (await import("./scale/serve-vector.ts")).serveVector(series);
	else if (part === "engine")
		writeJson(await (await import("./scale/run-engine.ts")).runEngine({ series, ticks, detector }));
	else writeJson(await (await import("./scale/run-end-to-end.ts")).runEndToEnd({ series, ticks, detector }));
}

async function measureTable(of: ScaleArguments) {
	say(["series", "CPU us/point", "mean ms", "p99 ms", "worst ms", "RSS MB", "CPU share", "with fetching"]);
	const rows: Awaited<ReturnType<typeof measure>>[] = [];
	for (const [series, ticks] of TABLE) {
		const row = await measure(of, series, of.ticks ?? ticks);
		rows.push(row);
		const { usPerPoint, meanMs, p99Ms, worstMs, rssMb, cpuShare, endToEnd } = row;
		say([series, usPerPoint, meanMs, p99Ms, worstMs, rssMb, cpuShare, endToEnd.cpuShare]);
	}
	return rows;
}

async function measure(of: ScaleArguments, series: number, ticks: number) {
	const engine = await startPart("engine", of, series, ticks);
	const endToEnd = await startPart("end-to-end", of, series, Math.max(5, Math.ceil(ticks / 4)));
	return { series, ...engine, endToEnd };
}

/** Each measurement has a process of its own, so that memory and compiled code are its own. */
async function startPart(
	part: ScalePart,
	of: ScaleArguments,
	series: number,
	ticks: number,
): Promise<ScaleFigures> {
	const program = fileURLToPath(import.meta.url);
	const args = ["--part", part, "--series", String(series), "--ticks", String(ticks)];
	const detector = of.detector ? ["--detector", of.detector] : [];
	const child = spawn(process.execPath, [...process.execArgv, program, ...args, ...detector], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	let out = "";
	child.stdout.on("data", (chunk: Buffer) => {
		out += chunk.toString();
	});
	const [code] = (await once(child, "close")) as [number | null];
	if (code !== 0) throw new Error(`the part ${part} ended with ${code}`);
	return JSON.parse(out) as ScaleFigures;
}

function say(cells: readonly (string | number)[]): void {
	process.stdout.write(`${cells.map((cell) => String(cell).padStart(12)).join(" ")}\n`);
}

function writeJson(value: object): void {
	process.stdout.write(`${JSON.stringify(value)}\n`);
}
