import { type ChatMessage, chatMessage } from "../domain/chat-message.ts";
import { formatQuantity } from "../domain/quantity.ts";
import { timeToken } from "../domain/time-text.ts";
import type { HiddenTargets } from "../domain/visibility.ts";
import { backtestChart } from "./backtest-chart.ts";
import type { Backtest } from "./backtest-result.ts";
import { backtestSentence, groundText, knobSentence, lastedText } from "./backtest-words.ts";

const ROWS = 10;

/** A replay as a message: the sentence, the chart of the series with most to tell, the newest findings. Pure. */
export function backtestMessage(backtest: Backtest, hidden: HiddenTargets | undefined): ChatMessage {
	const { watch, outcomes, sensitivity, endMs } = backtest;
	const shown = outcomes[sensitivity].findings.filter(({ target }) => !hidden?.has(target));
	const series = backtest.series.find(({ target }) => !hidden?.has(target));
	const newest = shown.toReversed().slice(0, ROWS);
	const more = outcomes[sensitivity].count - newest.length;
	return chatMessage({
		text: [backtestSentence(backtest), knobSentence(backtest), ...backtest.notes].filter(Boolean).join(" "),
		...(series && backtest.points > 0 ? { chart: backtestChart(backtest, series, sensitivity) } : {}),
		...(newest.length > 0
			? {
					table: {
						columns: [
							{ title: "When", align: "left" },
							{ title: "Severity", align: "left" },
							{ title: "Target", align: "left" },
							{ title: "Furthest", align: "right" },
							{ title: "Lasted", align: "right" },
						],
						rows: newest.map((finding) => [
							timeToken(finding.fromMs),
							finding.severity,
							finding.target,
							formatQuantity(finding.peak, watch.unit),
							lastedText(finding, endMs),
						]),
					},
				}
			: {}),
		queries: [
			{
				id: "q1",
				query: watch.query,
				purpose: `the values of ${watch.name}`,
				span: `${timeToken(backtest.startMs)} to ${timeToken(endMs)}`,
			},
		],
		buttons: [{ action: "open", label: "Open the watch", path: `/watches/${watch.name}` }],
		footer: [
			...(more > 0 ? [`and ${more} more`] : []),
			groundText(backtest),
			`To turn the knob: watch tune ${watch.name} low|normal|high`,
		],
	});
}
