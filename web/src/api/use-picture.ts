import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { readText } from "./request.ts";

export type PictureRequest = {
	/** The address of the SVG, such as `/api/v1/incidents/INC-3/chart.svg`. */
	readonly path: string;
	readonly windowMinutes?: number | undefined;
	readonly theme: "light" | "dark";
	readonly width: number;
	readonly height: number;
	/** Changes when the chart does; the picture is then read again. */
	readonly version: string;
};

/**
 * A chart's picture as a data address for <img>, where SVG can neither run scripts nor load anything. The picture
 * shown before stays until the next has arrived.
 */
export function usePicture(request: PictureRequest) {
	return useQuery({
		queryKey: ["picture", request],
		queryFn: async ({ signal }) =>
			`data:image/svg+xml,${encodeURIComponent(await readText(addressOf(request), signal))}`,
		enabled: request.width > 0,
		staleTime: Number.POSITIVE_INFINITY,
		gcTime: 60_000,
		placeholderData: keepPreviousData,
	});
}

function addressOf(request: PictureRequest): string {
	const query = new URLSearchParams({
		theme: request.theme,
		width: String(request.width),
		height: String(request.height),
		timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
	});
	if (request.windowMinutes !== undefined) query.set("windowMinutes", String(request.windowMinutes));
	return `${request.path}?${query}`;
}
