import { useState } from "react";
import type { BacktestFindingView, BacktestView, Sensitivity } from "../../api/types.generated.ts";
import { LookChip } from "../../components/state-chip.tsx";
import { formatWhen } from "../../lib/format-time.ts";
import { SEVERITY_WORDS } from "../../lib/message-states.ts";

type Props = { readonly backtest: BacktestView; readonly shown: Sensitivity };

const FIRST_ROWS = 10;

/** What would have been reported, newest first. */
export function ReplayFindings({ backtest, shown }: Props) {
	const [all, setAll] = useState(false);
	const { findings, count } = backtest.outcomes[shown];
	const endMs = Date.parse(backtest.to);
	const newest = findings.toReversed();
	const rows = all ? newest : newest.slice(0, FIRST_ROWS);
	return (
		<section className="card pad" aria-labelledby="reported">
			<h2 id="reported">What would have been reported</h2>
			{count === 0 ? (
				<p className="secondary below-head">
					Nothing at {shown}.{" "}
					{backtest.outcomes.high.count > 0 && shown !== "high"
						? `High would have reported ${backtest.outcomes.high.count}; choose it to look at them.`
						: "Choose more days to look further back."}
				</p>
			) : (
				<div className="chart-table findings-table">
					<table>
						<thead>
							<tr>
								<th scope="col">When</th>
								<th scope="col">Severity</th>
								<th scope="col">What</th>
								<th scope="col" className="right">
									Lasted
								</th>
							</tr>
						</thead>
						<tbody>
							{rows.map((finding) => (
								<Row key={`${finding.series} ${finding.from}`} finding={finding} endMs={endMs} />
							))}
						</tbody>
					</table>
				</div>
			)}
			{!all && newest.length > rows.length && (
				<button type="button" className="button compact below-head" onClick={() => setAll(true)}>
					Show all {newest.length}
				</button>
			)}
			{count > findings.length && (
				<p className="caption meta">
					The first {findings.length} of {count} are kept.
				</p>
			)}
		</section>
	);
}

function Row({ finding, endMs }: { readonly finding: BacktestFindingView; readonly endMs: number }) {
	const { severity } = finding;
	return (
		<tr>
			<td className="nowrap">{formatWhen(Date.parse(finding.from), endMs)}</td>
			<td>
				<LookChip look={{ icon: severity, tone: severity, word: SEVERITY_WORDS[severity] }} />
			</td>
			<td>
				<b>{finding.target}</b>: {finding.peakText}, {finding.expectedText}
				<div className="secondary">{finding.reason}</div>
			</td>
			<td className="right nowrap">{finding.lastedText}</td>
		</tr>
	);
}
