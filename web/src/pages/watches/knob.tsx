import { useState } from "react";
import type { BacktestView, Sensitivity, WatchDetailView } from "../../api/types.generated.ts";
import { useWatchChange } from "../../api/use-watches.ts";
import { Segments } from "../../components/segments.tsx";
import { announce } from "../../lib/announce.ts";
import { formatSpan } from "../../lib/format-time.ts";
import { useStore } from "../../lib/store.ts";
import { idleKnobWords, LEVEL_WORDS, LEVELS, turningWords } from "../../lib/watch-words.ts";
import { connection } from "../../live/connection.ts";

type Props = {
	readonly watch: WatchDetailView;
	readonly backtest: BacktestView | undefined;
	/** The step that is looked at, in force or not. */
	readonly shown: Sensitivity;
	readonly onShow: (sensitivity: Sensitivity) => void;
	readonly mayTurn: boolean;
};

/** The one knob: what each step would have done, and turning it. */
export function Knob({ watch, backtest, shown, onShow, mayTurn }: Props) {
	const now = watch.sensitivity ?? "normal";
	const idle = backtest && idleKnobWords(backtest);
	return (
		<section className="card pad stack close knob" aria-labelledby="knob">
			<h2 id="knob">Sensitivity</h2>
			<Segments
				label="Look at another sensitivity"
				options={LEVELS.map((value) => ({ value, label: LEVEL_WORDS[value] }))}
				chosen={shown}
				onChoose={onShow}
			/>
			{backtest && (
				<>
					<table className="knob-table">
						<thead>
							<tr>
								<th scope="col">{formatSpan(Date.parse(backtest.to) - Date.parse(backtest.from))}</th>
								<th scope="col" className="right">
									Findings
								</th>
								<th scope="col" className="right">
									Days
								</th>
							</tr>
						</thead>
						<tbody>
							{LEVELS.map((level) => (
								<tr key={level} className={level === shown ? "strong" : ""}>
									<td>
										{LEVEL_WORDS[level]}
										{level === now && <span className="meta"> · in force</span>}
									</td>
									<td className="right">{backtest.outcomes[level].count}</td>
									<td className="right">{backtest.outcomes[level].perDay.length}</td>
								</tr>
							))}
						</tbody>
					</table>
					<p className="small secondary">{turningWords(backtest, shown, now)}</p>
					{idle && <p className="small secondary">{idle}</p>}
				</>
			)}
			{watch.tuned && (
				<p className="caption meta">
					Turned from {watch.tuned.from} by {watch.tuned.by}
					{watch.tuned.reason ? `: ${watch.tuned.reason}` : ""}
				</p>
			)}
			{mayTurn ? (
				shown !== now && <Turn key={shown} watch={watch} now={now} wanted={shown} />
			) : (
				<p className="small secondary">An operator can turn it.</p>
			)}
		</section>
	);
}

function Turn({
	watch,
	now,
	wanted,
}: {
	readonly watch: WatchDetailView;
	readonly now: Sensitivity;
	readonly wanted: Sensitivity;
}) {
	const change = useWatchChange(watch.name);
	const notLive = useStore(connection).state === "lost";
	const [reason, setReason] = useState("");
	const needsReason = watch.maximumSeverity === "critical" && LEVELS.indexOf(wanted) < LEVELS.indexOf(now);
	const turn = () => {
		const said = reason.trim();
		change.mutate(
			{ what: "sensitivity", body: { sensitivity: wanted, ...(said === "" ? {} : { reason: said }) } },
			{ onSuccess: () => announce(`${watch.name}: sensitivity is ${wanted} now.`) },
		);
	};
	return (
		<div className="stack closest start">
			{needsReason && (
				<label className="small grow full">
					Why: it may raise critical findings
					<input
						className="input"
						value={reason}
						maxLength={500}
						onChange={(event) => setReason(event.target.value)}
						placeholder="Goes to the audit"
					/>
				</label>
			)}
			<button
				type="button"
				className="button primary compact"
				disabled={notLive || change.isPending || (needsReason && reason.trim() === "")}
				onClick={turn}
			>
				{change.isPending ? "Sending…" : `Turn to ${wanted}`}
			</button>
			{notLive && <p className="small secondary">Not live: it waits until the connection is back.</p>}
			{change.error && <p className="small critical">{change.error.message}</p>}
		</div>
	);
}
