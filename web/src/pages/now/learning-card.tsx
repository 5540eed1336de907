import type { WatchView } from "../../api/types.generated.ts";
import { LookChip } from "../../components/state-chip.tsx";
import { formatPercent } from "../../lib/format-percent.ts";
import { LearningChart } from "./learning-chart.tsx";
import { ProgressBar } from "./progress-bar.tsx";

/** How far one watch has come in learning what is normal. */
export function LearningCard({ watch }: { readonly watch: WatchView }) {
	const progress = formatPercent(watch.progress);
	const hasBand = watch.spark.some(({ low }) => low !== undefined);
	return (
		<section className="card" aria-labelledby="learning">
			<header>
				<LookChip look={{ icon: "learning", tone: "mute", word: `Learning, ${progress}` }} />
				<span className="spacer" />
				<span className="small meta">
					{watch.samples} of {watch.samplesNeeded} samples
				</span>
			</header>
			<div className="pad stack close">
				<h2 id="learning">{watch.name}</h2>
				<ProgressBar progress={watch.progress} label={`Learning ${watch.name}`} />
				<LearningChart watch={watch} />
				<p className="small secondary">
					{hasBand
						? "The band starts wide and narrows as samples arrive."
						: "The expected band appears when enough is known."}{" "}
					Until then nothing is called abnormal.
				</p>
			</div>
		</section>
	);
}
