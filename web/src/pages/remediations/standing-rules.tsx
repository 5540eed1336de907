import { LookChip } from "../../components/state-chip.tsx";
import { articleId, type Remediation } from "../../lib/asking.ts";
import {
	boundText,
	MODE_LOOKS,
	orderRules,
	parametersText,
	type Rule,
	rightText,
	runsText,
	whenItSpeaks,
} from "../../lib/rule-words.ts";
import { LastRun } from "./last-run.tsx";

type Props = { readonly rules: readonly Rule[]; readonly remediations: readonly Remediation[] };

/** Every standing rule with its record: how often it was right, and how far that can be trusted. */
export function StandingRules({ rules, remediations }: Props) {
	const known = new Set(remediations.map(({ name }) => name));
	return (
		<section className="card" aria-labelledby="rules">
			<header>
				<h2 id="rules">Standing rules</h2>
			</header>
			<div className="rules-table">
				<table aria-labelledby="rules">
					<thead>
						<tr>
							<th scope="col">Rule</th>
							<th scope="col">Mode</th>
							<th scope="col">Record</th>
							<th scope="col">Right, at least</th>
							<th scope="col">Last run</th>
						</tr>
					</thead>
					<tbody>
						{orderRules(rules).map((rule) => (
							<tr key={rule.name}>
								<td className="rule">
									<What rule={rule} isKnown={known.has(rule.remediation)} />
								</td>
								<td className="mode">
									<LookChip look={MODE_LOOKS[rule.mode]} />
								</td>
								<td data-label="Record">
									{rightText(rule.record)}
									<div className="caption meta">{runsText(rule.record)}</div>
								</td>
								<td data-label="Right, at least">
									<Bound record={rule.record} />
								</td>
								<td className="last-run" data-label="Last run">
									<LastRun last={rule.last} />
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<p className="pad shallow ruled small secondary">
				<b>Ask</b> makes a request that people decide on; <b>shadow</b> asks nobody and notes what it would
				ask for. A run is <b>right</b> when people did what the rule said, it helped, and it held for 30
				minutes. “At least” is exceeded with 95&nbsp;% confidence. Void runs count for nothing, and any edit
				of a rule begins a new record.
			</p>
		</section>
	);
}

function What({ rule, isKnown }: { readonly rule: Rule; readonly isKnown: boolean }) {
	const parameters = parametersText(rule);
	return (
		<>
			<span className="strong">{rule.name}</span>
			<div className="secondary">
				<code>{rule.watch}</code> {whenItSpeaks(rule)}
			</div>
			<div className="secondary">
				{MODE_LOOKS[rule.mode].verb}{" "}
				{isKnown ? (
					<a href={`#${articleId(rule.remediation)}`}>
						<code>{rule.remediation}</code>
					</a>
				) : (
					<>
						<code>{rule.remediation}</code>, <span className="critical">which does not exist</span>
					</>
				)}
				{parameters && (
					<>
						{" "}
						<code>{parameters}</code>
					</>
				)}
			</div>
		</>
	);
}

/** The share of right runs that is exceeded with 95 % confidence; its words say the same as the bar. */
function Bound({ record }: { readonly record: Rule["record"] }) {
	const { lowerBound } = record;
	return (
		<>
			{lowerBound !== undefined && (
				<div className="bar bound" aria-hidden="true">
					<i style={{ width: `${Math.floor(lowerBound * 100)}%` }} />
				</div>
			)}
			<span className={lowerBound === undefined ? "meta" : "secondary"}>{boundText(record)}</span>
		</>
	);
}
