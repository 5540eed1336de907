import { Link } from "wouter";
import type { NowView, WatchView } from "../../api/types.generated.ts";
import { useWatches } from "../../api/use-readings.ts";
import { Icon } from "../../components/icon.tsx";
import { Sparkline } from "../../components/sparkline.tsx";
import { formatSpan } from "../../lib/format-time.ts";
import { SEVERITY_WORDS } from "../../lib/message-states.ts";
import { isOutsideBand, leastUsualFirst } from "../../lib/order-watches.ts";

/** Every watch with its value, its expectation and its newest line, least usual first. */
export function WatchTiles({ now }: { readonly now: NowView }) {
	const watches = useWatches().data?.items ?? [];
	if (watches.length === 0) return null;
	const span = spanOf(watches);
	return (
		<section aria-labelledby="watches" className="last">
			<div className="row wrap tiles-head">
				<h2 id="watches">Watches</h2>
				<span className="small meta">{span && `last ${span} · `}least usual first</span>
				<span className="spacer" />
				<span className="small meta">
					{now.watchesInside} of {now.watchesTotal} inside
				</span>
			</div>
			<ul className="grid-3 tiles">
				{leastUsualFirst(watches).map((watch) => (
					<Tile key={watch.name} watch={watch} />
				))}
			</ul>
		</section>
	);
}

function spanOf(watches: readonly WatchView[]): string {
	const spans = watches.map(({ spark }) => (spark.at(-1)?.t ?? 0) - (spark[0]?.t ?? 0));
	const longest = Math.max(...spans);
	return longest > 0 ? formatSpan(longest) : "";
}

function Tile({ watch }: { readonly watch: WatchView }) {
	return (
		<li className="card tile">
			<div className="row">
				<Link href={`/watches/${encodeURIComponent(watch.name)}`} className="small secondary name plain">
					{watch.name}
				</Link>
				<span className="spacer" />
				<TileState watch={watch} />
			</div>
			<div className="value">{watch.valueText}</div>
			<Sparkline watch={watch} />
			<div className="caption meta expected">{watch.problem ?? watch.expectedText}</div>
		</li>
	);
}

function TileState({ watch }: { readonly watch: WatchView }) {
	if (watch.state === "failed")
		return (
			<span className="state mute">
				<Icon name="off" />
				No data
			</span>
		);
	if (watch.state === "learning")
		return (
			<span className="state mute">
				<Icon name="learning" />
				Learning
			</span>
		);
	if (watch.severity)
		return (
			<span className={`state ${watch.severity}`}>
				<Icon name={watch.severity} />
				{SEVERITY_WORDS[watch.severity]}
			</span>
		);
	if (isOutsideBand(watch))
		return (
			<span className="state mute">
				<Icon name="normal" />
				Outside its band, not reported yet
			</span>
		);
	return (
		<span className="mute">
			<Icon name="normal" />
			<span className="hidden-visually">Inside its band</span>
		</span>
	);
}
