// `npm run backtest -- --watch W [--days 30] [--sensitivity low|normal|high] [--query Q]`
import { parseArgs } from "node:util";
import { z } from "zod";
import { BacktestResult, backtestText, LEVELS } from "./backtest-text.ts";
import { progressLine } from "./progress-line.ts";
import { readLines } from "./read-lines.ts";
import { fail, runningInstance } from "./running-instance.ts";

const USAGE =
	'Write "npm run backtest -- --watch <name> [--days 30] [--sensitivity low|normal|high] [--query <PromQL>]".';

const Line = z.union([
	z.object({ progress: z.object({ share: z.number(), step: z.string() }) }),
	z.object({ problem: z.object({ detail: z.string(), status: z.number() }) }),
	z.object({ result: BacktestResult }),
]);

const request = readArguments();
const instance = runningInstance(process.env);
const progress = progressLine(process.stderr);
let result: BacktestResult | undefined;
for await (const read of readLines(instance, "/api/v1/backtests", request)) {
	const line = Line.parse(read);
	if ("progress" in line) progress.say(line.progress);
	else if ("problem" in line) {
		progress.end();
		fail(`${line.problem.detail} (${line.problem.status})`);
	} else result = line.result;
}
progress.end();
if (!result) fail("The product went away before the replay was done; start it and try again.");
const { isTTY, columns } = process.stdout;
process.stdout.write(backtestText(result, instance.timeZone, isTTY ? columns : Number.POSITIVE_INFINITY));

function readArguments() {
	try {
		const { values } = parseArgs({
			options: {
				watch: { type: "string" },
				days: { type: "string", default: "30" },
				sensitivity: { type: "string" },
				query: { type: "string" },
				help: { type: "boolean", short: "h", default: false },
			},
		});
		if (values.help) {
			process.stdout.write(`${USAGE}\n`);
			process.exit(0);
		}
		const days = Number(values.days);
		const sensitivity = LEVELS.find((level) => level === values.sensitivity);
		if (!values.watch) return fail(USAGE);
		if (!(days >= 1 && days <= 90))
			return fail(`Say how many days to replay: 1 to 90, not "${values.days}".`);
		if (values.sensitivity !== undefined && !sensitivity)
			return fail(`The sensitivity is low, normal or high, not "${values.sensitivity}".`);
		const { watch, query } = values;
		return {
			watch,
			days,
			...(sensitivity ? { sensitivity } : {}),
			...(query === undefined ? {} : { query }),
		};
	} catch {
		return fail(USAGE);
	}
}
