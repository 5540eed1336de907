import type { Chart } from "../api/types.generated.ts";
import { usePicture } from "../api/use-picture.ts";
import { fingerprint } from "../lib/fingerprint.ts";
import { useTheme } from "../lib/preferences.ts";
import { useRoundedWidth } from "../lib/use-rounded-width.ts";
import { ChartTable } from "./chart-table.tsx";

const WIDE_FROM_PX = 560;

type Props = {
	readonly chart: Chart;
	/** The address of its picture. */
	readonly path: string;
	readonly windowMinutes?: number | undefined;
};

/** A chart as the server draws it, at this width and in this theme, with its numbers as a table. */
export function ChartFigure({ chart, path, windowMinutes }: Props) {
	const [ref, width] = useRoundedWidth<HTMLElement>();
	const height = width >= WIDE_FROM_PX ? 290 : 230;
	const theme = useTheme();
	const picture = usePicture({ path, windowMinutes, theme, width, height, version: fingerprint(chart) });
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
