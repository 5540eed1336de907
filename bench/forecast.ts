/**
 * `npm run bench:forecast [-- --data DIR --quick --seed 1 --only stream-band,blend]`; see `--help`.
 *
 * Forecasts public series from moments spread over them, with every candidate, one step and 24 hours ahead, and prints
 * a table for each data set and one JSON line last. `stream-band` is the band of the `stream` detector, one step ahead.
 * `--quick` takes a sixth of the metrics and fewer moments; `--only` measures some of the models.
 */
import { seededRandom } from "../models/random.ts";
import { CANDIDATES } from "./forecast/candidates.ts";
import { readForecastCorpus } from "./forecast/forecast-corpus.ts";
import { measureForecaster } from "./forecast/measure-forecaster.ts";
import { measureStreamBand } from "./forecast/measure-stream-band.ts";
import { tableOf } from "./forecast/print-table.ts";
import { HELP, readForecastOptions } from "./forecast/read-forecast-options.ts";
import { rollingOrigins } from "./forecast/rolling-origins.ts";
import { type ModelSummary, type Row, summarise } from "./forecast/summarise.ts";
import { refuse } from "./read-arguments.ts";

const STREAM_BAND = "stream-band";
const asked = readForecastOptions(process.argv.slice(2), [
	STREAM_BAND,
	...CANDIDATES.map(({ name }) => name),
]);
if (asked === "help") {
	process.stdout.write(HELP);
	process.exit();
}
if ("wrong" in asked) process.exit(refuse(asked));
const { data, quick, seed, only } = asked;
const isWanted = (name: string) => only === undefined || only.includes(name);
const candidates = CANDIDATES.filter(({ name }) => isWanted(name));
const models = [...(isWanted(STREAM_BAND) ? [STREAM_BAND] : []), ...candidates.map(({ name }) => name)];

const { series, skipped } = readForecastCorpus(data, quick ? 6 : 1);
if (series.length === 0) {
	const why = skipped.slice(0, 3).map((line) => ` ${line}`);
	const none = `${data} has no usable series in nab/, jumpstarter/ or nezha/; name another folder with --data.`;
	process.exit(refuse({ wrong: none + why.join("") }));
}
for (const line of skipped) process.stdout.write(`${line}\n`);
const rows: Row[] = [];
for (const [at, { set, file, grid, farCells }] of series.entries()) {
	const perSeries = (quick ? 3 : 5) * (set.startsWith("nab") ? 4 : 1);
	const origins = rollingOrigins(grid, farCells, perSeries, seededRandom(seed + at));
	const band = isWanted(STREAM_BAND) ? measureStreamBand(origins, farCells) : undefined;
	if (band) rows.push({ ...band, model: STREAM_BAND, set, file, series: at });
	for (const candidate of candidates) {
		const measured = measureForecaster(candidate, origins, farCells);
		if (measured) rows.push({ ...measured, model: candidate.name, set, file, series: at });
	}
	if (process.stderr.isTTY) process.stderr.write(`\r${at + 1} of ${series.length} series`);
}

if (rows.length === 0)
	process.exit(
		refuse({ wrong: `None of the ${series.length} series of ${data} is long enough to be forecast.` }),
	);

const isShort = (row: Row) => row.set.startsWith("nezha");
const sets = new Map<string, readonly Row[]>([
	...Map.groupBy(rows, (row) => row.set),
	["all with a day", rows.filter((row) => !isShort(row))],
]);
const found: Record<string, Record<string, ModelSummary>> = {};
for (const [set, own] of sets) {
	const summaries = new Map<string, ModelSummary>();
	for (const name of models) {
		const summary = summarise(
			own.filter((row) => row.model === name),
			own.filter((row) => row.model === CANDIDATES.at(-1)?.name),
			seed,
		);
		if (summary) summaries.set(name, summary);
	}
	if (summaries.size === 0) continue;
	process.stdout.write(tableOf(set, set.startsWith("nezha") ? "1 hour" : "24 hours", summaries));
	found[set] = Object.fromEntries(summaries);
}
process.stdout.write(
	`${JSON.stringify({ bench: "forecast", seed, quick, series: series.length, default: CANDIDATES.at(-1)?.name, sets: found })}\n`,
);
