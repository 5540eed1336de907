import type { Chart } from "../api/types.generated.ts";
import { useDrawnPicture } from "../api/use-watches.ts";
import { fingerprint } from "../lib/fingerprint.ts";
import { useTheme } from "../lib/preferences.ts";
import { useRoundedWidth } from "../lib/use-rounded-width.ts";
import { ChartTable } from "./chart-table.tsx";

const WIDE_FROM_PX = 560;

/** A chart that has no address of its own, as the server draws it, with its numbers as a table. */
export function DrawnChart({ chart }: { readonly chart: Chart }) {
	const [ref, width] = useRoundedWidth<HTMLElement>();
	const height = width >= WIDE_FROM_PX ? 290 : 230;
	const theme = useTheme();
	const size = width > 0 ? { width: Math.min(1600, Math.max(240, width)), height } : { width: 0, height };
	const picture = useDrawnPicture({ chart, theme, ...size }, fingerprint(chart));
	return (
		<figure className="chart" ref={ref}>
			{picture.error && !picture.data ? (
				<p className="note">The chart could not be drawn. {picture.error.message}</p>
			) : (
				<img
					src={picture.data}
					alt={chart.alt}
					width={width || 720}
					height={height}
					style={{ aspectRatio: `${width || 720} / ${height}` }}
				/>
			)}
			<ChartTable chart={chart} />
		</figure>
	);
}
