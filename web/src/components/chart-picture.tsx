import type { RefObject } from "react";
import type { Chart } from "../api/types.generated.ts";
import { useTheme } from "../lib/preferences.ts";
import { useRoundedWidth } from "../lib/use-rounded-width.ts";
import { ChartTable } from "./chart-table.tsx";

const WIDE_FROM_PX = 560;
const USUAL_WIDTH_PX = 720;

type Room = {
	readonly ref: RefObject<HTMLElement | null>;
	/** What a picture has to be drawn for; the width is 0 before it is known. */
	readonly look: { readonly theme: "light" | "dark"; readonly width: number; readonly height: number };
};

/** The room that a chart's figure has on this screen. */
export function useChartRoom(): Room {
	const [ref, width] = useRoundedWidth<HTMLElement>();
	return { ref, look: { theme: useTheme(), width, height: width >= WIDE_FROM_PX ? 290 : 230 } };
}

type Props = {
	readonly chart: Chart;
	readonly room: Room;
	readonly picture: { readonly data: string | undefined; readonly error: Error | null };
};

/** A chart's picture in its room, with the chart's numbers as a table. */
export function ChartPicture({ chart, room, picture }: Props) {
	const { height } = room.look;
	const width = room.look.width || USUAL_WIDTH_PX;
	return (
		<figure className="chart" ref={room.ref}>
			{picture.error && !picture.data ? (
				<p className="note">The chart could not be drawn. {picture.error.message}</p>
			) : (
				<img
					src={picture.data}
					alt={chart.alt}
					width={width}
					height={height}
					style={{ aspectRatio: `${width} / ${height}` }}
				/>
			)}
			<ChartTable chart={chart} />
		</figure>
	);
}
