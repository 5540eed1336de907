import type { WatchView } from "../../api/types.generated.ts";
import { formatScaled, scaleFor } from "../../lib/format-quantity.ts";
import { formatClockWithSeconds, zoneName } from "../../lib/format-time.ts";
import { niceTicks } from "../../lib/nice-ticks.ts";
import { bandPath, linePath, sparkRange, sparkScale } from "../../lib/spark-paths.ts";
import { useRoundedWidth } from "../../lib/use-rounded-width.ts";

const HEIGHT = 220;
const AXIS_PX = 44;
const FOOT_PX = 28;
const HEAD_PX = 24;
const STEPS = 4;

/** The samples of a watch that still learns, with the band as it is so far. */
export function LearningChart({ watch }: { readonly watch: WatchView }) {
	const [ref, width] = useRoundedWidth<HTMLDivElement>();
	return (
		<div ref={ref}>
			{width > 0 && watch.spark.length > 1 ? (
				<Drawing watch={watch} width={width} />
			) : (
				<p className="small secondary">No samples yet.</p>
			)}
		</div>
	);
}

function Drawing({ watch, width }: { readonly watch: WatchView; readonly width: number }) {
	const plot = { width: width - AXIS_PX, height: HEIGHT - HEAD_PX - FOOT_PX, marginPx: 6 };
	const range = sparkRange(watch.spark);
	const unit = scaleFor(watch.unit, range.high);
	const levels = niceTicks(range.low / unit.divisor, range.high / unit.divisor, STEPS).map(
		(level) => level * unit.divisor,
	);
	const scale = sparkScale(watch.spark, plot, { low: levels[0] ?? 0, high: levels.at(-1) ?? 1 });
	const [first, last] = [watch.spark[0], watch.spark.findLast((point) => point.v !== null)];
	return (
		<svg className="learning-chart" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={altOf(watch)}>
			<text x={AXIS_PX - 8} y={12} textAnchor="end">
				{unit.symbol}
			</text>
			<g transform={`translate(${AXIS_PX} ${HEAD_PX})`}>
				{levels.map((level) => (
					<g key={level}>
						<line className="grid" x1="0" x2={plot.width} y1={scale.y(level)} y2={scale.y(level)} />
						<text x="-8" y={scale.y(level) + 4} textAnchor="end">
							{formatScaled(level, unit)}
						</text>
					</g>
				))}
				<path className="band" d={bandPath(watch.spark, scale)} />
				<path className="line" d={linePath(watch.spark, scale)} />
				{last && last.v !== null && (
					<circle className="end" cx={scale.x(last.t)} cy={scale.y(last.v)} r="4" />
				)}
			</g>
			{first && (
				<text x={AXIS_PX} y={HEIGHT - 4}>
					{formatClockWithSeconds(first.t)}
				</text>
			)}
			{last && (
				<text x={width} y={HEIGHT - 4} textAnchor="end">
					{formatClockWithSeconds(last.t)} {zoneName(last.t)}
				</text>
			)}
		</svg>
	);
}

function altOf(watch: WatchView): string {
	return `${watch.metric} of ${watch.target} since the start. Now ${watch.valueText}; ${watch.samples} of ${watch.samplesNeeded} samples.`;
}
