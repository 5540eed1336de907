import type { WatchView } from "../../api/types.generated.ts";
import { formatPercent } from "../../lib/format-percent.ts";
import { ProgressBar } from "./progress-bar.tsx";

/** Every watch with how far it has learned. */
export function LearningList({ watches }: { readonly watches: readonly WatchView[] }) {
	return (
		<section className="card pad">
			<h2>Watches</h2>
			<ul className="progress-list">
				{watches
					.toSorted((a, b) => a.name.localeCompare(b.name))
					.map((watch) => (
						<li key={watch.name}>
							<div className="row small">
								<span>{watch.name}</span>
								<span className="spacer" />
								<span className="secondary">{wordOf(watch)}</span>
							</div>
							<ProgressBar
								progress={watch.state === "ready" ? 1 : watch.progress}
								label={`Learning ${watch.name}`}
							/>
						</li>
					))}
			</ul>
		</section>
	);
}

function wordOf(watch: WatchView): string {
	if (watch.state === "ready") return "ready";
	return watch.state === "failed" ? "no data" : formatPercent(watch.progress);
}
