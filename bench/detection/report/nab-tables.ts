import { digits, range, table } from "../../table.ts";
import { type NabFigures, type NabResult, publicRule } from "../evaluate/nab.ts";

/** What a candidate reached on NAB, with the rest period and without. */
export type NabRow = { readonly name: string; readonly plain: NabResult; readonly rested: NabResult };

/** NAB's figures of all candidates, and the standard profile by category. */
export function nabTables(rows: readonly NabRow[], series: readonly string[]): string {
	const three = (figures: NabFigures | undefined) =>
		figures === undefined
			? "-"
			: [figures.standard, figures.lowFp, figures.lowFn].map((one) => digits(one, 1)).join("/");
	const lines = rows.flatMap(({ name, plain, rested }) =>
		[
			{ rest: "no", result: plain },
			{ rest: "yes", result: rested },
		].map(({ rest, result }) => [
			name,
			rest,
			three(result.best),
			range(result.bestInterval, 1),
			three(result.unseen),
			three(result.frozen),
			range(result.frozenInterval, 1),
		]),
	);
	const scores = table(
		`NAB, ${series.length} series: standard / low FP / low FN (95 % intervals over files, standard profile)`,
		["detector", "rest", "corpus-optimal", "interval", "public threshold", "frozen (score >= 1)", "interval"],
		lines,
		[
			"corpus-optimal: the threshold that is best for these very series, each profile its own: hindsight.",
			`public threshold: ${publicRule(series)}.`,
			"frozen: ours is a constant of the code; a peer's is the usual setting of its makers.",
			"rest: after an alarm, for 120 points scores that are not larger are suppressed, by the benchmark and for all alike.",
		],
	);
	return `${scores}${categoryTable(rows)}`;
}

/** Published figures beside which ours stand; nothing where there are none. */
export function publishedTable(scores: readonly PublishedScore[]): string {
	if (scores.length === 0) return "";
	return table(
		"Published detectors on NAB's 33 public series: corpus-optimal, by NAB's own scorer",
		["detector", "standard", "low FP", "low FN"],
		scores.map(({ name, standard, lowFp, lowFn }) => [
			name,
			...[standard, lowFp, lowFn].map((one) => digits(one, 1)),
		]),
		["Read from nab-results/scores.json, not run here; with the rests that the detectors have themselves."],
	);
}

type PublishedScore = {
	readonly name: string;
	readonly standard: number;
	readonly lowFp: number;
	readonly lowFn: number;
};

function categoryTable(rows: readonly NabRow[]): string {
	const categories = [...(rows[0]?.rested.categories.keys() ?? [])].toSorted();
	const scored = categories.filter((name) => !Number.isNaN(rows[0]?.rested.categories.get(name)?.best));
	const cell = (row: NabRow, category: string) => {
		const figures = row.rested.categories.get(category);
		return `${digits(figures?.best, 1)} | ${digits(figures?.frozen, 1)}`;
	};
	const left = categories.filter((name) => !scored.includes(name));
	return table(
		"NAB by category: standard profile with rest, corpus-optimal | frozen",
		["detector", ...scored],
		rows.map((row) => [row.name, ...scored.map((category) => cell(row, category))]),
		left.length === 0 ? [] : [`without windows, so only in the corpus figure: ${left.join(", ")}.`],
	);
}
