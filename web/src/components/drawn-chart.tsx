import type { Chart } from "../api/types.generated.ts";
import { useDrawnPicture } from "../api/use-picture.ts";
import { fingerprint } from "../lib/fingerprint.ts";
import { ChartPicture, useChartRoom } from "./chart-picture.tsx";

/** A chart that has no address of its own, as the server draws it, with its numbers as a table. */
export function DrawnChart({ chart }: { readonly chart: Chart }) {
	const room = useChartRoom();
	const picture = useDrawnPicture({ chart, ...room.look }, fingerprint(chart));
	return <ChartPicture chart={chart} room={room} picture={picture} />;
}
