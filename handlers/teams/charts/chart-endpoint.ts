import { z } from "zod";
import { clockText, replaceTimesDeep } from "../../../src/domain/time-text.ts";
import type { ChartRenderer } from "../../../src/ports/chart-renderer.ts";
import type { SharedChartStore } from "../../../src/ports/chat-stores.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { RawReply } from "../../../src/ports/webhook-endpoint.ts";
import { checkChartLink } from "./chart-link.ts";

/** What pictures of charts are served from. `cache` holds those drawn last; see `chartCache`. */
export type ChartEndpointDeps = {
	readonly sharedCharts: Pick<SharedChartStore, "get">;
	readonly charts: Pick<ChartRenderer, "png">;
	readonly key: Uint8Array;
	readonly clock: Clock;
	/** IANA zone of the time axis. */
	readonly timeZone: string;
	readonly cache: ChartCache;
};

/** Pictures drawn last, by the id of their chart. */
export type ChartCache = Map<string, Promise<Uint8Array>>;

const PICTURES_KEPT = 32;
// Teams shows cards at about this width; the picture has twice as many pixels each way.
const LOOK = { widthPx: 600, heightPx: 240 } as const;
const KEPT_BY_CLIENTS_SECONDS = 3600;

const Query = z.object({ expires: z.string(), signature: z.string() });

/** An empty cache for one `chartReply`. */
export function chartCache(): ChartCache {
	return new Map();
}

/**
 * The picture of a shared chart for somebody who has its signed address, and nothing for anybody else: 403 for a
 * signature that is not ours, 410 for an address whose time is over, 404 for a chart that was pruned.
 */
export async function chartReply(deps: ChartEndpointDeps, id: string, query: unknown): Promise<RawReply> {
	const { key, clock } = deps;
	const given = Query.safeParse(query);
	const verdict = given.success ? checkChartLink(key, { id, ...given.data }, clock.now()) : "forged";
	if (verdict === "forged") return refusal(403, "This address is not one of ours.");
	if (verdict === "expired")
		return refusal(410, "This picture's time is over; open the incident in the console.");
	const picture = await pictureOf(deps, id);
	if (!picture) return refusal(404, "This picture is not kept any more.");
	return {
		status: 200,
		headers: {
			"content-type": "image/png",
			"cache-control": `private, max-age=${KEPT_BY_CLIENTS_SECONDS}`,
			"x-content-type-options": "nosniff",
			"content-security-policy": "default-src 'none'; sandbox",
			"cross-origin-resource-policy": "cross-origin",
		},
		body: Buffer.from(picture),
	};
}

function refusal(status: number, text: string): RawReply {
	return {
		status,
		headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
		body: text,
	};
}

/** The picture, drawn once however many ask at the same time; the oldest drawn makes room for the next. */
async function pictureOf(deps: ChartEndpointDeps, id: string): Promise<Uint8Array | undefined> {
	const { cache, sharedCharts } = deps;
	const kept = cache.get(id);
	if (kept) return kept;
	const shared = await sharedCharts.get(id);
	if (!shared) return undefined;
	const drawing = cache.get(id) ?? draw(deps, shared);
	cache.set(id, drawing);
	for (const oldest of cache.keys()) {
		if (cache.size <= PICTURES_KEPT) break;
		cache.delete(oldest);
	}
	try {
		return await drawing;
	} catch (error) {
		cache.delete(id);
		throw error;
	}
}

async function draw(
	{ charts, clock, timeZone }: ChartEndpointDeps,
	{ chart, surface }: NonNullable<Awaited<ReturnType<SharedChartStore["get"]>>>,
): Promise<Uint8Array> {
	const nowMs = clock.now();
	const labelled = replaceTimesDeep(chart, (atMs) => clockText(atMs, nowMs, timeZone));
	return charts.png(labelled, { theme: surface, timeZone, ...LOOK });
}
