import type { TargetReason } from "../define-target-detector.ts";
import { BY_CHANGE, BY_DAY, BY_STREAM } from "./metric-row.ts";
import { BY_FOREST, BY_JOINT, LOUDEST, type Target } from "./target.ts";

/** Less than this share is not told. */
const TOLD = 0.05;
const MOST_TOLD = 8;
const WORDS = {
	change: "changing more than it usually does",
	day: "unlike at this time on other days",
	stream: "unusual taken by itself",
	together: "metrics that usually move together, or apart, do not",
	mixture: "changes of several metrics that seldom come at once",
} as const;

/** What carries a target's score, strongest first: its metrics by what each adds, and what lies between them. */
export function targetReasons({ names, metrics, numbers }: Target): readonly TargetReason[] {
	const loudest = [...metrics.keys()]
		.toSorted((a, b) => (metrics[b]?.doubles[BY_STREAM] ?? 0) - (metrics[a]?.doubles[BY_STREAM] ?? 0))
		.slice(0, 3);
	const said = loudest.reduce((sum, i) => sum + (metrics[i]?.doubles[BY_STREAM] ?? 0), 0);
	const found: { metric?: string; signal: keyof typeof WORDS; weight: number }[] = [
		{ signal: "together", weight: numbers[BY_JOINT] ?? 0 },
		{ signal: "mixture", weight: numbers[BY_FOREST] ?? 0 },
	];
	for (const [i, { doubles }] of metrics.entries()) {
		const change = (doubles[BY_CHANGE] ?? 0) / metrics.length;
		const day = (doubles[BY_DAY] ?? 0) / metrics.length;
		const share = said > 0 && loudest.includes(i) ? (doubles[BY_STREAM] ?? 0) / said : 0;
		const stream = share * (numbers[LOUDEST] ?? 0);
		const signal = change >= day && change >= stream ? "change" : day >= stream ? "day" : "stream";
		found.push({ metric: names[i] ?? "", signal, weight: change + day + stream });
	}
	const sum = found.reduce((total, { weight }) => total + weight, 0);
	if (sum === 0) return [];
	return found
		.map(({ weight, ...one }) => ({ ...one, share: weight / sum, text: WORDS[one.signal] }))
		.filter(({ share }) => share >= TOLD)
		.toSorted((a, b) => b.share - a.share)
		.slice(0, MOST_TOLD);
}
