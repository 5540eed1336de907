import type { WatchView } from "../api/types.generated.ts";
import { bandPath, linePath, outsidePath, sparkScale } from "../lib/spark-paths.ts";

const SIZE = { width: 220, height: 44, marginPx: 4 };

/** A watch's newest values as a line in its band, without axes: the numbers stand beside it. */
export function Sparkline({ watch }: { readonly watch: WatchView }) {
	const scale = sparkScale(watch.spark, SIZE);
	const last = watch.spark.findLast((point) => point.v !== null);
	return (
		<svg className={`spark ${watch.severity ?? ""}`} aria-hidden="true">
			{/* The lines stretch to the width of the tile; the dot, outside of them, stays round. */}
			<svg
				aria-hidden="true"
				width="100%"
				height="100%"
				viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
				preserveAspectRatio="none"
			>
				<path className="band" d={bandPath(watch.spark, scale)} />
				<path className="line" d={linePath(watch.spark, scale)} />
				{watch.severity && <path className="line hot" d={outsidePath(watch.spark, scale)} />}
			</svg>
			{last && last.v !== null && (
				<EndDot
					x={scale.x(last.t) / SIZE.width}
					y={scale.y(last.v) / SIZE.height}
					hot={watch.severity !== undefined}
				/>
			)}
		</svg>
	);
}

function EndDot({ x, y, hot }: { readonly x: number; readonly y: number; readonly hot: boolean }) {
	const place = { cx: `${x * 100}%`, cy: `${y * 100}%` };
	return (
		<>
			<circle className="halo" {...place} r="6" />
			<circle className={hot ? "end hot" : "end"} {...place} r="4" />
		</>
	);
}
