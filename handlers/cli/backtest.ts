// `npm run backtest -- --watch W [--days 30] [--sensitivity low|normal|high] [--query Q]`
import { parseArgs } from "node:util";
import { z } from "zod";
import { clockText } from "./clock-text.ts";
import { readLines } from "./read-lines.ts";
import { fail, runningInstance } from "./running-instance.ts";
import { tableText } from "./table-text.ts";

const USAGE =
	'Write "npm run backtest -- --watch <name> [--days 30] [--sensitivity low|normal|high] [--query <PromQL>]".';
const LEVELS = ["low", "normal", "high"] as const;
const ROWS = 60;

const Finding = z.object({
	from: z.string(),
	severity: z.string(),
	target: z.string(),
	peakText: z.string(),
	expectedText: z.string(),
	lastedText: z.string(),
	reason: z.string(),
});
const Outcome = z.object({
	count: z.number(),
	findings: z.array(Finding),
	perDay: z.array(z.object({ day: z.string(), count: z.number() })),
});
const Result = z.object({
	sensitivity: z.enum(LEVELS),
	sentence: z.string(),
	knob: z.string(),
	ground: z.string(),
	notes: z.array(z.string()),
	outcomes: z.object({ low: Outcome, normal: Outcome, high: Outcome }),
});
const Line = z.union([
	z.object({ progress: z.object({ share: z.number(), step: z.string() }) }),
	z.object({ problem: z.object({ detail: z.string(), status: z.number() }) }),
	z.object({ result: Result }),
]);

const request = readArguments();
const instance = runningInstance(process.env);
const shows = progressLine();
let result: z.infer<typeof Result> | undefined;
for await (const read of readLines(instance, "/api/v1/backtests", request)) {
	const line = Line.parse(read);
	if ("progress" in line) shows.say(line.progress);
	else if ("problem" in line) {
		shows.end();
		fail(`${line.problem.detail} (${line.problem.status})`);
	} else result = line.result;
}
shows.end();
if (!result) fail("The product went away before the replay was done; start it and try again.");
show(result);

/** What would have been reported, and what the other two settings would have done. */
function show({ sensitivity, sentence, knob, ground, notes, outcomes }: z.infer<typeof Result>): void {
	const say = (line: string) => process.stdout.write(`${line}\n`);
	const { findings, count } = outcomes[sensitivity];
	say(sentence);
	if (findings.length > 0) {
		const newest = findings.slice(-ROWS);
		const rows = newest.map((one) => [
			clockText(one.from, instance.timeZone),
			one.severity,
			one.target,
			one.peakText,
			one.expectedText,
			one.lastedText,
			one.reason,
		]);
		const when = `when (${instance.timeZone})`;
		process.stdout.write(
			`\n${tableText([when, "severity", "target", "furthest", "expected", "lasted", "why"], rows)}`,
		);
		if (count > newest.length) say(`and ${count - newest.length} more`);
	}
	const turned = LEVELS.map((level) => [
		level === sensitivity ? `${level} (now)` : level,
		String(outcomes[level].count),
		String(outcomes[level].perDay.length),
	]);
	process.stdout.write(`\n${tableText(["sensitivity", "findings", "days with findings"], turned)}\n`);
	if (knob !== "") say(knob);
	for (const note of notes) say(note);
	say(`${ground}.`);
}

/** How far it is: one line that is written over on a terminal, else a line for each tenth. */
function progressLine() {
	const out = process.stderr;
	let told = -1;
	let shown = 0;
	return {
		say({ share, step }: { readonly share: number; readonly step: string }): void {
			const text = `${String(Math.round(share * 100)).padStart(3)} %  ${step}`;
			if (out.isTTY) {
				out.write(`\r${text.padEnd(shown)}`);
				shown = text.length;
			} else if (Math.floor(share * 10) > told) {
				told = Math.floor(share * 10);
				out.write(`${text}\n`);
			}
		},
		end(): void {
			if (out.isTTY && shown > 0) out.write(`\r${" ".repeat(shown)}\r`);
			shown = 0;
		},
	};
}

function readArguments() {
	try {
		const { values } = parseArgs({
			options: {
				watch: { type: "string" },
				days: { type: "string", default: "30" },
				sensitivity: { type: "string" },
				query: { type: "string" },
			},
		});
		const days = Number(values.days);
		const sensitivity = LEVELS.find((level) => level === values.sensitivity);
		if (values.watch === undefined) return fail(USAGE);
		if (!(days > 0 && days <= 90)) return fail(`Say how many days to replay: 1 to 90, not "${values.days}".`);
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
