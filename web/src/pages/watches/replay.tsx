import { useState } from "react";
import type {
	BacktestProgressView,
	BacktestView,
	Sensitivity,
	WatchDetailView,
} from "../../api/types.generated.ts";
import { DrawnChart } from "../../components/drawn-chart.tsx";
import { Segments } from "../../components/segments.tsx";
import { formatSpan } from "../../lib/format-time.ts";
import { useSlow } from "../../lib/use-slow.ts";
import { ProgressBar } from "../now/progress-bar.tsx";

type Props = {
	readonly watch: WatchDetailView;
	readonly replay: {
		readonly data: BacktestView | undefined;
		readonly error: Error | null;
		readonly isFetching: boolean;
		readonly progress: BacktestProgressView | undefined;
		refetch(): Promise<unknown>;
	};
	readonly days: number;
	readonly onDays: (days: number) => void;
	readonly shown: Sensitivity;
};

const SPANS = [
	{ value: "1", label: "1 day" },
	{ value: "7", label: "7 days" },
	{ value: "30", label: "30 days" },
] as const;

/** The last days with the band and what would have been reported, or how far the replay is. */
export function Replay({ watch, replay, days, onDays, shown }: Props) {
	const { data, error, isFetching, progress } = replay;
	return (
		<section className="card pad stack close" aria-labelledby="replay">
			<div className="row wrap">
				<h2 id="replay">Replayed</h2>
				<span className="spacer" />
				<Segments
					label="How far back"
					options={SPANS}
					chosen={String(days)}
					onChoose={(value) => onDays(Number(value))}
				/>
			</div>
			{isFetching && !data ? (
				<Going progress={progress} />
			) : error ? (
				<div className="stack close start">
					<p className="note">It could not be replayed. {error.message}</p>
					<button type="button" className="button compact" onClick={() => void replay.refetch()}>
						Replay again
					</button>
				</div>
			) : (
				data && <Replayed watch={watch} backtest={data} shown={shown} />
			)}
		</section>
	);
}

function Going({ progress }: { readonly progress: BacktestProgressView | undefined }) {
	const visible = useSlow(true, 300);
	const long = useSlow(true, 60_000);
	if (!visible) return <div className="replay-room" />;
	return (
		<div className="replay-room stack close" aria-live="polite">
			<p className="secondary">{progress?.step ?? "Asking for the replay"}…</p>
			<ProgressBar progress={progress?.share ?? 0} label="Replay" />
			{long && <p className="small secondary">Longer than usual. Fewer days are quicker.</p>}
		</div>
	);
}

function Replayed({
	watch,
	backtest,
	shown,
}: {
	readonly watch: WatchDetailView;
	readonly backtest: BacktestView;
	readonly shown: Sensitivity;
}) {
	const [key, setKey] = useState<string>();
	const series = backtest.series.find((one) => one.key === key) ?? backtest.series[0];
	const outcome = backtest.outcomes[shown];
	const spanMs = Date.parse(backtest.to) - Date.parse(backtest.from);
	const open = outcome.findings.filter(({ to }) => to === undefined).length;
	return (
		<>
			{backtest.series.length > 1 && (
				<label className="row wrap small">
					Series
					<select
						className="select series-select"
						value={series?.key}
						onChange={(event) => setKey(event.target.value)}
					>
						{backtest.series.map((one) => (
							<option key={one.key} value={one.key}>
								{one.key === "{}" ? one.target : `${one.target} ${one.key}`}
							</option>
						))}
					</select>
				</label>
			)}
			{series && backtest.points > 0 && <DrawnChart chart={series.charts[shown]} />}
			{backtest.notes.map((note) => (
				<p key={note} className="note">
					{note}
				</p>
			))}
			<dl className="facts four">
				<div>
					<dt>Would have reported</dt>
					<dd>
						{outcome.count}
						<small>
							{outcome.count > 1 ? `1 every ${formatSpan(spanMs / outcome.count)}` : `at ${shown}`}
						</small>
					</dd>
				</div>
				<div>
					<dt>Days with findings</dt>
					<dd>
						{outcome.perDay.length}
						<small>of {Math.max(1, Math.round(spanMs / 86_400_000))}</small>
					</dd>
				</div>
				<div>
					<dt>Not over</dt>
					<dd>
						{open}
						<small>at the end</small>
					</dd>
				</div>
				<div>
					<dt>Noticed after</dt>
					<dd>
						{outcome.findings.length > 0 ? formatSpan(medianDelay(backtest, shown)) : "none"}
						<small>median, from when it began</small>
					</dd>
				</div>
			</dl>
			<p className="caption meta">
				Every point was scored without seeing what came after: {backtest.ground}.
				{backtest.sensitivity !== watch.sensitivity && " The knob was turned since."}
			</p>
		</>
	);
}

function medianDelay(backtest: BacktestView, shown: Sensitivity): number {
	const delays = backtest.outcomes[shown].findings
		.map(({ from, opened }) => Date.parse(opened) - Date.parse(from))
		.toSorted((a, b) => a - b);
	return delays[Math.floor(delays.length / 2)] ?? 0;
}
