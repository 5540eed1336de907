/**
 * `npm run bench:scale [-- --series N --ticks T --detector NAME]`
 *
 * Scores N series at one point a minute of virtual time, as fast as it goes, and prints one JSON line last. The figures
 * on top are the engine alone (bank, tracking, snapshots); `endToEnd` is the same with fetching from a Prometheus-shaped
 * server on loopback, in a process of its own, and parsing. Without --series a table over 1,000, 10,000 and 100,000.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { ScaleFigures } from "./scale/measure-scoring.ts";
import { SCALE_OPTIONS } from "./scale/read-scale-options.ts";

const TABLE = [
	[1000, 600],
	[10_000, 300],
	[100_000, 60],
] as const;

const { values } = parseArgs({ options: SCALE_OPTIONS });

/** Each measurement has a process of its own, so that memory and compiled code are its own. */
async function run(part: string, series: number, ticks: number): Promise<ScaleFigures> {
	const program = fileURLToPath(import.meta.url);
	const args = ["--part", part, "--series", String(series), "--ticks", String(ticks)];
	const detector = values.detector ? ["--detector", values.detector] : [];
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

async function measure(series: number, ticks: number) {
	const engine = await run("engine", series, ticks);
	const endToEnd = await run("end-to-end", series, Math.max(5, Math.ceil(ticks / 4)));
	return { series, ...engine, endToEnd };
}

const say = (cells: readonly (string | number)[]) =>
	process.stdout.write(`${cells.map((cell) => String(cell).padStart(12)).join(" ")}\n`);

if (values.part === "engine") await import("./scale/run-engine.ts");
else if (values.part === "end-to-end") await import("./scale/run-end-to-end.ts");
else if (values.part === "server") await import("./scale/serve-vector.ts");
else if (values.series) {
	const figures = await measure(Number(values.series), Number(values.ticks ?? 300));
	process.stdout.write(`${JSON.stringify(figures)}\n`);
} else {
	say(["series", "CPU us/point", "mean ms", "p99 ms", "worst ms", "RSS MB", "CPU share", "with fetching"]);
	const rows: Awaited<ReturnType<typeof measure>>[] = [];
	for (const [series, ticks] of TABLE) {
		const row = await measure(series, Number(values.ticks ?? ticks));
		rows.push(row);
		const { usPerPoint, meanMs, p99Ms, worstMs, rssMb, cpuShare, endToEnd } = row;
		say([series, usPerPoint, meanMs, p99Ms, worstMs, rssMb, cpuShare, endToEnd.cpuShare]);
	}
	process.stdout.write(`${JSON.stringify({ rows })}\n`);
}
