import { type BacktestResult, backtestText } from "../../../handlers/cli/backtest-text.ts";
import { progressLine } from "../../../handlers/cli/progress-line.ts";
import { wrapText } from "../../../handlers/cli/wrap-text.ts";

const finding = (parts: object = {}) => ({
	from: "2026-11-17T19:30:00.000Z",
	severity: "high",
	target: "checkout",
	peakText: "467 MB",
	expectedText: "expected 157–189 MB",
	lastedText: "2 h",
	reason:
		"Memory reached 467 MB, expected 157–189 MB. What stands out: 294 MB above its usual level, 41 times as far as it usually swings.",
	...parts,
});
const outcome = (...findings: ReturnType<typeof finding>[]) => ({
	count: findings.length,
	findings,
	perDay: findings.map(({ from }) => ({ day: from.slice(0, 10), count: 1 })),
});
const result = (parts: Partial<BacktestResult> = {}): BacktestResult => ({
	sensitivity: "normal",
	sentence: "service-memory would have reported 2 findings in 30 d, 1 every 15 d.",
	knob: "This is normal; at high it would have been 14, at low 1.",
	ground:
		"detector robust-band, 3 series, 129,603 points every 1 min; learned from 21 Oct to 23 Oct before anything was counted",
	notes: [],
	outcomes: {
		low: outcome(finding()),
		normal: outcome(
			finding(),
			finding({ target: "payments-reconciliation-worker", lastedText: "39 min, open" }),
		),
		high: outcome(),
	},
	...parts,
});

test("without a terminal each finding is one row with why it was reported", () => {
	const rows = backtestText(result(), "Europe/Berlin", Number.POSITIVE_INFINITY).split("\n");
	expect(rows[2]).toMatch(
		/^when \(Europe\/Berlin\) {2}severity {2}target +furthest {2}expected +lasted +why$/,
	);
	expect(rows[3]).toMatch(
		/^2026-11-17 20:30 +high +checkout +467 MB +157–189 MB {2}2 h +Memory reached 467 MB/,
	);
	expect(rows[5]).toBe("");
});

test("a terminal of 80 columns has no line that breaks: why stands below the row, the words apart where lines end", () => {
	const text = backtestText(result(), "Europe/Berlin", 80);
	expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
	expect(text.split("\n").slice(2, 9)).toEqual([
		"when (Europe/Berlin)  severity  furthest  expected    lasted",
		"2026-11-17 20:30      high      467 MB    157–189 MB  2 h",
		"  checkout: Memory reached 467 MB, expected 157–189 MB. What stands out: 294 MB",
		"  above its usual level, 41 times as far as it usually swings.",
		"2026-11-17 20:30      high      467 MB    157–189 MB  39 min, open",
		"  payments-reconciliation-worker: Memory reached 467 MB, expected 157–189 MB.",
		"  What stands out: 294 MB above its usual level, 41 times as far as it usually",
	]);
	expect(text).toContain("\nDetector robust-band, 3 series");
});

test("what can't be judged has no table of counts, and findings beyond those shown are counted", () => {
	const unjudged = result({ knob: "", notes: ["The data are too short to learn from."] });
	expect(backtestText(unjudged, "UTC", 80)).not.toContain("sensitivity");
	expect(backtestText(unjudged, "UTC", 80)).toContain("\nThe data are too short to learn from.\n");
	const many = Array.from({ length: 61 }, (_, day) => finding({ reason: `Reason ${day}.` }));
	const text = backtestText(
		result({ outcomes: { ...result().outcomes, normal: outcome(...many) } }),
		"UTC",
		200,
	);
	expect(text).toContain("\nand 1 more\n");
	expect(text).not.toContain("Reason 0.");
});

test("control characters of labels never reach the terminal", () => {
	const evil = finding({ target: "a\u001b[31mb\n", reason: "c\u0007d" });
	const outcomes = { ...result().outcomes, normal: outcome(evil) };
	for (const width of [40, 500])
		expect(backtestText(result({ outcomes }), "UTC", width).replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});

test("words are kept whole, and a longer one has a line of its own", () => {
	expect(wrapText("one two three", 7)).toBe("one two\nthree\n");
	expect(wrapText("one incomprehensible two", 8, "  ")).toBe("  one\n  incomprehensible\n  two\n");
	expect(wrapText("", 8)).toBe("\n");
});

test("progress is one line that is written over on a terminal, else a line for each tenth", () => {
	const written = (isTTY: boolean) => {
		const pieces: string[] = [];
		const line = progressLine({ isTTY, write: (text) => pieces.push(text) });
		for (const share of [0, 0.04, 0.5, 0.51]) line.say({ share, step: share === 0 ? "Looking" : "Going" });
		line.end();
		return pieces.join("");
	};
	expect(written(false)).toBe("  0 %  Looking\n 50 %  Going\n");
	expect(written(true)).toBe(
		`\r  0 %  Looking\r  4 %  Going  \r 50 %  Going\r 51 %  Going\r${" ".repeat(12)}\r`,
	);
});
