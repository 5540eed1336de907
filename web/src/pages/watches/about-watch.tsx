import { Fragment } from "react";
import type { WatchDetailView } from "../../api/types.generated.ts";

const DIRECTION_WORDS = {
	above: "above its band",
	below: "below its band",
	both: "above or below its band",
} as const;

/** Whole targets are judged by a score, which has a threshold and no band. */
function reported({ detector, direction }: WatchDetailView): string {
	return detector === "target" ? "targets whose score is too high" : DIRECTION_WORDS[direction];
}

/** The query and what else is known of a watch. */
export function AboutWatch({ watch }: { readonly watch: WatchDetailView }) {
	const { added } = watch;
	const facts: readonly (readonly [string, string])[] = [
		["Target", watch.target],
		["Series", String(watch.seriesCount)],
		["Reports", `${reported(watch)}, ${watch.maximumSeverity} at most`],
		["Detector", watch.chosenDetector ? watch.detector : `${watch.detector}, the default`],
		...(watch.limitText ? ([["Limit", watch.limitText]] as const) : []),
		...(watch.remediation ? ([["Proposes", watch.remediation]] as const) : []),
		["From", added ? `${added.by}, by command` : "configuration"],
	];
	return (
		<section className="card pad stack close" aria-labelledby="query">
			<h2 id="query">Query</h2>
			<pre>{watch.query}</pre>
			<dl className="pairs">
				{facts.map(([name, value]) => (
					<Fragment key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</Fragment>
				))}
			</dl>
		</section>
	);
}
