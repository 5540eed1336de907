import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { readText, sendForText } from "./request.ts";
import type { PictureRequest } from "./types.generated.ts";
import { useCsrfToken } from "./use-actions.ts";

type StoredPicture = {
	/** The address of the SVG, such as `/api/v1/incidents/INC-3/chart.svg`. */
	readonly path: string;
	readonly windowMinutes?: number | undefined;
	readonly theme: "light" | "dark";
	readonly width: number;
	readonly height: number;
	/** Changes when the chart does; the picture is then read again. */
	readonly version: string;
};

/** The picture shown before stays until the next has arrived. */
const STAYING = {
	staleTime: Number.POSITIVE_INFINITY,
	gcTime: 60_000,
	placeholderData: keepPreviousData,
} as const;

/** As an address for <img>, where SVG can neither run scripts nor load anything. */
function imageAddress(svg: string): string {
	return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** A chart's picture that the server has under an address, as an address for <img>. */
export function usePicture(request: StoredPicture) {
	return useQuery({
		...STAYING,
		queryKey: ["picture", request],
		queryFn: async ({ signal }) => imageAddress(await readText(addressOf(request), signal)),
		enabled: request.width > 0,
	});
}

/** A chart's picture that the server draws from the chart it is sent, as an address for <img>. */
export function useDrawnPicture(request: PictureRequest, version: string) {
	const csrfToken = useCsrfToken();
	return useQuery({
		...STAYING,
		queryKey: ["drawn", version, request.theme, request.width, request.height],
		queryFn: async () => imageAddress(await sendForText("/api/v1/charts/picture", request, csrfToken)),
		enabled: (request.width ?? 0) > 0,
	});
}

function addressOf(request: StoredPicture): string {
	const query = new URLSearchParams({
		theme: request.theme,
		width: String(request.width),
		height: String(request.height),
		timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
	});
	if (request.windowMinutes !== undefined) query.set("windowMinutes", String(request.windowMinutes));
	return `${request.path}?${query}`;
}
