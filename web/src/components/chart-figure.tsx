import type { Chart } from "../api/types.generated.ts";
import { usePicture } from "../api/use-picture.ts";
import { fingerprint } from "../lib/fingerprint.ts";
import { ChartPicture, useChartRoom } from "./chart-picture.tsx";

type Props = {
	readonly chart: Chart;
	/** The address of its picture. */
	readonly path: string;
	readonly windowMinutes?: number | undefined;
};

/** A chart as the server draws it, at this width and in this theme, with its numbers as a table. */
export function ChartFigure({ chart, path, windowMinutes }: Props) {
	const room = useChartRoom();
	const picture = usePicture({ path, windowMinutes, ...room.look, version: fingerprint(chart) });
	return <ChartPicture chart={chart} room={room} picture={picture} />;
}
