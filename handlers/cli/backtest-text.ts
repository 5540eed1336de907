import { z } from "zod";
import { sentenceCase } from "../../src/domain/sentence-case.ts";
import { clockText } from "./clock-text.ts";
import { tableText } from "./table-text.ts";
import { wrapText } from "./wrap-text.ts";

export const LEVELS = ["low", "normal", "high"] as const;
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
type Finding = z.infer<typeof Finding>;
const Outcome = z.object({
	count: z.number(),
	findings: z.array(Finding),
	perDay: z.array(z.object({ day: z.string(), count: z.number() })),
});

/** What the command shows of a replay. */
export const BacktestResult = z.object({
	sensitivity: z.enum(LEVELS),
	sentence: z.string(),
	/** What turning the sensitivity would have done; empty where nothing could be judged. */
	knob: z.string(),
	ground: z.string(),
	notes: z.array(z.string()),
	outcomes: z.object({ low: Outcome, normal: Outcome, high: Outcome }),
});
export type BacktestResult = z.infer<typeof BacktestResult>;

/**
 * What would have been reported, and what the other two settings would have done, as lines of at most `width`
 * characters where its tables allow that; Infinity where nobody's terminal bounds it. Pure.
 */
export function backtestText(result: BacktestResult, timeZone: string, width: number): string {
	const { sensitivity, outcomes, knob } = result;
	const { findings, count } = outcomes[sensitivity];
	const newest = findings.slice(-ROWS);
	const prose = (text: string) => wrapText(text.replaceAll(/\p{Cc}/gu, " "), width);
	const turned = LEVELS.map((level) => [
		level === sensitivity ? `${level} (now)` : level,
		String(outcomes[level].count),
		String(outcomes[level].perDay.length),
	]);
	return [
		prose(result.sentence),
		...(newest.length > 0 ? ["\n", findingsText(newest, timeZone, width)] : []),
		...(count > newest.length ? [prose(`and ${count - newest.length} more`)] : []),
		...(knob === ""
			? []
			: ["\n", tableText(["sensitivity", "findings", "days with findings"], turned), "\n", prose(knob)]),
		...result.notes.map(prose),
		prose(`${sentenceCase(result.ground)}.`),
	].join("");
}

/** One row a finding where that fits; else whose it is and why stand below the row. */
function findingsText(findings: readonly Finding[], timeZone: string, width: number): string {
	const when = `when (${timeZone})`;
	const facts = (one: Finding) => [one.peakText, one.expectedText.replace(/^expected /, ""), one.lastedText];
	const begin = (one: Finding) => [clockText(one.from, timeZone), one.severity];
	const wide = tableText(
		[when, "severity", "target", "furthest", "expected", "lasted", "why"],
		findings.map((one) => [...begin(one), one.target, ...facts(one), one.reason]),
	);
	if (wide.split("\n").every((line) => line.length <= width)) return wide;
	const [head = "", ...rows] = tableText(
		[when, "severity", "furthest", "expected", "lasted"],
		findings.map((one) => [...begin(one), ...facts(one)]),
	).split("\n");
	const below = findings.map(({ target, reason }) =>
		wrapText(`${target}: ${reason}`.replaceAll(/\p{Cc}/gu, " "), width, "  "),
	);
	return `${head}\n${below.map((why, index) => `${rows[index]}\n${why}`).join("")}`;
}
